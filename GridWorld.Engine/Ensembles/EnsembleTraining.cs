using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>
/// Trains the seeds of an ensemble on threads of its own, in rounds: every seed comes to the end of the same episode before the next round
/// begins. Requests are answered within milliseconds; a change takes effect after the first episode that no seed has passed.
/// </summary>
internal sealed class EnsembleTraining : IBackgroundTraining
{
    const double CostFactor = 1 / 0.03;
    static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(250), SaveLatest = TimeSpan.FromSeconds(10),
        SaveEvery = TimeSpan.FromMilliseconds(400);
    readonly EnsembleHeader header;
    readonly EnsembleOptions options;
    readonly SeedTraining[] seeds;
    readonly List<RunEvent> changes;
    readonly Mailbox mailbox = new(() => { });
    readonly TimeProvider time;
    TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly SweepFile? file;
    int waiting;
    long round, roundEpisodes = 1, savedAt;
    TimeSpan trained, saveTook;
    bool isStopping;

    public EnsembleTraining(EnsembleHeader header, EnsembleOptions options, SeedTraining[] seeds, List<RunEvent> changes, SweepFile? file)
    {
        (this.header, this.options, this.seeds, this.changes, this.file) = (header, options, seeds, changes, file);
        (time, Target) = (options.Time, header.Specification.Episodes);
        State = options.StartPaused ? RunState.Paused : RunState.Training;
        savedAt = time.GetTimestamp();
        Publish();
    }

    public RunState State { get; private set; }

    public long? Target { get; private set; }

    public Task Completion => completion.Task;

    /// <summary>How it stands; replaced after every round.</summary>
    public EnsembleProgress Progress { get; private set; }

    public string? StoreError => file?.Failure;

    // A seed that failed stays where it is.
    IEnumerable<SeedTraining> Alive => seeds.Where(s => s.Fault is null);

    long Slowest => Alive.Any() ? Alive.Min(s => s.Episodes) : seeds.Max(s => s.Episodes);

    long FirstCommonBoundary => Alive.Select(s => s.Boundary).DefaultIfEmpty(0).Max();

    public void Start()
    {
        AtExit.Watch(this);
        mailbox.Open(() => new(Main) { IsBackground = true, Name = $"GridWorld {header.Id}" });
    }

    public T Ask<T>(Func<T> question)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            return mailbox.Ask(question);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Pause() => Stand("pause", RunState.Paused);

    public void Resume() => Stand("resume", RunState.Training);

    /// <summary>Ends after the first episode that no seed has passed, so that all have the same number.</summary>
    public void Stop() => Post(() => (isStopping, round) = (true, FirstCommonBoundary));

    /// <summary>Saves the seeds that are between two episodes.</summary>
    public ManualResetEventSlim? SaveForExit()
    {
        if (file is null)
            return null;
        var done = new ManualResetEventSlim();
        Post(() =>
        {
            SaveIfDue(isLast: true);
            done.Set();
        });
        return done;
    }

    // A request that is not waited for interrupts a round all the same.
    void Post(Action request)
    {
        Interlocked.Increment(ref waiting);
        mailbox.Post(() =>
        {
            Interlocked.Decrement(ref waiting);
            request();
        });
    }

    /// <summary>Raises the target, and trains on if the ensemble had ended.</summary>
    public void Continue(long episodes) => Ask(() =>
    {
        Target = (Target ?? Slowest) + episodes;
        if (State is RunState.Training or RunState.Paused)
            return true;
        round = FirstCommonBoundary;
        isStopping = false;
        completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        State = RunState.Training;
        Publish();
        Start();
        return true;
    });

    /// <summary>Changes hyperparameters in all seeds, after the first episode that none has passed.</summary>
    public IReadOnlyList<RunEvent> Set(IReadOnlyDictionary<string, Schedule> given) => Ask<IReadOnlyList<RunEvent>>(() =>
    {
        RequireLive("change hyperparameters of");
        long boundary = Math.Max(FirstCommonBoundary, changes.Count > 0 ? changes[^1].Episode : 0);
        var options = changes.Aggregate(header.Specification.Learner, RunLoop.With);
        var events = new List<RunEvent>();
        foreach (var (name, schedule) in given)
        {
            string before = Hyperparameter.Find(name, options)!.ToJson(options);
            events.Add(new(changes.Count + events.Count + 1, header.Id, boundary, RunEventKind.ParamChange, time.GetUtcNow(), name, before,
                schedule.SetAt(boundary, 0).ToJson()));
        }

        // First on disk, then in force: what took effect can never be lost.
        if (file?.TryWrite((c, now) =>
        {
            foreach (var e in events)
                ChangeTable.Add(c, e);
            Standing(changes.Count + events.Count).Write(c, now);
        }, isLast: true) == false)
            throw new InputException($"The change cannot be stored, and nothing was changed: {file.Failure}");
        changes.AddRange(events);
        round = boundary;
        return events;
    });

