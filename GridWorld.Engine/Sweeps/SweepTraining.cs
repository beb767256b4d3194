using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>
/// Trains a sweep: threads that take work, and one that takes their results, decides and writes. What follows from a decision begins only
/// after the decision is in the file, so that a resumed sweep decides the same.
/// </summary>
internal sealed class SweepTraining : IBackgroundTraining
{
    // Enough work for the threads while the file is written.
    const int LeastReady = 2048;
    static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(100);
    readonly SweepHeader header;
    readonly SweepSearch search;
    readonly SweepFile file;
    readonly SweepRunOptions options;
    readonly SweepRecords records;
    readonly TimeProvider time;
    readonly object gate = new();
    readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    double seconds;

    public SweepTraining(SweepHeader header, SweepPlan plan, SweepFile file, SweepRecords records, SweepRunOptions options)
    {
        (this.header, this.file, this.records, this.options, time) = (header, file, records, options, options.Time);
        (search, Board) = (new(plan), new(file.Path, records.Resting) { Demand = options.ThreadsInForce });
        seconds = records.Seconds;
    }

    /// <summary>The work, for others to train.</summary>
    public SweepBoard Board { get; }

    public RunState State { get; private set; } = RunState.Training;

    public Task Completion => completion.Task;

    /// <summary>Why the sweep ended early, or why its file is not up to date; null if all is well.</summary>
    public string? Message { get; private set; }

    public void Start()
    {
        AtExit.Watch(this);
        new Thread(Main) { IsBackground = true, Name = $"GridWorld {header.Id}" }.Start();
    }

    public void Pause() => Command(RunState.Paused, Board.Pause);

    public void Resume() => Command(RunState.Training, Board.Resume);

    public void Stop() => Command(RunState.Training, Board.Stop);

    // A result is in the file soon after it comes, and what is under way is trained again to the same bits.
    public ManualResetEventSlim? SaveForExit() => null;

    void Command(RunState next, Action change)
    {
        lock (gate)
        {
            if (State is not (RunState.Training or RunState.Paused))
                return;
            change();
            State = Board.IsStopping ? RunState.Training : next;
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
            Write(new(), force: true);
        }
        catch (Exception e)
        {
            lock (gate)
                (State, Message) = (RunState.Failed, e.Message);
        }

        Board.End();
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
            var news = Board.Collect(WriteEvery);
            news.Outcomes.ForEach(search.Take);
            if (search.Stop is { } why)
                Board.Fail(why);
            var next = new List<SweepUnit>();
            bool goesOn = !Board.IsStopping && Board.Failure is null;
            int most = Math.Max(LeastReady, 2 * Board.Demand) - Board.Waiting - news.Returned.Count;
            while (goesOn && next.Count < most && search.Next() is { } unit)
            {
                if (records.Find(unit) is { } known)
                    search.Take(known);
                else
                    next.Add(unit);
            }

            seconds = before + time.GetElapsedTime(begun).TotalSeconds;
            Write(news, force: false);
            // Where the file cannot be written, nothing new begins: a decision that is not on disk could be made again differently.
            Board.Add(next, news);
            if (Board.IsIdle && (!goesOn || Board.Waiting == 0 && search.IsEnded))
            {
                if (goesOn)
                    return RunState.Completed;
                Message = Board.Failure;
                return Board.Failure is null ? RunState.Stopped : RunState.Failed;
            }

            // Results come in by the thousand; a transaction for each few would cost more than the training.
            if (news.Outcomes.Count > 0 && Board.Waiting > Board.Demand)
                Thread.Sleep(WriteEvery);
        }
    }

    void Work()
    {
        while (Board.Take() is { } unit)
        {
            Board.Return(unit, SweepWorker.Train(unit.Work, () => Board.StateOf(unit.Key), () => Board.IsHeld,
                (episode, state) => Board.Save(unit, episode, state)));
        }
    }

    void Write(SweepNews news, bool force)
    {
        var (trials, decisions) = (search.TakeChanged(), search.TakeDecisions());
        List<(SweepUnit Unit, long Episode, IReadOnlyList<StateSection> State)> states =
            [.. news.States, .. news.Outcomes.Where(o => o.Seed.State is not null).Select(o => (o.Unit, o.Result.Episodes, o.Seed.State!))];
        if (!force && trials.Count == 0 && decisions.Count == 0 && news.Outcomes.Count == 0 && states.Count == 0)
            return;
        records.Check(trials, decisions);
        // Without the file there is no sweep: it waits until the file can be written again.
        while (!file.TryWrite((c, now) =>
        {
            foreach (var trial in trials)
                records.Write(c, trial);
            foreach (var (place, json) in decisions)
                DecisionTable.Write(c, place, json);
            foreach (var outcome in news.Outcomes)
                SeedTable.Write(c, outcome.Unit.Trial.Number, outcome.Result, outcome.Seed.Curve!, outcome.Unit.Rung);
            foreach (var (unit, episode, state) in states)
                SeedTable.WriteState(c, unit.Trial.Number, unit.Seed, episode, state);
            foreach (var trial in trials.Where(t => t.IsEnded))
                SeedTable.DropStates(c, trial.Number);
            new SweepStanding(State, 0, null, search.Steps, search.Planned, search.Ended, seconds, 0, records.Decisions, Message)
                .Write(c, now);
        }))
        {
            Message = file.Failure;
            if (Board.IsStopping)
                throw new InputException(file.Failure!);
            Thread.Sleep(100);
        }

        Board.NoteStates(states.Select(s => s.Unit.Trial), trials.Where(t => t.IsEnded));
        if (Board.Failure is null)
            Message = null;
    }
}
