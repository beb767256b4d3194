using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// One training: what a person holds. It trains on a thread of its own; every member may be used from any thread at any time.
/// <c>await run</c> waits for its end.
/// </summary>
public sealed class Run
{
    readonly Trainer trainer;

    internal Run(Trainer trainer, string name, Mdp mdp, RunParent? parent)
    {
        (this.trainer, Name, Parent) = (trainer, name, parent);
        View = new LiveRunView(this, trainer, mdp);
        Mdp = mdp;
    }

    /// <summary>The id, unique; the name of its file.</summary>
    public string Id => trainer.Id;

    /// <summary>The name for people.</summary>
    public string Name { get; }

    /// <summary>Where it was forked from; null where it is not a fork.</summary>
    public RunParent? Parent { get; }

    /// <summary>World, learner, seed and target: with the events, all that the run is.</summary>
    public RunSpecification Specification => trainer.Specification;

    /// <summary>The world it trains in.</summary>
    public World World => trainer.Specification.World;

    /// <summary>What it is doing.</summary>
    public RunState State => trainer.State;

    /// <summary>Episodes that have ended.</summary>
    public long Episode => trainer.Progress.Episode;

    /// <summary>Steps taken.</summary>
    public long Steps => trainer.Progress.Step;

    /// <summary>All events so far, in order.</summary>
    public IReadOnlyList<RunEvent> EventLog => trainer.Log.All;

    /// <summary>The checkpoints on disk, by episode.</summary>
    public IReadOnlyList<CheckpointInfo> CheckpointList => trainer.Checkpoints;

    /// <summary>Why the run's file does not hold the run as it stands, and what was saved last. Null if the file is up to date, or the run is kept in memory only.</summary>
    public string? StoreError => trainer.StoreError;

    /// <summary>Ends when the run does, whether completed, stopped or failed; it never faults. <see cref="State"/> tells which.</summary>
    public Task Completion => trainer.Completion;

    /// <summary>How the run is read: by the widget, the tables and the command line.</summary>
    public RunView View { get; }

    /// <summary>
    /// The first episodes step by step, as many as <see cref="RunOptions.TraceEpisodes"/> asked for. An episode with which they would have
    /// more than 500,000 steps, and those after it, are left out: <see cref="ReplayEpisode"/> gives any of them.
    /// </summary>
    public IReadOnlyList<(long Episode, EpisodeStep[] Steps)> Traces => trainer.Ask(() => trainer.Traces.ToArray());

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

    internal Mdp Mdp { get; }

    /// <summary>The returns of all episodes, added up in their order.</summary>
    internal double TotalReturn => trainer.Ask(() => trainer.History.TotalReturn);

    internal TimeSpan LongestCheckpointPause => trainer.LongestPause;

    /// <summary>Starts a run. It trains when this returns.</summary>
    /// <exception cref="InputException">Lists every fault of specification and options.</exception>
    public static Run Start(RunSpecification specification, RunOptions? options = null) => RunFactory.Start(Given.NotNull(specification), options ?? new());

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
    public static Run Resume(string run, string? store = null, long? moreEpisodes = null, string? checkpoint = null, RunOptions? options = null) =>
        RunFactory.Resume(Given.NotNull(run), store, moreEpisodes, checkpoint, options);

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
    public void Resume(long episodes)
    {
        new Faults().Require(episodes is >= 1 and <= 1_000_000_000_000, $"Episodes must be between 1 and 1000000000000 (got {episodes}).").ThrowIfAny();
        trainer.Resume(episodes);
    }

    /// <summary>
    /// Stops at the end of the current episode; where that takes longer than half a second, the unfinished episode is dropped.
    /// Returns at once: await <see cref="Completion"/> for the end.
    /// </summary>
    public void Stop() => trainer.Stop();

    /// <summary>
    /// Changes hyperparameters from the end of the current episode on. Each change is an event. A schedule counts from this moment on, unless
    /// it says from when (<see cref="Schedule.Start"/>); the event has the moment.
    /// </summary>
    /// <param name="learningRate">Learning rate α, in [0.001, 1].</param>
    /// <param name="epsilon">Probability ε of exploring, in [0, 1].</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1].</param>
    /// <returns>The events, already committed to the store.</returns>
    /// <exception cref="InputException">A value is out of range (nothing is changed then), or the run has ended.</exception>
    public IReadOnlyList<RunEvent> Set(Schedule? learningRate = null, Schedule? epsilon = null, Schedule? discountFactor = null) =>
        Set(Changes(learningRate, epsilon, discountFactor));

