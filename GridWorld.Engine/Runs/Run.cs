using System.Globalization;
using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// A run that this process trains, or has trained, on a thread of its own. Every member may be used from any thread at any time.
/// <c>await run</c> waits for its end.
/// </summary>
public sealed class Run : RunView
{
    readonly Trainer trainer;
    readonly LiveAgent agent;
    readonly SolutionMonitor solution;

    internal Run(Trainer trainer, string name, Mdp mdp, RunParent? parent)
    {
        (this.trainer, Name, Parent, Mdp) = (trainer, name, parent, mdp);
        agent = new(trainer, new(trainer.Specification, mdp));
        solution = new(trainer.Specification, mdp, Agent, () => trainer.Progress.Current.DiscountFactor, trainer.Options.Time);
    }

    /// <inheritdoc/>
    public override string Id => trainer.Id;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Where it was forked from; null where it is not a fork.</summary>
    public RunParent? Parent { get; }

    /// <inheritdoc/>
    public override RunSpecification Specification => trainer.Specification;

    /// <summary>What it is doing.</summary>
    public RunState State => trainer.State;

    /// <summary>Episodes that have ended.</summary>
    public long Episodes => trainer.Progress.Episode;

    /// <summary>Steps taken.</summary>
    public long Steps => trainer.Progress.Step;

    /// <summary>
    /// Why the run's file does not hold the run as it stands, and what was saved last. Null if the file is up to date, or the run is kept
    /// in memory only.
    /// </summary>
    public string? StoreError => trainer.StoreError;

    /// <summary>Ends when the run does, whether completed, stopped or failed; it never faults. <see cref="State"/> tells which.</summary>
    public Task Completion => trainer.Completion;

    /// <summary>
    /// The first episodes step by step, as many as <see cref="RunOptions.TraceEpisodes"/> asked for. An episode with which they would have
    /// more than 500,000 steps, and those after it, are left out: <see cref="RunView.ReplayEpisode"/> gives any of them.
    /// </summary>
    public IReadOnlyList<EpisodeTrace> Traces => trainer.Ask(() => trainer.Traces.ToArray());

    /// <summary>Steps a second, above 0; null for as fast as possible. Changes no bit of the result.</summary>
    /// <exception cref="InputException">The pace is not above 0.</exception>
    public double? Pace
    {
        get => trainer.Pace;
        set
        {
            (RunOptions.InMemory with { Pace = value }).Check();
            trainer.SetPace(value);
        }
    }

    /// <summary>The returns of all episodes, added up in their order.</summary>
    internal double TotalReturn => trainer.Ask(() => trainer.History.TotalReturn);

    /// <summary>The hash of the final tables, counts and random state; null during an episode.</summary>
    internal string? FinalHash() => trainer.Ask(() => trainer.Hash);

    internal TimeSpan LongestCheckpointPause => trainer.LongestPause;

    /// <summary>Starts a run. It trains when this returns.</summary>
    /// <exception cref="InputException">Lists every fault of specification and options.</exception>
    public static Run Start(RunSpecification specification, RunOptions? options = null) =>
        RunFactory.Start(Guard.NotNull(specification), options ?? new());

    /// <summary>Starts a run in which these changes of hyperparameters take effect, each after its episode.</summary>
    internal static Run Start(RunSpecification specification, RunOptions options, IReadOnlyList<RunEvent> changes, string? id = null) =>
        RunFactory.Start(specification, options, changes, id);

    /// <summary>
    /// Opens a stored run for reading: ended, interrupted, or being trained by another process. A seed of an ensemble, named ENSEMBLE/SEED,
    /// is trained again, to the same bits; this returns when it has ended.
    /// </summary>
    /// <param name="run">Its id, its name, or the beginning of its id, as in <see cref="StoreFolder.Find"/>.</param>
    /// <param name="store">The folder. Default: the value of GRIDWORLD_STORE, else <c>.gridworld</c> in the working directory.</param>
    /// <exception cref="InputException">There is no such run, or its file is damaged.</exception>
    public static RunView Open(string run, string? store = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        store ??= RunOptions.DefaultStore;
        if (SeedRuns.IsName(run, store))
            return SeedRuns.Open(run, store);
        return new StoredRunView(RunFiles.PathOf(store, StoreFolder.Find(run, store).Id), TimeProvider.System);
    }

