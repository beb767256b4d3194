namespace GridWorld;

/// <summary>
/// The reading interface of a run that is training in this process, is training in another one, or has ended. Reading never changes a run
/// and never delays its training for longer than a copy of its tables takes.
/// </summary>
public abstract class RunView
{
    static readonly TimeSpan SolutionPatience = TimeSpan.FromSeconds(1);
    readonly PastMoments past = new();

    private protected RunView()
    {
    }

    /// <summary>The id of the run.</summary>
    public abstract string Id { get; }

    /// <summary>The display name of the run.</summary>
    public abstract string Name { get; }

    /// <summary>The definition of the run: world, learner, seed and target.</summary>
    public abstract RunSpecification Specification { get; }

    /// <summary>The world.</summary>
    public World World => Specification.World;

    /// <summary>Returns the current status of the run. This is fast.</summary>
    public abstract RunStatus Status();

    /// <summary>Summarizes the return of a range of episodes in at most <paramref name="points"/> buckets.</summary>
    /// <param name="start">First episode, from 1.</param>
    /// <param name="end">Last episode, inclusive. A greater number means the newest episode.</param>
    /// <param name="points">The most buckets, at least 1.</param>
    public abstract IReadOnlyList<MetricBucket> MetricBuckets(long start, long end, int points);

    /// <summary>Summarizes the length of a range of episodes in at most <paramref name="points"/> buckets.</summary> <inheritdoc
    /// cref="MetricBuckets"/>
    public abstract IReadOnlyList<MetricBucket> LengthBuckets(long start, long end, int points);

    /// <summary>
    /// The first kept raw rows at or after an episode. They start at a later episode if earlier rows are no longer kept, end before a gap,
    /// and are empty only if no later row is kept.
    /// </summary>
    /// <param name="first">First episode, from 1.</param>
    /// <param name="count">The most rows.</param>
    internal abstract EpisodeRecord[] RawEpisodes(long first, int count);

    /// <summary>
    /// Returns the ranges of episodes whose rows are kept, in order. The other episodes are in buckets and can be replayed.
    /// </summary>
    public virtual IReadOnlyList<EpisodeRange> KeptEpisodes() => Status().Episodes is > 0 and var last ? [new(1, last)] : [];

    /// <summary>All events so far, in order.</summary>
    public IReadOnlyList<RunEvent> EventLog => EventsAfter(0);

    /// <summary>Returns the events after a known event.</summary>
    /// <param name="seq">Number of the known event; 0 for all events.</param>
    public abstract IReadOnlyList<RunEvent> EventsAfter(long seq);

    /// <summary>Returns a copy of the agent's tables. During training, it is copied at most once every 100 ms.</summary>
    public abstract AgentSnapshot Agent();

    /// <summary>Computes the diagnostics of the run.</summary>
    public abstract Diagnostics Diagnostics();

    /// <summary>The agent and the diagnostics of the same moment.</summary>
    internal virtual (AgentSnapshot Agent, Diagnostics Diagnostics) Look() => (Agent(), Diagnostics());

    /// <summary>The exact solution of the world and the agent's distance from it; null until it is computed.</summary>
    public abstract ExactSolution? ExactSolution { get; }

    /// <summary>Computes the exact solution and the agent's distance from it; null if the world has no finite value.</summary>
    public virtual ExactSolution? SolveExactly() => ExactSolution;

    /// <summary>The checkpoints on disk, by episode.</summary>
    public abstract IReadOnlyList<CheckpointInfo> CheckpointList { get; }

    /// <summary>
    /// Replays an episode that has ended, from the nearest checkpoint, and returns every step. The result is exact, bit for bit.
    /// </summary>
    /// <param name="episode">Number of the episode, from 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">There is no such episode yet.</exception>
    public IReadOnlyList<EpisodeStep> ReplayEpisode(long episode, CancellationToken cancellationToken = default) =>
        Rewind().Replay(episode, cancellationToken);

    /// <summary>Returns the agent's tables after an episode, replayed from the nearest checkpoint.</summary>
    /// <param name="episode">Number of the episode; 0 is untrained.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">There is no such episode yet.</exception>
    public AgentSnapshot AgentAt(long episode, CancellationToken cancellationToken = default) => Rewind().At(episode, cancellationToken);

