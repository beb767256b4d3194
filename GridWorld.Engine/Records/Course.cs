namespace GridWorld;

/// <summary>
/// A training loop on its way through a run: the world's maps change at their steps, hyperparameters at their events.
/// The trainer drives one; so does every rewind, which is why both come to the same bits.
/// </summary>
internal sealed class Course
{
    readonly Mdp mdp;
    readonly RunSpecification specification;
    int changesDone;
    long loadedStep = -1;
    EpisodeBuffer? scratch;

    public Course(RunSpecification specification, Mdp mdp)
    {
        (this.specification, this.mdp) = (specification, mdp);
        Options = specification.Learner;
        Loop = LoopBuilder.Build(mdp, Options, specification.StepLimit, Rng.Streams(specification.Seed), specification.InitialQ);
        Loop.Apply(new(Options));
    }

    public TrainingLoop Loop { get; }

    /// <summary>Another at the run's beginning, with tables of its own.</summary>
    public Course Anew() => new(specification, mdp);

    /// <summary>The learner's options with all changes so far.</summary>
    public LearnerOptions Options { get; private set; }

    /// <summary>The tables of the world as it is now.</summary>
    public Mdp Mdp => changesDone == 0 ? mdp : mdp.Changes[changesDone - 1].Mdp;

    /// <summary>Goes on: at most so many steps, at most so many episodes, until the buffer is full.</summary>
    public void Advance(long steps, long episodes, EpisodeBuffer buffer)
    {
        long lastStep = Loop.Step + Math.Min(steps, long.MaxValue - Loop.Step);
        long lastEpisode = Loop.Episode + Math.Min(episodes, long.MaxValue - Loop.Episode);
        while (Loop.Step < lastStep && Loop.Episode < lastEpisode && !buffer.IsFull && !Loop.IsNonFinite)
        {
            long until = changesDone < mdp.Changes.Count ? Math.Min(lastStep, mdp.Changes[changesDone].AfterSteps) : lastStep;
            Loop.Advance(until - Loop.Step, lastEpisode - Loop.Episode, buffer);
            FollowWorld();
        }
    }

    /// <summary>Takes over the change that an event tells of; between episodes only.</summary>
    public void Apply(RunEvent change)
    {
        Options = With(Options, change);
        Loop.Apply(new(Options));
    }

    /// <summary>Options with a change made; one to a hyperparameter of an unknown learner is left out.</summary>
    public static LearnerOptions With(LearnerOptions options, RunEvent change) =>
        Hyperparameter.Find(change.Param!, options)?.With(options, Schedule.FromJson(change.NewValue!)) ?? options;

    /// <summary>A run's options after an episode, with all changes up to there.</summary>
    public static LearnerOptions OptionsAt(RunSpecification specification, IEnumerable<RunEvent> events, long episode) =>
        Changes(events, long.MinValue, episode).Aggregate(specification.Learner, With);

    /// <summary>Takes over the changes that were made before the first episode.</summary>
    public void Begin(IEnumerable<RunEvent> events)
    {
        Options = OptionsAt(specification, events, 0);
        Loop.Apply(new(Options));
    }

    /// <summary>Goes to a checkpoint, with the changes that take effect up to its end.</summary>
    public void Load(Checkpoint checkpoint, IEnumerable<RunEvent> events)
    {
        Loop.Load(new StateReader(checkpoint.Sections));
        (changesDone, loadedStep) = (0, Loop.Step);
        Loop.Use(mdp);
        FollowWorld();
        Options = OptionsAt(specification, events, Loop.Episode);
        Loop.Apply(new(Options));
    }

    /// <summary>Runs on to the end of an episode, with every change on the way and those that take effect there.</summary>
    public void AdvanceTo(long episode, IReadOnlyList<RunEvent> events, CancellationToken cancellation = default)
    {
        const int slice = 1 << 20;
        scratch ??= new EpisodeBuffer(1024);
        var changes = Changes(events, Loop.Episode + 1, episode);
        foreach (long stop in changes.Select(e => e.Episode).Distinct().Append(episode))
        {
            while (Loop.Episode < stop && !Loop.IsNonFinite)
            {
                cancellation.ThrowIfCancellationRequested();
                scratch.Count = 0;
                Advance(slice, stop - Loop.Episode, scratch);
            }

            foreach (var change in changes.Where(e => e.Episode == stop))
                Apply(change);
        }
    }

    /// <summary>Copies what the agent knows.</summary>
    public AgentSnapshot Snapshot() => new(Loop.Episode, Loop.Step, State, Loop.Values.Values.ToArray(), Loop.Visits.ToArray());

    /// <summary>Copies what the agent knows of one state; null takes the one where it stands.</summary>
    public AgentRow Row(int? state)
    {
        int of = state ?? State;
        return new(Loop.Episode, Loop.Step, of, Loop.Values.Row(of).ToArray(), [.. Enumerable.Range(of * Loop.Actions, Loop.Actions).Select(Loop.Visits.Of)]);
    }

    // A checkpoint does not say where the agent stood: then it stands at the start.
    int State => Loop.Step == loadedStep ? specification.World.Starts[0].State : Loop.State;

    /// <summary>Copies the state, into the memory of a checkpoint that no one needs any more where there is one.</summary>
    public Checkpoint Checkpoint(long lastEventSeq, string? name = null, Checkpoint? spare = null)
    {
        var state = new StateWriter(spare?.Sections ?? []);
        Loop.Save(state);
        return new(Loop.Episode, Loop.Step, lastEventSeq, state.Sections, name);
    }

    // By episode, then as they were given: a run that was resumed from an older checkpoint may have been given an earlier change later.
    static List<RunEvent> Changes(IEnumerable<RunEvent> events, long first, long last) =>
        [.. events.Where(e => e.Event == RunEvents.ParamChange && e.Episode >= first && e.Episode <= last).OrderBy(e => e.Episode)];

    void FollowWorld()
    {
        int done = changesDone;
        while (changesDone < mdp.Changes.Count && mdp.Changes[changesDone].AfterSteps <= Loop.Step)
            changesDone++;
        if (changesDone != done)
            Loop.Use(Mdp);
    }
}
