namespace GridWorld;

/// <summary>
/// The one reading interface over a run, whether it trains in this process, in another one, or has ended. Reading never changes a run, and
/// never holds its training up for longer than a copy of the tables.
/// </summary>
public abstract class RunView
{
    static readonly TimeSpan SolutionPatience = TimeSpan.FromSeconds(1);
    readonly PastMoments past = new();

    private protected RunView()
    {
    }

    /// <summary>The run's id.</summary>
    public abstract string Id { get; }

    /// <summary>Its name.</summary>
    public abstract string Name { get; }

    /// <summary>World, learner, seed and target.</summary>
    public abstract RunSpecification Specification { get; }

    /// <summary>The world.</summary>
    public World World => Specification.World;

    /// <summary>The run in numbers; cheap.</summary>
    public abstract RunStatus Status();

    /// <summary>The return of a range of episodes, in at most so many buckets.</summary>
    /// <param name="start">First episode, from 1.</param>
    /// <param name="end">Last episode; beyond the last means the last.</param>
    /// <param name="points">The most buckets, at least 1.</param>
    public abstract MetricBucket[] MetricBuckets(long start, long end, int points);

    /// <summary>The length of a range of episodes, in at most so many buckets.</summary> <inheritdoc cref="MetricBuckets"/>
    public abstract MetricBucket[] LengthBuckets(long start, long end, int points);

    /// <summary>
    /// The first kept raw rows from an episode on. They start at a later episode if the rows before it are no longer kept, end before a
    /// gap, and are empty only if no row is kept from there on.
    /// </summary>
    /// <param name="first">First episode, from 1.</param>
    /// <param name="count">The most rows.</param>
    internal abstract EpisodeRecord[] RawEpisodes(long first, int count);

    /// <summary>Which episodes are kept singly, in order. Of the others there are buckets, and their rows can be run again.</summary>
    public virtual IReadOnlyList<EpisodeRange> KeptEpisodes() => Status().Episodes is > 0 and var last ? [new(1, last)] : [];

    /// <summary>All events so far, in order.</summary>
    public IReadOnlyList<RunEvent> EventLog => EventsAfter(0);

    /// <summary>The events whose number is greater than one that is known.</summary>
    /// <param name="seq">The known number; 0 for all events.</param>
    public abstract IReadOnlyList<RunEvent> EventsAfter(long seq);

    /// <summary>A copy of what the agent knows; at most one copy is taken every 100 ms.</summary>
    public abstract AgentSnapshot Agent();

    /// <summary>What tells a healthy run from a sick one.</summary>
    public abstract Diagnostics Diagnostics();

    /// <summary>The agent and what tells a healthy run from a sick one, of one moment.</summary>
    internal virtual (AgentSnapshot Agent, Diagnostics Diagnostics) Look() => (Agent(), Diagnostics());

    /// <summary>The exact solution of the world, and how far the agent is from it; null until it is known.</summary>
    public abstract ExactSolution? ExactSolution { get; }

    /// <summary>Computes the exact solution and the agent's distance from it. Returns null if the world has no finite value.</summary>
    public virtual ExactSolution? SolveExactly() => ExactSolution;

    /// <summary>The checkpoints on disk, by episode.</summary>
    public abstract IReadOnlyList<CheckpointInfo> CheckpointList { get; }

    /// <summary>Every step of an episode that has ended, rerun from the nearest checkpoint, bit for bit.</summary>
    /// <param name="episode">Its number, from 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">There is no such episode yet.</exception>
    public IReadOnlyList<EpisodeStep> ReplayEpisode(long episode, CancellationToken cancellationToken = default) =>
        Rewind().Replay(episode, cancellationToken);

    /// <summary>What the agent knew after an episode, run again from the nearest checkpoint.</summary>
    /// <param name="episode">Its number; 0 is untrained.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">There is no such episode yet.</exception>
    public AgentSnapshot AgentAt(long episode, CancellationToken cancellationToken = default) => Rewind().At(episode, cancellationToken);

    /// <summary>Steps taken and seconds trained (null where not known) when episodes were over at which buckets end.</summary>
    internal virtual (long Steps, double? Seconds)[] Reached(IReadOnlyList<long> episodes) => [];

    /// <summary>
    /// The run as it was after an episode: the agent run again, curves, events and diagnostics up to there. What is said of state, speed
    /// and target is how the run stands now.
    /// </summary>
    /// <param name="episode">Its number; 0 is untrained.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">There is no such episode yet.</exception>
    public RunView Past(long episode, CancellationToken cancellationToken = default) => past.At(this, episode, cancellationToken);

    /// <summary>The run as far as it has come, shown over time as if it were trained now, with no training.</summary>
    /// <param name="speed">Seconds of training shown in a second, above 0. Default 1: as it was.</param>
    /// <exception cref="InputException">The speed is out of range.</exception>
    public ReplayedRun Replay(double speed = 1) => new(this, speed);

