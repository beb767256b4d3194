using System.Globalization;
using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// A run that this process trains or has trained, on a separate thread. All members are thread-safe. <c>await run</c> waits for the end of
/// the run.
/// </summary>
public sealed class Run : RunView
{
    readonly Trainer trainer;
    readonly LiveAgent agent;
    readonly SolutionMonitor solution;

    internal Run(Trainer trainer, string name, Mdp mdp, RunParent? parent)
    {
        (this.trainer, Name, Parent, Mdp) = (trainer, name, parent, mdp);
        agent = new(trainer, new(trainer.Specification));
        solution = new(trainer.Specification, Agent, () => trainer.Progress.Current.DiscountFactor, trainer.Options.Time);
    }

    /// <inheritdoc/>
    public override string Id => trainer.Id;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The run that this run was forked from; null if it is not a fork.</summary>
    public RunParent? Parent { get; }

    /// <inheritdoc/>
    public override RunSpecification Specification => trainer.Specification;

    /// <summary>The state of the run.</summary>
    public RunState State => trainer.State;

    /// <summary>Number of episodes that have ended.</summary>
    public long Episodes => trainer.Progress.Episode;

    /// <summary>Number of steps taken.</summary>
    public long Steps => trainer.Progress.Step;

    /// <summary>
    /// The reason that the run file is not up to date, and what was saved last. Null if the file is up to date or the run is only in
    /// memory.
    /// </summary>
    public string? StoreError => trainer.StoreError;

    /// <summary>
    /// A task that completes when the run is completed, stopped or failed. It never faults; read <see cref="State"/> for the outcome.
    /// </summary>
    public Task Completion => trainer.Completion;

    /// <summary>
    /// The first episodes step by step, as many as <see cref="RunOptions.TraceEpisodes"/>. The list ends before the episode that would
    /// exceed 500,000 steps in total. <see cref="RunView.ReplayEpisode"/> returns any episode.
    /// </summary>
    public IReadOnlyList<EpisodeTrace> Traces => trainer.Ask(() => trainer.Traces.ToArray());

    /// <summary>The speed limit in steps per second, above 0; null for as fast as possible. It never changes the result.</summary>
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

    /// <summary>The sum of the returns of all episodes, in their order.</summary>
    internal double TotalReturn => trainer.Ask(() => trainer.History.TotalReturn);

    /// <summary>The hash of the final tables, counts and random state; null during an episode.</summary>
    internal string? FinalHash() => trainer.Ask(() => trainer.Hash);

    internal TimeSpan LongestCheckpointPause => trainer.LongestPause;

    /// <summary>Starts a run. It is training when this method returns.</summary>
    /// <param name="specification">The definition of the run.</param>
    /// <param name="options">How the run is executed and stored. Default: <see cref="RunOptions"/> with its defaults.</param>
    /// <exception cref="InputException">The specification or the options are invalid; lists all errors.</exception>
    public static Run Start(RunSpecification specification, RunOptions? options = null) =>
        RunFactory.Start(Guard.NotNull(specification), options ?? new());

    /// <summary>
    /// Opens a stored run for reading, even while another process trains it. A seed of an ensemble, named ENSEMBLE/SEED, is trained again,
    /// with the same result, before this returns.
    /// </summary>
    /// <param name="run">The id, the name or the beginning of the id, as in <see cref="StoreFolder.Find"/>.</param>
    /// <param name="store">The store. Default: GRIDWORLD_STORE, otherwise <c>.gridworld</c> in the working directory.</param>
    /// <exception cref="InputException">The run does not exist, or its file is damaged.</exception>
    public static RunView Open(string run, string? store = null)
    {
        store ??= RunOptions.DefaultStore;
        return SeedRuns.IsName(Guard.NotNull(run), store) ? SeedRuns.Open(run, store)
            : new StoredRunView(RunFiles.PathOf(store, StoreFolder.Find(run, store).Id), TimeProvider.System);
    }

