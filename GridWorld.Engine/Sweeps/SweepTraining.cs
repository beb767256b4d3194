using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>
/// Trains a sweep: threads that take work, and one that takes their results, decides and writes. What follows from a decision begins only
/// after the decision is in the file, so that a resumed sweep decides the same.
/// </summary>
internal sealed class SweepTraining
{
    // Enough work for the threads while the file is written.
    const int MostReady = 2048;
    static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(100);
    readonly SweepHeader header;
    readonly SweepSearch search;
    readonly SweepFile file;
    readonly SweepRunOptions options;
    readonly SweepRecords records;
    readonly TimeProvider time;
    readonly object gate = new();
    readonly Queue<SweepUnit> ready = [];
    readonly List<SweepOutcome> outcomes = [];
    readonly List<(SweepUnit Unit, long Episode, IReadOnlyList<StateSection> State)> resting = [];
    readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int underWay;
    double seconds;
    volatile bool isPaused, isStopping, isOver;

    public SweepTraining(SweepHeader header, SweepPlan plan, SweepFile file, SweepRecords records, SweepRunOptions options)
    {
        (this.header, this.file, this.records, this.options, time) = (header, file, records, options, options.Time);
        search = new(plan);
        seconds = records.Seconds;
    }

    public RunState State { get; private set; } = RunState.Training;

    public Task Completion => completion.Task;

    /// <summary>Why the sweep ended early, or why its file is not up to date; null if all is well.</summary>
    public string? Message { get; private set; }

    public void Start() => new Thread(Main) { IsBackground = true, Name = $"GridWorld {header.Id}" }.Start();

    public void Pause() => Command(() => isPaused = true);

    public void Resume() => Command(() => isPaused = false);

    public void Stop() => Command(() => isStopping = true);

    void Command(Action change)
    {
        lock (gate)
        {
            if (State is not (RunState.Training or RunState.Paused))
                return;
            change();
            State = isPaused && !isStopping ? RunState.Paused : RunState.Training;
            Monitor.PulseAll(gate);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "What ends the thread must be told, whatever it is.")]
    void Main()
    {
        var threads = Enumerable.Range(1, options.ThreadsInForce)
            .Select(k => new Thread(Work) { IsBackground = true, Name = $"GridWorld sweep {k}" }).ToList();
        threads.ForEach(thread => thread.Start());
        try
        {
            var state = Search();
            lock (gate)
                State = state;
            Write([], force: true);
        }
        catch (Exception e)
        {
            lock (gate)
                (State, Message) = (RunState.Failed, e.Message);
        }

        lock (gate)
        {
            isOver = true;
            Monitor.PulseAll(gate);
        }

        threads.ForEach(thread => thread.Join());
        file.Dispose();
        completion.SetResult();
    }

    RunState Search()
    {
        long begun = time.GetTimestamp();
        double before = seconds;
        while (true)
        {
            List<SweepOutcome> taken;
            lock (gate)
            {
                if (outcomes.Count == 0 && !(isStopping && underWay == 0))
                    Monitor.Wait(gate, WriteEvery);
                taken = [.. outcomes];
                outcomes.Clear();
            }

            taken.ForEach(search.Take);
            var next = new List<SweepUnit>();
            bool goesOn = !isStopping && search.Stop is null;
            while (goesOn && ready.Count + next.Count < MostReady && search.Next() is { } unit)
            {
                if (records.Find(unit) is { } known)
                    search.Take(known);
                else
                    next.Add(unit);
            }

            seconds = before + time.GetElapsedTime(begun).TotalSeconds;
            Write(taken, force: false);
            lock (gate)
            {
                // Where the file cannot be written, nothing new begins: a decision that is not on disk could be made again differently.
                next.ForEach(ready.Enqueue);
                Monitor.PulseAll(gate);
                bool isIdle = underWay == 0 && outcomes.Count == 0;
                if (isIdle && ready.Count == 0 && search.IsEnded)
                    return RunState.Completed;
                if (!goesOn && isIdle)
                {
                    Message = search.Stop;
                    return search.Stop is null ? RunState.Stopped : RunState.Failed;
                }
            }

            // Results come in by the thousand; a transaction for each few would cost more than the training.
            if (taken.Count > 0 && ready.Count > options.ThreadsInForce)
                Thread.Sleep(WriteEvery);
        }
    }

    void Work()
    {
        while (true)
        {
            SweepUnit unit;
            lock (gate)
            {
                while (!isOver && (isPaused || isStopping || search.Stop is not null || ready.Count == 0))
                    Monitor.Wait(gate);
                if (isOver)
                    return;
                unit = ready.Dequeue();
                underWay++;
            }

            var outcome = SweepWorker.Train(unit, () => records.StateOf(unit, file.Path), () => isPaused || isStopping, Rest);
            lock (gate)
            {
                underWay--;
                if (outcome is not null)
                    outcomes.Add(outcome);
                else if (!isStopping)
                    ready.Enqueue(unit);
                if (outcomes.Count >= options.ThreadsInForce * 8 || ready.Count == 0)
                    Monitor.PulseAll(gate);
            }
        }
    }

    void Rest(SweepUnit unit, long episode, IReadOnlyList<StateSection> state)
    {
        records.Keep(unit, state);
        lock (gate)
            resting.Add((unit, episode, state));
    }

    void Write(List<SweepOutcome> taken, bool force)
    {
        var (trials, decisions) = (search.TakeChanged(), search.TakeDecisions());
        List<(SweepUnit Unit, long Episode, IReadOnlyList<StateSection> State)> states;
        lock (gate)
        {
            states = [.. resting, .. taken.Where(o => o.State is not null).Select(o => (o.Unit, o.Result.Episodes, o.State!))];
            resting.Clear();
        }

        if (!force && trials.Count == 0 && decisions.Count == 0 && taken.Count == 0 && states.Count == 0)
            return;
        records.Check(trials, decisions);
        // Without the file there is no sweep: it waits until the file can be written again.
        while (!file.TryWrite((c, now) =>
        {
            foreach (var trial in trials)
                records.Write(c, trial);
            foreach (var (place, json) in decisions)
                DecisionTable.Write(c, place, json);
            foreach (var outcome in taken)
                SeedTable.Write(c, outcome.Unit.Trial.Number, outcome.Result, outcome.Curve!, outcome.Unit.Rung);
            foreach (var (unit, episode, state) in states)
                SeedTable.WriteState(c, unit.Trial.Number, unit.Seed, episode, state);
            foreach (var trial in trials.Where(t => t.IsEnded))
                SeedTable.DropStates(c, trial.Number);
            new SweepStanding(State, 0, null, search.Steps, search.Planned, search.Ended, seconds, 0, records.Decisions, Message)
                .Write(c, now);
        }))
        {
            Message = file.Failure;
            if (isStopping)
                throw new InputException(file.Failure!);
            Thread.Sleep(100);
        }

        foreach (var outcome in taken.Where(o => o.State is not null))
            records.NoteStored(outcome.Unit);
        if (search.Stop is null)
            Message = null;
    }
}