    /// <summary>The seeds as they stand, with copies of their curves.</summary>
    public IReadOnlyList<StoredSeed> Seeds() => Ask<IReadOnlyList<StoredSeed>>(() =>
        [.. seeds.Select(s => new StoredSeed(1, s.Result, s.Curve.Copy()))]);

    /// <summary>The results of the seeds as they stand.</summary>
    public IReadOnlyList<SeedResult> Results() => Ask<IReadOnlyList<SeedResult>>(() => [.. seeds.Select(s => s.Result)]);

    /// <summary>The events of the ensemble.</summary>
    public IReadOnlyList<RunEvent> Changes() => Ask<IReadOnlyList<RunEvent>>(() => [.. changes]);

    void RequireLive(string verb)
    {
        if (State is not (RunState.Training or RunState.Paused))
            throw new InputException($"Cannot {verb} the ensemble, because it has ended. Continue it with more episodes.");
    }

    void Stand(string verb, RunState state) => Ask(() =>
    {
        RequireLive(verb);
        State = state;
        Publish();
        return true;
    });

    [SuppressMessage("Design", "CA1031", Justification = "What ends the thread must be told, whatever it is.")]
    void Main()
    {
        try
        {
            while (true)
            {
                mailbox.Answer();
                if (State == RunState.Paused && !isStopping)
                {
                    SaveIfDue(isLast: false);
                    mailbox.Wait(TimeSpan.FromSeconds(1));
                    continue;
                }

                if (Alive.All(s => s.Episodes >= round && s.Boundary == s.Episodes))
                {
                    if (isStopping || !Alive.Any() || Slowest == Target)
                    {
                        End(!Alive.Any() ? RunState.Failed : Slowest == Target ? RunState.Completed : RunState.Stopped);
                        break;
                    }

                    SaveIfDue(isLast: false);
                    round = Math.Min(Target ?? long.MaxValue, Slowest + roundEpisodes);
                }

                Train();
            }
        }
        catch (Exception e)
        {
            Progress = Progress with { Message = e.Message };
            State = RunState.Failed;
            file?.Dispose();
        }

        var ended = completion;
        mailbox.Close(() => ended.TrySetResult());
    }

    void Train()
    {
        long begun = time.GetTimestamp(), before = Slowest, target = round;
        Crew.Run(options.ThreadsInForce, seeds.Length,
            k => seeds[k].AdvanceTo(target, changes, () => Volatile.Read(ref waiting) > 0));
        var took = time.GetElapsedTime(begun);
        trained += took;
        if (Slowest - before is > 0 and var gained)
            roundEpisodes = (long)Math.Clamp(gained * (RoundTime / took), Math.Max(1, roundEpisodes / 4), roundEpisodes * 4.0);
        Publish();
    }

    void End(RunState state)
    {
        if (state == RunState.Completed)
            Crew.Run(options.ThreadsInForce, seeds.Length, k => seeds[k].Finish(isJudged: true));
        State = state;
        Publish();
        SaveIfDue(isLast: true);
        file?.Dispose();
    }

    void SaveIfDue(bool isLast)
    {
        if (file is null)
            return;
        var since = time.GetElapsedTime(savedAt);
        var rest = TimeSpan.FromTicks(Math.Clamp((long)(saveTook.Ticks * CostFactor), SaveEvery.Ticks, long.MaxValue));
        if (!isLast && since < (rest < SaveLatest || file.Failure is null ? rest : SaveLatest))
            return;
        long begun = time.GetTimestamp();
        var atBoundary = Alive.Where(s => s.Boundary == s.Episodes).ToList();
        file.TryWrite((c, now) =>
        {
            Standing(changes.Count).Write(c, now);
            foreach (var seed in seeds)
                SeedTable.Write(c, 1, seed.Result, seed.Curve);
            foreach (var seed in State == RunState.Completed ? [] : atBoundary)
                SeedTable.WriteState(c, 1, seed.Seed, seed.Episodes, seed.Save());
            if (State == RunState.Completed)
                SeedTable.DropStates(c, 1);
        }, isLast);
        savedAt = time.GetTimestamp();
        saveTook = time.GetElapsedTime(begun, savedAt);
    }

    SweepStanding Standing(int knownChanges) => new(State, Slowest, Target, seeds.Sum(s => s.Steps), 1,
        State is RunState.Training or RunState.Paused or RunState.Stopped ? 0 : 1, Progress.Seconds, knownChanges, 0, Progress.Message);

    [MemberNotNull(nameof(Progress))]
    void Publish()
    {
        var faults = seeds.Where(s => s.Fault is not null).ToList();
        Progress = new(State, Slowest, seeds.Sum(s => s.Steps), trained.TotalSeconds, faults.Count,
            faults is [var first, ..] ? $"Seed {first.Seed} failed: {first.Fault}" : null);
    }
}