    /// <summary>
    /// Resumes a stored run from its last checkpoint, including all later commands, with the same result as without an interruption. To
    /// continue a run that has completed its episodes, set <paramref name="moreEpisodes"/>.
    /// </summary>
    /// <param name="run">The id, the name or the beginning of the id, as in <see cref="StoreFolder.Find"/>.</param>
    /// <param name="store">The store. Default: GRIDWORLD_STORE, otherwise <c>.gridworld</c> in the working directory.</param>
    /// <param name="moreEpisodes">Number of episodes to add to the target, at least 1. Default: none.</param>
    /// <param name="checkpoint">The name of a checkpoint, after which everything is dropped. Default: the newest checkpoint.</param>
    /// <param name="options">How the run is executed from now on. Default: as before.</param>
    /// <exception cref="InputException">
    /// The run or the checkpoint does not exist, the file is damaged, or another process trains the run.
    /// </exception>
    public static Run Resume(string run, string? store = null, long? moreEpisodes = null, string? checkpoint = null,
        RunOptions? options = null) =>
        RunFactory.Resume(Guard.NotNull(run), store, moreEpisodes, checkpoint, options);

    /// <summary>Pauses the run, possibly during an episode. Does nothing if it is paused.</summary>
    /// <exception cref="InputException">The run has ended.</exception>
    public void Pause() => trainer.Pause();

    /// <summary>Resumes the run after a pause. Does nothing if it is training.</summary>
    /// <exception cref="InputException">The run has ended. Use <see cref="Continue"/> to train more episodes.</exception>
    public void Resume() => trainer.Resume();

    /// <summary>
    /// Resumes the run for a number of episodes and then pauses it. An unfinished episode counts as the first. A run that has ended also
    /// resumes, and its target is raised if necessary. The pause never changes the result.
    /// </summary>
    /// <param name="episodes">Number of episodes, from 1 to 10¹².</param>
    /// <exception cref="InputException">The number is out of range.</exception>
    public void Advance(long episodes) => trainer.Advance(Checked(episodes));

    /// <summary>
    /// Stops the run at the end of the current episode. If that takes longer than half a second, the unfinished episode is dropped. Returns
    /// at once; await <see cref="Completion"/> for the end.
    /// </summary>
    public void Stop() => trainer.Stop();

    /// <summary>
    /// Changes hyperparameters at the end of the current episode. Each change is an event. A schedule starts at this moment unless it sets
    /// <see cref="Schedule.Start"/>; the event contains the start.
    /// </summary>
    /// <param name="learningRate">Learning rate α, in [0.001, 1].</param>
    /// <param name="epsilon">Probability ε of exploring, in [0, 1].</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1].</param>
    /// <returns>The events, which are already committed to the run file.</returns>
    /// <exception cref="InputException">A value is out of range, or the run has ended. Nothing is changed.</exception>
    public IReadOnlyList<RunEvent> Set(Schedule? learningRate = null, Schedule? epsilon = null, Schedule? discountFactor = null) =>
        Set(Changes(learningRate, epsilon, discountFactor));

    /// <summary>Changes hyperparameters by name, in snake_case, at the end of the current episode.</summary> <inheritdoc
    /// cref="Set(Schedule, Schedule, Schedule)"/>
    public IReadOnlyList<RunEvent> Set(IReadOnlyDictionary<string, Schedule> changes)
    {
        new Faults()
            .Require(Guard.NotNull(changes).Count > 0, $"Set at least one hyperparameter: {Hyperparameter.Names(Specification.Learner)}.")
            .Collect(() => Hyperparameter.Check(changes, Specification.Learner)).ThrowIfAny();
        return trainer.Set(changes);
    }

    /// <summary>
    /// Changes the reward of entering a cell at the end of the current episode. The change is an event, like that of a hyperparameter: the
    /// optimum, replays, forks and resumed runs follow it.
    /// </summary>
    /// <param name="x">Column of the cell, from 0.</param>
    /// <param name="y">Row of the cell, from 0 at the top.</param>
    /// <param name="reward">The reward. Finite.</param>
    /// <returns>The event, which is already committed to the run file.</returns>
    /// <exception cref="InputException">
    /// There is no such cell, the cell is a wall, the reward is not finite, the world is an MDP, or the run has ended. Nothing is changed.
    /// </exception>
    public RunEvent SetReward(int x, int y, double reward)
    {
        var change = new CellReward(x, y, reward);
        RulesCheck.CellReward(World, change);
        return trainer.SetReward(change);
    }