    /// <summary>
    /// Resumes a stored run as if nothing had happened: from its last checkpoint, with every command given since.
    /// A run that had ended continues if <paramref name="moreEpisodes"/> are added.
    /// </summary>
    /// <param name="run">Its id, its name, or the beginning of its id, as in <see cref="StoreFolder.Find"/>.</param>
    /// <param name="store">The folder. Default: what GRIDWORLD_STORE says, else <c>.gridworld</c> in the working directory.</param>
    /// <param name="moreEpisodes">Episodes to add to the target, at least 1.</param>
    /// <param name="checkpoint">The name of a checkpoint to go on from. Default: the newest checkpoint.</param>
    /// <param name="options">How it is carried out from now on. Default: as before.</param>
    /// <exception cref="InputException">There is no such run or checkpoint, its file is damaged, or another process trains it.</exception>
    public static Run Resume(string run, string? store = null, long? moreEpisodes = null, string? checkpoint = null,
        RunOptions? options = null) =>
        RunFactory.Resume(Guard.NotNull(run), store, moreEpisodes, checkpoint, options);

    /// <summary>Pauses, possibly during an episode. Does nothing while paused.</summary>
    /// <exception cref="InputException">The run has ended.</exception>
    public void Pause() => trainer.Pause();

    /// <summary>Continues after a pause. Does nothing while it trains.</summary>
    /// <exception cref="InputException">The run has ended: <see cref="Continue"/> trains more episodes.</exception>
    public void Resume() => trainer.Resume();

    /// <summary>
    /// Goes on until so many more episodes have ended, then pauses; an episode that is going on counts as the first. A run that
    /// had ended goes on too, its target raised where that needs it. Changes no bit of the result.
    /// </summary>
    /// <param name="episodes">How many, from 1 to 10¹².</param>
    /// <exception cref="InputException">The number is out of range.</exception>
    public void Advance(long episodes)
    {
        new Faults().Require(episodes is >= 1 and <= 1_000_000_000_000, $"Episodes must be between 1 and 1000000000000 (got {episodes}).")
            .ThrowIfAny();
        trainer.Advance(episodes);
    }

    /// <summary>
    /// Stops at the end of the current episode; where that takes longer than half a second, the unfinished episode is dropped.
    /// Returns at once: await <see cref="Completion"/> for the end.
    /// </summary>
    public void Stop() => trainer.Stop();

    /// <summary>
    /// Changes hyperparameters from the end of the current episode on. Each change is an event. A schedule counts from this moment on,
    /// unless it says from when (<see cref="Schedule.Start"/>); the event has the moment.
    /// </summary>
    /// <param name="learningRate">Learning rate α, in [0.001, 1].</param>
    /// <param name="epsilon">Probability ε of exploring, in [0, 1].</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1].</param>
    /// <returns>The events, already committed to the store.</returns>
    /// <exception cref="InputException">A value is out of range (nothing is changed then), or the run has ended.</exception>
    public IReadOnlyList<RunEvent> Set(Schedule? learningRate = null, Schedule? epsilon = null, Schedule? discountFactor = null) =>
        Set(Changes(learningRate, epsilon, discountFactor));

    /// <summary>Changes hyperparameters by name, in snake_case.</summary> <inheritdoc cref="Set(Schedule, Schedule, Schedule)"/>
    public IReadOnlyList<RunEvent> Set(IReadOnlyDictionary<string, Schedule> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        new Faults().Require(changes.Count > 0, $"Name at least one hyperparameter: {Hyperparameter.Names(Specification.Learner)}.")
            .Collect(() => Hyperparameter.Check(changes, Specification.Learner))
            .ThrowIfAny();
        return trainer.Set(changes);
    }

    /// <summary>Takes a checkpoint that is kept for good, at the end of the current episode.</summary>
    /// <param name="name">1 to 64 letters, digits, spaces, dots, underscores and hyphens; the first a letter or digit, the last no dot or
    /// space.</param>
    /// <exception cref="InputException">The name is not allowed.</exception>
    public RunEvent SaveCheckpoint(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        CheckpointName.Check(name);
        return trainer.SaveCheckpoint(name);
    }

    /// <summary>Takes one named by the episode after which it is taken: "episode-1200".</summary>
    internal RunEvent SaveCheckpoint() => trainer.SaveCheckpoint(null);

    /// <summary>Raises the target, and trains on if the run had ended.</summary>
    /// <param name="episodes">Additional episodes, from 1 to 10¹².</param>
    public void Continue(long episodes)
    {
        new Faults().Require(episodes is >= 1 and <= RunFactory.MostEpisodes,
            $"Episodes must be between 1 and {RunFactory.MostEpisodes} (got {episodes}).").ThrowIfAny();
        trainer.Continue(episodes);
    }

    /// <summary>Runs greedy episodes with learning off, on a copy of the values; the run itself is not touched.</summary>
    /// <param name="episodes">How many, from 1 to 1,000,000. Default 100.</param>
    public EvaluationResult Evaluate(int episodes = 100)
    {
        var agent = Agent();
        return Evaluation.Run(World, Mdp.At(agent.Step), Specification.StepLimit, agent.Q, Specification.Seed, episodes);
    }