    /// <summary>
    /// Replays the run to find the action values of a state over its episodes, and every change of its greedy actions. A run that is
    /// training continues; the history covers the episodes that had ended when it was requested.
    /// </summary>
    /// <param name="state">Number of the state, row by row from 0.</param>
    /// <param name="points">Number of episodes whose values are returned, evenly spaced, from 2 to 10,000. Default 500.</param>
    /// <param name="progress">
    /// Receives the history so far: first the values at checkpoints, then after each part that was replayed, from the newest episodes back.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the replay.</param>
    /// <exception cref="InputException">The state does not exist, or the number of points is out of range.</exception>
    public StateHistory HistoryOf(int state, int points = 500, IProgress<StateHistory>? progress = null,
        CancellationToken cancellationToken = default)
    {
        new Faults().Collect(() => StateExplanation.Check(World, state))
            .Require(points is >= 2 and <= 10_000, $"points must be between 2 and 10000 (got {points}).").ThrowIfAny();
        var rewind = Rewind();
        var replay = new StateReplay(rewind, World, state, points);
        var history = progress is null && rewind.Episodes > 0 ? null : replay.AtCheckpoints(TimeSpan.FromSeconds(1), cancellationToken);
        history ??= replay.Back(rewind.Episodes, TimeSpan.Zero, cancellationToken);
        while (true)
        {
            progress?.Report(history);
            if (history.After == 0)
                return history;
            history = history.With(replay.Back(history.After, TimeSpan.Zero, cancellationToken));
        }
    }

    /// <summary>Replays the run to find the last episode in which the greedy actions of each state changed.</summary>
    /// <param name="progress">Receives the result so far, from the newest episodes back.</param>
    /// <param name="cancellationToken">A token that cancels the replay.</param>
    public PolicyChanges PolicyChanges(IProgress<PolicyChanges>? progress = null, CancellationToken cancellationToken = default)
    {
        var rewind = Rewind();
        PolicyChanges? changes = null;
        do
        {
            changes = GridWorld.PolicyChanges.Back(rewind, changes, TimeSpan.Zero, null, cancellationToken);
            progress?.Report(changes);
        }
        while (changes.After > 0);

        return changes;
    }

    /// <summary>The number of steps and the seconds of training (null if unknown) at the end of episodes at which buckets end.</summary>
    internal virtual (long Steps, double? Seconds)[] Reached(IReadOnlyList<long> episodes) => [];

    /// <summary>
    /// Returns the run as it was after an episode, with its agent, curves, events and diagnostics. State, speed and target are those of the
    /// current run.
    /// </summary>
    /// <param name="episode">Number of the episode; 0 is untrained.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">There is no such episode yet.</exception>
    public RunView Past(long episode, CancellationToken cancellationToken = default) => past.At(this, episode, cancellationToken);

    /// <summary>Replays the run so far over time, as if it were training now.</summary>
    /// <param name="speed">Seconds of training shown per second, from 0.000001 to 1,000,000. Default 1, the original speed.</param>
    /// <exception cref="InputException">The speed is out of range.</exception>
    public ReplayedRun Replay(double speed = 1) => new(this, speed);

    /// <summary>
    /// Starts a new run that shares the episodes and events of this run up to an episode. Without changes, it reproduces this run exactly.
    /// The new run has its own file. This run does not change and can be deleted.
    /// </summary>
    /// <param name="at">Episode after which the fork starts; 0 is untrained. Default: the last that has ended.</param>
    /// <param name="learningRate">Learning rate α of the fork, in [0.001, 1]. Default: unchanged.</param>
    /// <param name="epsilon">Probability ε of exploring of the fork, in [0, 1]. Default: unchanged.</param>
    /// <param name="discountFactor">Discount factor γ of the fork, in [0, 1]. Default: unchanged.</param>
    /// <param name="episodes">Number of episodes to train, at least 1. Default: up to this run's target.</param>
    /// <param name="options">Name, pace and storage of the fork. Default: unnamed, at full speed, stored like this run.</param>
    /// <exception cref="InputException">An argument is invalid; lists all errors. No run is started.</exception>
    public Run Fork(long? at = null, Schedule? learningRate = null, Schedule? epsilon = null, Schedule? discountFactor = null,
        long? episodes = null, RunOptions? options = null) =>
        Fork(at, Changes(learningRate, epsilon, discountFactor), episodes, options);