    /// <summary>
    /// Starts a new run that shares this one's episodes and events up to an episode, and differs from there on. Without changes it
    /// reproduces this run exactly. The new run has a file of its own; this run is not touched, and may be deleted.
    /// </summary>
    /// <param name="at">The episode after which the fork begins; 0 is untrained. Default: the last that has ended.</param>
    /// <param name="learningRate">Learning rate α from there on, in [0.001, 1]. Default: as it was.</param>
    /// <param name="epsilon">Probability ε of exploring from there on, in [0, 1]. Default: as it was.</param>
    /// <param name="discountFactor">Discount factor γ from there on, in [0, 1]. Default: as it was.</param>
    /// <param name="episodes">Episodes to train from there on, at least 1. Default: up to this run's target.</param>
    /// <param name="options">Name, pace and storage of the fork. Default: unnamed, at full speed, stored as this run is.</param>
    /// <exception cref="InputException">Lists every error; nothing was started.</exception>
    public Run Fork(long? at = null, Schedule? learningRate = null, Schedule? epsilon = null, Schedule? discountFactor = null,
        long? episodes = null, RunOptions? options = null) =>
        Fork(at, Changes(learningRate, epsilon, discountFactor), episodes, options);

    /// <summary>Starts a new run from an episode of this one, with changes of hyperparameters by name, in snake_case.</summary>
    /// <param name="at">The episode after which the fork begins; 0 is untrained, null the last that has ended.</param>
    /// <param name="changes">The hyperparameters that differ from there on.</param>
    /// <param name="episodes">Episodes to train from there on, at least 1. Default: up to this run's target.</param>
    /// <param name="options">Name, pace and storage of the fork. Default: unnamed, at full speed, stored as this run is.</param>
    /// <param name="cancellationToken">Cancels the way to that episode.</param>
    /// <exception cref="InputException">Lists every error; nothing was started.</exception>
    public Run Fork(long? at, IReadOnlyDictionary<string, Schedule> changes, long? episodes = null, RunOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RunFactory.Fork(this, at, Guard.NotNull(changes), episodes, options, cancellationToken);

    internal static Dictionary<string, Schedule> Changes(Schedule? learningRate, Schedule? epsilon, Schedule? discountFactor) =>
        new (string Name, Schedule? Value)[] { ("learning_rate", learningRate), ("epsilon", epsilon), ("discount_factor", discountFactor) }
            .Where(c => c.Value is not null).ToDictionary(c => c.Name, c => c.Value!);

    /// <summary>All that is known of a state: values, visits, what is optimal there, and when the agent came through last.</summary>
    /// <param name="state">Its number, row by row from 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">There is no such state.</exception>
    public StateExplanation Why(int state, CancellationToken cancellationToken = default)
    {
        StateExplanation.Check(World, state);
        return StateExplanation.Of(this, Row(state), StateExplanation.MostVisits, cancellationToken);
    }

    /// <summary>What the agent knows of a state, at the cost of one row; null takes the state where it stands.</summary>
    internal virtual AgentRow Row(int? state) => AgentRow.Of(Agent(), state, World.Actions);

    /// <summary>
    /// Returns the status for output that is shown once. Waits a moment for an exact solution that is not known yet, or that is not of the
    /// last episode of an ended run.
    /// </summary>
    internal RunStatus StatusWithSolution()
    {
        AwaitSolution();
        return Status();
    }

    /// <summary>
    /// Waits a moment for the exact solution. It takes longer in a large world; during training, one of an earlier episode suffices.
    /// </summary>
    internal void AwaitSolution()
    {
        if (ExactSolution is not null && Status().State is RunState.Training or RunState.Paused)
            return;
        // On a thread of its own, which goes on where the wait is over.
        var settled = Task.Factory.StartNew(SolveExactly, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task.WaitAny([settled], SolutionPatience);
        // Not if it failed, as with a damaged file: whoever reads the agent is told.
        _ = settled.ContinueWith(s => s.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>The exact solution if it is known or is computed in an instant.</summary>
    internal ExactSolution? SolutionAtHand => World.States <= 2500 ? SolveExactly() : ExactSolution;

    /// <summary>The world's tables.</summary>
    internal virtual Mdp Mdp => World.Compile();

    /// <summary>Knows the world, for diagnostics.</summary>
    internal virtual Diagnosis Diagnosis => throw Unsupported;

    internal virtual Rewind Rewind() => throw Unsupported;

    /// <summary>The episodes so far.</summary>
    internal virtual EpisodeHistory History() => throw Unsupported;

    /// <summary>When which episode was over, in seconds of training.</summary>
    internal virtual TrainingClock Clock() => TrainingClock.Of(EventLog, CheckpointList);

    /// <summary>How a fork is carried out where nothing else is said.</summary>
    internal virtual RunOptions OptionsOfFork => throw Unsupported;

    /// <summary>The run's file, where it has one.</summary>
    internal virtual string? StorePath => null;

    NotSupportedException Unsupported => new($"The run {Id} cannot be run again.");
}