    /// <summary>Changes hyperparameters by name, in snake_case.</summary>
    /// <inheritdoc cref="Set(Schedule, Schedule, Schedule)"/>
    public IReadOnlyList<RunEvent> Set(IReadOnlyDictionary<string, Schedule> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        new Faults().Require(changes.Count > 0, $"Name at least one hyperparameter: {Hyperparameter.Names(Specification.Learner)}.")
            .Collect(() => Hyperparameter.Check(changes, Specification.Learner))
            .ThrowIfAny();
        return trainer.Set(changes);
    }

    /// <summary>Takes a checkpoint that is kept for good, at the end of the current episode.</summary>
    /// <param name="name">1 to 64 letters, digits, spaces, dots, underscores and hyphens; the first a letter or digit, the last no dot or space.</param>
    /// <exception cref="InputException">The name is not allowed.</exception>
    public RunEvent SaveCheckpoint(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        CheckpointName.Check(name);
        return trainer.SaveCheckpoint(name);
    }

    /// <summary>Takes one named by the episode after which it is taken: "episode-1200".</summary>
    internal RunEvent SaveCheckpoint() => trainer.SaveCheckpoint(null);

    /// <summary>The run as far as it has come, shown over time as if it were trained now, with no training.</summary>
    /// <param name="speed">Seconds of training shown in a second, above 0. Default 1: as it was.</param>
    /// <exception cref="InputException">The speed is out of range.</exception>
    public ReplayedRun Replay(double speed = 1) => View.Replay(speed);

    /// <summary>Every step of an episode that has ended, rerun from the nearest checkpoint, bit for bit.</summary>
    /// <param name="episode">Its number, from 1.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InputException">There is no such episode yet.</exception>
    public EpisodeStep[] ReplayEpisode(long episode, CancellationToken cancellation = default) => View.ReplayEpisode(episode, cancellation);

    /// <summary>What the agent knew after an episode, run again from the nearest checkpoint.</summary>
    /// <param name="episode">Its number; 0 is untrained.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InputException">There is no such episode yet.</exception>
    public AgentSnapshot At(long episode, CancellationToken cancellation = default) => View.AgentAt(episode, cancellation);

    /// <summary>
    /// Starts a new run that shares this one's course up to an episode, events there included, and goes its own way from there: without
    /// changes it comes to the same bits. Its file holds all it needs; this run is not touched, and may be deleted.
    /// </summary>
    /// <param name="at">The episode after which it begins; 0 is untrained. Default: the last that has ended.</param>
    /// <param name="learningRate">Learning rate α from there on, in [0.001, 1]. Default: as it was.</param>
    /// <param name="epsilon">Probability ε of exploring from there on, in [0, 1]. Default: as it was.</param>
    /// <param name="discountFactor">Discount factor γ from there on, in [0, 1]. Default: as it was.</param>
    /// <param name="name">Display name; several runs may have one (<see cref="StoreFolder.Find"/>). Default: the id.</param>
    /// <param name="episodes">Episodes to train from there on, at least 1. Default: up to this run's target.</param>
    /// <param name="options">How it is carried out. Default: as this run, at full speed.</param>
    /// <exception cref="InputException">Lists every fault; nothing was begun.</exception>
    public Run Fork(long? at = null, Schedule? learningRate = null, Schedule? epsilon = null, Schedule? discountFactor = null, string? name = null, long? episodes = null, RunOptions? options = null) =>
        View.Fork(at, learningRate, epsilon, discountFactor, name, episodes, options);