    /// <summary>Starts a new run from an episode of this run, with changes of hyperparameters by name, in snake_case.</summary>
    /// <param name="at">Episode after which the fork starts; 0 is untrained, null is the last that has ended.</param>
    /// <param name="changes">The changed hyperparameters.</param>
    /// <param name="episodes">Number of episodes to train, at least 1. Default: up to this run's target.</param>
    /// <param name="options">Name, pace and storage of the fork. Default: unnamed, at full speed, stored like this run.</param>
    /// <param name="cancellationToken">Cancels the replay up to the episode.</param>
    /// <exception cref="InputException">An argument is invalid; lists all errors. No run is started.</exception>
    public Run Fork(long? at, IReadOnlyDictionary<string, Schedule> changes, long? episodes = null, RunOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RunFactory.Fork(this, at, Guard.NotNull(changes), episodes, options, cancellationToken);

    internal static Dictionary<string, Schedule> Changes(Schedule? learningRate, Schedule? epsilon, Schedule? discountFactor) =>
        new (string Name, Schedule? Value)[] { ("learning_rate", learningRate), ("epsilon", epsilon), ("discount_factor", discountFactor) }
            .Where(c => c.Value is not null).ToDictionary(c => c.Name, c => c.Value!);

    /// <summary>Runs greedy episodes without learning, on a copy of the action values. The run does not change.</summary>
    /// <param name="episodes">Number of episodes, from 1 to 1,000,000. Default 100.</param>
    /// <exception cref="InputException">The number is out of range.</exception>
    public EvaluationResult Evaluate(int episodes = 100) => Evaluate(Agent(), episodes);

    internal EvaluationResult Evaluate(AgentSnapshot agent, int episodes) =>
        Evaluation.Run(World, agent.Tables, Specification.StepLimit, agent.Q.AsSpan(), Specification.Seed, episodes);

    /// <summary>Explains a state: its values, visits, optimal actions and the last visits of the agent.</summary>
    /// <param name="state">Number of the state, row by row from 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">The state does not exist.</exception>
    public StateExplanation Why(int state, CancellationToken cancellationToken = default)
    {
        StateExplanation.Check(World, state);
        return StateExplanation.Of(this, Row(state), StateExplanation.MostVisits, cancellationToken);
    }

    /// <summary>The agent's tables for one state, at the cost of one row; null selects the agent's state.</summary>
    internal virtual AgentRow Row(int? state) => AgentRow.Of(Agent(), state, World.Actions);

    /// <summary>
    /// Returns the status for output that is shown only once. Waits briefly for an exact solution that is not known yet or, if the run has
    /// ended, is not that of the last episode.
    /// </summary>
    internal RunStatus StatusWithSolution()
    {
        AwaitSolution();
        return Status();
    }

    /// <summary>
    /// Waits briefly for the exact solution, which takes longer for a large world. During training, that of an earlier episode is enough.
    /// </summary>
    internal void AwaitSolution()
    {
        if (ExactSolution is not null && Status().State is RunState.Training or RunState.Paused)
            return;
        // Computes on a separate thread, which continues after the wait.
        var settled = Task.Factory.StartNew(SolveExactly, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task.WaitAny([settled], SolutionPatience);
        // Ignores an error, such as a damaged file; reading the agent reports it.
        _ = settled.ContinueWith(s => s.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>The exact solution if it is known or can be computed at once.</summary>
    internal ExactSolution? SolutionAtHand => World.States <= 2500 ? SolveExactly() : ExactSolution;

    /// <summary>Computes the diagnostics.</summary>
    internal virtual Diagnosis Diagnosis => throw Unsupported;

    internal virtual Rewind Rewind() => throw Unsupported;

    /// <summary>The episodes so far.</summary>
    internal virtual EpisodeHistory History() => throw Unsupported;

    /// <summary>The end of each episode in seconds of training.</summary>
    internal virtual TrainingClock Clock() => TrainingClock.Of(EventLog, CheckpointList);

    /// <summary>The default options of a fork.</summary>
    internal virtual RunOptions OptionsOfFork => throw Unsupported;

    /// <summary>The path of the run file; null if there is none.</summary>
    internal virtual string? StorePath => null;

    NotSupportedException Unsupported => new($"The run {Id} cannot be replayed.");
}