    /// <summary>Takes a named checkpoint at the end of the current episode. Named checkpoints are kept permanently.</summary>
    /// <param name="name">
    /// 1 to 64 letters, digits, spaces, dots, underscores or hyphens. The first must be a letter or digit; the last must not be a dot or
    /// space.
    /// </param>
    /// <exception cref="InputException">The name is invalid, or the checkpoint cannot be saved.</exception>
    public RunEvent SaveCheckpoint(string name)
    {
        CheckpointName.Check(Guard.NotNull(name));
        return trainer.SaveCheckpoint(name);
    }

    /// <summary>Takes a checkpoint that is named by its episode, such as "episode-1200".</summary>
    internal RunEvent SaveCheckpoint() => trainer.SaveCheckpoint(null);

    /// <summary>Raises the target, and continues training if the run has ended.</summary>
    /// <param name="episodes">Number of additional episodes, from 1 to 10¹².</param>
    /// <exception cref="InputException">The number is out of range.</exception>
    public void Continue(long episodes) => trainer.Continue(Checked(episodes));

    static long Checked(long episodes)
    {
        new Faults().Require(episodes is >= 1 and <= RunFactory.MostEpisodes,
            $"Episodes must be between 1 and {RunFactory.MostEpisodes} (got {episodes}).").ThrowIfAny();
        return episodes;
    }

    /// <summary>
    /// Writes the current run as a file to another store, if its own file cannot be written (see <see cref="StoreError"/>) or it has none.
    /// The copy can be read and resumed. This run does not change.
    /// </summary>
    /// <param name="folder">The other store. It is created if it does not exist.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="InputException">The file cannot be written, or the store already has a file of this run.</exception>
    public string SaveTo(string folder) => trainer.SaveTo(Guard.NotNull(folder), Name, Parent);

    /// <summary>Returns an awaiter, so that <c>await run</c> waits for the end of the run.</summary>
    public TaskAwaiter GetAwaiter() => (WhileAwaited?.Invoke(this) ?? Completion).GetAwaiter();

    /// <summary>A function that runs while a run is awaited; a notebook uses it to show the progress.</summary>
    internal static Func<Run, Task>? WhileAwaited { get; set; }

    /// <inheritdoc/>
    public override ExactSolution? ExactSolution => trainer.Progress is var now ? solution.At(now.Tables, now.Step) : null;

    /// <inheritdoc/>
    public override ExactSolution? SolveExactly() => solution.Settle();

    /// <inheritdoc/>
    public override RunStatus Status()
    {
        var now = trainer.Standing;
        double? checksum = now.State is RunState.Completed or RunState.Stopped ? RunStatus.Checksum(Agent().Q.AsSpan()) : null;
        return RunStatus.Of(Id, Name, Parent, now, checksum).Judged(ExactSolution, solution.WhyNot);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<MetricBucket> MetricBuckets(long start, long end, int points) =>
        trainer.History.Returns(start, end, points);

    /// <inheritdoc/>
    public override IReadOnlyList<MetricBucket> LengthBuckets(long start, long end, int points) =>
        trainer.History.Lengths(start, end, points);

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
        // Read this before the events, because a change is committed before the end of the episode at which it takes effect.
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

    internal Mdp Mdp { get; }

    /// <summary>Returns a summary of the run in one line.</summary>
    public override string ToString()
    {
        var now = Status();
        return string.Create(CultureInfo.InvariantCulture,
            $"{Printable.Line(Name)}: {Printable.Line(Specification.Learner.Name)} in {Printable.Line(World.Name)}, seed"
            + $" {Specification.Seed}, {now.State.ToString().ToLowerInvariant()} "
            + $"after {now.Episodes:N0} episodes and {now.Steps:N0} steps, mean return of the last 100: {now.MeanReturnLast100:0.###}");
    }
}