    /// <summary>
    /// Writes the run, as it stands in memory, as a file of its own into another store: for a run whose own file cannot be written (see
    /// <see cref="StoreError"/>), or that has none. It can be read and resumed there; this run is not touched.
    /// </summary>
    /// <param name="folder">The other store's folder; made if it is missing.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="InputException">The file cannot be written, or the folder has a file of this run.</exception>
    public string SaveTo(string folder) => trainer.SaveTo(Guard.NotNull(folder), Name, Parent);

    /// <summary>Makes <c>await run</c> wait for its end.</summary>
    public TaskAwaiter GetAwaiter() => (WhileAwaited?.Invoke(this) ?? Completion).GetAwaiter();

    /// <summary>What else goes on while someone awaits a run, to its end: a notebook shows how it gets on.</summary>
    internal static Func<Run, Task>? WhileAwaited { get; set; }

    /// <inheritdoc/>
    public override ExactSolution? ExactSolution => solution.At(trainer.Progress.Step);

    /// <inheritdoc/>
    public override ExactSolution? SolveExactly() => solution.Settle();

    /// <inheritdoc/>
    public override RunStatus Status()
    {
        var (state, progress) = (trainer.State, trainer.Progress);
        bool ended = state is RunState.Completed or RunState.Stopped;
        return new RunStatus
        {
            Id = Id,
            Name = Name,
            ParentRunId = Parent?.RunId,
            ParentEpisode = Parent?.Episode,
            State = state,
            Episodes = progress.Episode,
            TargetEpisodes = trainer.Target,
            Steps = progress.Step,
            StepsPerSecond = trainer.StepsPerSecond,
            MeanReturnLast100 = trainer.History.MeanReturn(100),
            QChecksum = ended ? RunStatus.Checksum(Agent().Q) : null,
            Settings = progress.Current,
            Pace = trainer.Pace,
            LastEventSeq = trainer.Log.LastSeq,
            Message = trainer.Error,
        }.Judged(ExactSolution, solution.WhyNot);
    }

    /// <inheritdoc/>
    public override MetricBucket[] MetricBuckets(long start, long end, int points) => trainer.History.Returns(start, end, points);

    /// <inheritdoc/>
    public override MetricBucket[] LengthBuckets(long start, long end, int points) => trainer.History.Lengths(start, end, points);

    internal override EpisodeRecord[] RawEpisodes(long first, int count) => trainer.History.Records(first, count);

    /// <inheritdoc/>
    public override IReadOnlyList<EpisodeRange> KeptEpisodes() =>
        trainer.History is var history && history.Episodes >= history.OldestRaw ? [new(history.OldestRaw, history.Episodes)] : [];

    /// <inheritdoc/>
    public override IReadOnlyList<RunEvent> EventsAfter(long seq) => trainer.Log.After(seq);

    internal override AgentRow Row(int? state) => trainer.Row(state);

    /// <inheritdoc/>
    public override AgentSnapshot Agent() => agent.Copy();

    /// <inheritdoc/>
    public override Diagnostics Diagnostics() => agent.Diagnose(this, Agent());

    internal override (AgentSnapshot Agent, Diagnostics Diagnostics) Look() =>
        Agent() is var copy ? (copy, agent.Diagnose(this, copy)) : default;

    /// <inheritdoc/>
    public override IReadOnlyList<CheckpointInfo> CheckpointList => trainer.Checkpoints;

    internal override Rewind Rewind()
    {
        // Before the events: a change is committed before the episode ends at which it takes effect.
        long episodes = trainer.Progress.Episode;
        return new(Specification, Mdp, trainer.Log.All, episodes, trainer.Nearest);
    }

    internal override Diagnosis Diagnosis => agent.Diagnosis;

    internal override EpisodeHistory History() => trainer.History;

    internal override TrainingClock Clock() => trainer.Clock;

    internal override RunOptions OptionsOfFork =>
        KeptOptions.Of(trainer.Options)
        .Apply(null) with { Store = trainer.Options.Store, OnDisk = trainer.Options.OnDisk, Time = trainer.Options.Time };

    internal override string? StorePath => trainer.StorePath;

    internal override (long Steps, double? Seconds)[] Reached(IReadOnlyList<long> episodes) =>
        [.. episodes.Select(episode => (trainer.History.StepsThrough(episode), trainer.Clock.At(episode)))];

    internal override Mdp Mdp { get; }

    /// <summary>A line of facts.</summary>
    public override string ToString() => Line(Status());

    string Line(RunStatus now) => string.Create(CultureInfo.InvariantCulture,
        $"{Printable.Line(Name)}: {Printable.Line(Specification.Learner.Name)} in {Printable.Line(World.Name)}, seed"
        + $" {Specification.Seed}, {now.State.ToString().ToLowerInvariant()} "
        + $"after {now.Episodes:N0} episodes and {now.Steps:N0} steps, mean return of the last 100: {now.MeanReturnLast100:0.###}");
}