    /// <summary>Forks a stored run, even one that another process is training.</summary>
    /// <param name="run">Its id, its name, or the beginning of its id, as in <see cref="StoreFolder.Find"/>.</param>
    /// <param name="at">The episode after which the fork begins; 0 is untrained. Default: the last that has ended.</param>
    /// <param name="learningRate">Learning rate α from there on, in [0.001, 1]. Default: as it was.</param>
    /// <param name="epsilon">Probability ε of exploring from there on, in [0, 1]. Default: as it was.</param>
    /// <param name="discountFactor">Discount factor γ from there on, in [0, 1]. Default: as it was.</param>
    /// <param name="name">Display name; several runs may have one (<see cref="StoreFolder.Find"/>). Default: the id.</param>
    /// <param name="episodes">Episodes to train from there on, at least 1. Default: up to the run's target.</param>
    /// <param name="store">The folder. Default: what GRIDWORLD_STORE says, else <c>.gridworld</c> in the working directory.</param>
    /// <param name="options">How it is carried out. Default: as that run, at full speed.</param>
    /// <exception cref="InputException">Lists every fault; nothing was begun.</exception>
    public static Run Fork(string run, long? at = null, Schedule? learningRate = null, Schedule? epsilon = null, Schedule? discountFactor = null, string? name = null, long? episodes = null,
        string? store = null, RunOptions? options = null) =>
        StoreFolder.View(Given.NotNull(run), store ?? options?.Store).Fork(at, learningRate, epsilon, discountFactor, name, episodes, options);

    /// <summary>Forks with changes by name.</summary>
    internal static Run Fork(RunView parent, long? at, IReadOnlyDictionary<string, Schedule> changes, string? name, long? episodes, RunOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= parent.OptionsOfFork;
        return RunFactory.Fork(parent, at, changes, episodes, options with { Name = name ?? options.Name }, cancellation);
    }

    /// <summary>All that is known of a state: values, visits, what is optimal there, and when the agent came through last. It reads as text.</summary>
    /// <param name="state">Its number, row by row from 0.</param>
    /// <exception cref="InputException">There is no such state.</exception>
    public StateReport Why(int state) => View.Why(state);

    /// <summary>Raises the target, and trains on if the run had ended.</summary>
    /// <param name="episodes">Additional episodes, from 1 to 10¹².</param>
    public void Continue(long episodes)
    {
        new Faults().Require(episodes is >= 1 and <= RunFactory.MostEpisodes, $"Episodes must be between 1 and {RunFactory.MostEpisodes} (got {episodes}).").ThrowIfAny();
        trainer.Continue(episodes);
    }

    /// <summary>Runs greedy episodes with learning off, on a copy of the values; the run itself is not touched.</summary>
    /// <param name="episodes">How many, from 1 to 1,000,000. Default 100.</param>
    public EvaluationResult Evaluate(int episodes = 100)
    {
        var agent = View.Agent();
        return Evaluation.Run(World, Mdp.At(agent.Steps), Specification.StepLimit, agent.Q, Specification.Seed, episodes);
    }

    /// <summary>
    /// Writes the run, as it stands in memory, as a file of its own into another store: for a run whose own file cannot be written (see
    /// <see cref="StoreError"/>), or that has none. It can be read and resumed there; this run is not touched.
    /// </summary>
    /// <param name="folder">The other store's folder; made if it is missing.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="InputException">The file cannot be written, or the folder has a file of this run.</exception>
    public string SaveTo(string folder) => trainer.SaveTo(Given.NotNull(folder), Name, Parent);

    /// <summary>Makes <c>await run</c> wait for its end.</summary>
    public TaskAwaiter GetAwaiter() => (WhileAwaited?.Invoke(this) ?? Completion).GetAwaiter();

    /// <summary>What else goes on while someone awaits a run, to its end: a notebook shows how it gets on.</summary>
    internal static Func<Run, Task>? WhileAwaited { get; set; }

    internal static Dictionary<string, Schedule> Changes(Schedule? learningRate, Schedule? epsilon, Schedule? discountFactor)
    {
        var changes = new Dictionary<string, Schedule>();
        if (learningRate is not null)
            changes["learning_rate"] = learningRate;
        if (epsilon is not null)
            changes["epsilon"] = epsilon;
        if (discountFactor is not null)
            changes["discount_factor"] = discountFactor;
        return changes;
    }

    /// <summary>A line of facts.</summary>
    public override string ToString() => RunText.Line(View.Status(), this);
}
