namespace GridWorld;

/// <summary>
/// The training loop of a run: it changes the map at the steps of the world's changes, and hyperparameters at their events. The trainer and
/// every replay use it, so both produce the same bits.
/// </summary>
internal sealed class RunLoop
{
    readonly RunSpecification specification;
    readonly RunWorld first;
    RunWorld now;
    int changesDone;
    long loadedStep = -1;
    EpisodeBuffer? scratch;

    public RunLoop(RunSpecification specification, Mdp mdp)
    {
        (this.specification, Options) = (specification, specification.Learner);
        first = now = new(specification.World, mdp);
        Loop = Build();
    }

    public TrainingLoop Loop { get; private set; }

    /// <summary>Creates a loop at the beginning of the run, with separate tables.</summary>
    public RunLoop Anew() => new(specification, first.Tables);

    /// <summary>The learner's options with all changes so far.</summary>
    public LearnerOptions Options { get; private set; }

    /// <summary>The world with the rewards in force.</summary>
    public RunWorld In => now;

    /// <summary>The tables of the current map.</summary>
    public Mdp Mdp => changesDone == 0 ? now.Tables : now.Tables.Changes[changesDone - 1].Mdp;

    /// <summary>Advances by at most the given numbers of steps and episodes, until the buffer is full.</summary>
    public void Advance(long steps, long episodes, EpisodeBuffer buffer)
    {
        long lastStep = Loop.Steps + Math.Min(steps, long.MaxValue - Loop.Steps);
        long lastEpisode = Loop.Episodes + Math.Min(episodes, long.MaxValue - Loop.Episodes);
        while (Loop.Steps < lastStep && Loop.Episodes < lastEpisode && !buffer.IsFull && !Loop.IsNonFinite)
        {
            var changes = now.Tables.Changes;
            long until = changesDone < changes.Count ? Math.Min(lastStep, changes[changesDone].AfterSteps) : lastStep;
            Loop.Advance(until - Loop.Steps, lastEpisode - Loop.Episodes, buffer);
            FollowWorld();
        }
    }

    /// <summary>Applies the change of an event. Call it only between episodes.</summary>
    public void Apply(RunEvent change)
    {
        if (change.Kind == RunEventKind.RewardChange)
        {
            Enter(now.After([change]));
            return;
        }

        Options = With(Options, change);
        Loop.Apply(new(Options));
    }

    /// <summary>The options with a change applied. A change to a hyperparameter of an unknown learner is ignored.</summary>
    public static LearnerOptions With(LearnerOptions options, RunEvent change) => change.Kind == RunEventKind.RewardChange
        ? options : Hyperparameter.Find(change.Param!, options)?.With(options, Schedule.FromJson(change.NewValue!)) ?? options;

    /// <summary>The options of a run after an episode, with all changes so far.</summary>
    public static LearnerOptions OptionsAt(RunSpecification specification, IEnumerable<RunEvent> events, long episode) =>
        Changes(events, long.MinValue, episode).Aggregate(specification.Learner, With);

    /// <summary>Applies the changes that were made before the first episode.</summary>
    public void Begin(IEnumerable<RunEvent> events)
    {
        Enter(first.After(Changes(events, long.MinValue, 0)));
        Options = OptionsAt(specification, events, 0);
        Loop.Apply(new(Options));
    }

    /// <summary>Restores a checkpoint, with the changes that take effect up to its episode.</summary>
    public void Load(Checkpoint checkpoint, IEnumerable<RunEvent> events)
    {
        var then = first.After(Changes(events, long.MinValue, checkpoint.Episode));
        if (then != now)
            (now, Loop) = (then, Build());
        Loop.Load(new StateReader(checkpoint.Sections));
        Options = OptionsAt(specification, events, Loop.Episodes);
        Loop.Apply(new(Options));
        BeginWorld();
    }

    /// <summary>
    /// Advances to the end of an episode, with all changes up to and including its end. Calls <paramref name="ended"/> after each episode,
    /// before the changes at its end.
    /// </summary>
    public void AdvanceTo(long episode, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default, Action? ended = null)
    {
        const int slice = 1 << 20;
        scratch ??= new EpisodeBuffer(1024);
        var changes = Changes(events, Loop.Episodes + 1, episode);
        foreach (long stop in changes.Select(e => e.Episode).Distinct().Append(episode))
        {
            while (Loop.Episodes < stop && !Loop.IsNonFinite)
            {
                cancellationToken.ThrowIfCancellationRequested();
                scratch.Count = 0;
                long before = Loop.Episodes;
                Advance(slice, ended is null ? stop - before : 1, scratch);
                if (Loop.Episodes > before)
                    ended?.Invoke();
            }

            foreach (var change in changes.Where(e => e.Episode == stop))
                Apply(change);
        }
    }

    /// <summary>Copies the agent's tables.</summary>
    public AgentSnapshot Snapshot() =>
        new(Loop.Episodes, Loop.Steps, State, [.. Loop.Values.Values], Loop.Visits.ToArray().Freeze(), Loop.Planned) { In = now };

    /// <summary>Copies the agent's tables for one state; null selects the agent's state.</summary>
    public AgentRow Row(int? state)
    {
        int of = state ?? State;
        return new(Loop.Episodes, Loop.Steps, of, [.. Loop.Values.Row(of)],
            [.. Enumerable.Range(of * Loop.Actions, Loop.Actions).Select(Loop.Visits.Of)], Loop.PlannedValue(of), now);
    }

    // A checkpoint does not contain the agent's state. After a load, it is the start.
    int State => Loop.Steps == loadedStep ? specification.World.Starts[0].State : Loop.State;

    /// <summary>Copies the state, into the memory of an unneeded checkpoint if there is one.</summary>
    public Checkpoint Checkpoint(long lastEventSeq, string? name = null, Checkpoint? spare = null)
    {
        var state = new StateWriter(spare?.Sections ?? []);
        Loop.Save(state);
        return new(Loop.Episodes, Loop.Steps, lastEventSeq, state.Sections, name);
    }

    // Ordered by episode, then by time: after a resume from an older checkpoint, a later event can have an earlier episode.
    public static List<RunEvent> Changes(IEnumerable<RunEvent> events, long first, long last) =>
        [.. events.Where(e => e.IsChange && e.Episode >= first && e.Episode <= last).OrderBy(e => e.Episode)];

    // Other rewards can need other tables, for which the loop is compiled anew.
    void Enter(RunWorld next)
    {
        if (next == now)
            return;
        var (state, before) = (new StateWriter([]), Loop);
        before.Save(state);
        (now, Loop) = (next, Build());
        Loop.Load(new StateReader(state.Sections));
        Loop.ForgetRewards();
        Loop.Apply(new(Options));
        Loop.Recorder = before.Recorder;
        BeginWorld();
    }

    TrainingLoop Build()
    {
        var loop = LoopBuilder.Build(now.Tables, specification.Learner, specification.StepLimit, Rng.Streams(specification.Seed),
            specification.InitialQ);
        loop.Apply(new(Options));
        return loop;
    }

    void BeginWorld()
    {
        (changesDone, loadedStep) = (0, Loop.Steps);
        Loop.Use(now.Tables);
        FollowWorld();
    }

    void FollowWorld()
    {
        int done = changesDone;
        var changes = now.Tables.Changes;
        while (changesDone < changes.Count && changes[changesDone].AfterSteps <= Loop.Steps)
            changesDone++;
        if (changesDone != done)
            Loop.Use(Mdp);
    }
}
