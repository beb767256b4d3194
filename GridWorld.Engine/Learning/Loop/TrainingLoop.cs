namespace GridWorld;

/// <summary>The loop that trains one learner in one world, for a given number of steps or episodes at a time.</summary>
public abstract class TrainingLoop
{
    private protected StreamPlace Behavior;
    private protected Rng World, Model;
    private protected Cursor cursor;
    readonly LooseTraining loose;

    private protected TrainingLoop(QTable values, int stepLimit, VisitCounts visits, (Rng Behavior, Rng World, Rng Model) streams)
    {
        (States, Actions, StepLimit, Visits) = (values.States, values.Actions, stepLimit, visits);
        (Behavior, World, Model) = (new(streams.Behavior), streams.World, streams.Model);
        loose = new(this);
        LeaveEpisode();
    }

    /// <summary>Number of states.</summary>
    public int States { get; }

    /// <summary>Number of actions in every state.</summary>
    public int Actions { get; }

    /// <summary>Number of steps after which an episode is truncated.</summary>
    public int StepLimit { get; }

    internal VisitCounts Visits { get; }

    /// <summary>Number of episodes that have ended.</summary>
    public long Episodes { get; private protected set; }

    /// <summary>Number of steps taken, including those of an unfinished episode.</summary>
    public long Steps { get; private protected set; }

    /// <summary>Whether an episode has started and not ended.</summary>
    internal bool InEpisode => cursor.InEpisode;

    /// <summary>Whether a value became NaN or infinite in the last episode. Training then cannot continue.</summary>
    public bool IsNonFinite { get; private protected set; }

    /// <summary>Whether more episodes change nothing, so that the run ends; null for a learner, which never ends by itself.</summary>
    internal virtual bool? IsAtRest => null;

    /// <summary>The values of all states and the change that an update of each would make now; null for a learner.</summary>
    internal virtual PlannedStates? Planned => null;

    /// <summary>The planner's value of a state; null for a learner.</summary>
    internal virtual double? PlannedValue(int state) => null;

    /// <summary>The state of the agent, or its last state after the end of an episode.</summary>
    internal int State => cursor.State;

    /// <summary>Return and length of the unfinished episode so far.</summary>
    internal (double Return, int Length) Unfinished => (cursor.Return, cursor.Length);

    /// <summary>The hyperparameters in force.</summary>
    internal Hyperparameters Current { get; private protected set; }

    /// <summary>The recorder of every step; null for none. It slows down the loop but never changes the result.</summary>
    internal StepRecorder? Recorder { get; set; }

    /// <summary>The Q-table that the behavior acts on.</summary>
    public abstract QTable Values { get; }

    /// <summary>Returns the number of times an action was taken in a state.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The state or the action does not exist.</exception>
    public long VisitsOf(int state, int action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(state);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(state, States);
        ArgumentOutOfRangeException.ThrowIfNegative(action);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(action, Actions);
        return Visits.Of(state * Actions + action);
    }

    /// <summary>Trains on the calling thread. Returns fewer episodes than requested only if a value becomes NaN or infinite.</summary>
    /// <param name="episodes">Number of episodes, from 1 to 10,000,000.</param>
    /// <returns>The metrics of the episodes.</returns>
    /// <exception cref="InputException">The number of episodes is out of range.</exception>
    /// <exception cref="InvalidOperationException">
    /// The simulator or the learner threw an exception. The message contains the exception, the episode, the state and the action. The loop
    /// is restored to the end of the last complete episode.
    /// </exception>
    public IReadOnlyList<EpisodeRecord> Train(int episodes) => loose.Train(episodes, CancellationToken.None);

    /// <summary>
    /// Trains on a separate thread. A cancellation ends the training between two steps: the call returns the episodes so far, and the next
    /// call resumes the unfinished episode. If the simulator or the learner does not return from a step within 2.5 seconds, its thread is
    /// abandoned.
    /// </summary>
    /// <param name="episodes">Number of episodes, from 1 to 10,000,000.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <returns>The metrics of the episodes.</returns>
    /// <exception cref="InputException">The number of episodes is out of range.</exception>
    /// <exception cref="InvalidOperationException">
    /// As for <see cref="Train(int)"/>; or the thread was abandoned, and the loop can no longer be used.
    /// </exception>
    public Task<IReadOnlyList<EpisodeRecord>> TrainAsync(int episodes, CancellationToken cancellationToken = default) =>
        loose.TrainAsync(episodes, cancellationToken);

    private protected ScheduledHyperparameters Hyperparameters { get; set; } = null!;

    /// <summary>Advances by at most the given numbers of steps and episodes, until the buffer is full.</summary>
    internal abstract void Advance(long steps, long episodes, EpisodeBuffer buffer);

    /// <summary>Sets the hyperparameters. Call it only between episodes.</summary>
    internal abstract void Apply(ScheduledHyperparameters hyperparameters);

    /// <summary>Continues with other tables of the same size.</summary>
    internal abstract void Use(Mdp mdp);

    /// <summary>Forgets what was computed, not learned, from the rewards before a change. Call it only between episodes.</summary>
    internal virtual void ForgetRewards()
    {
    }

    /// <summary>Writes the complete state. Call it only between episodes.</summary>
    internal void Save(StateWriter state)
    {
        if (InEpisode)
            throw new InvalidOperationException("A checkpoint can be taken only between episodes.");
        SaveLearner(state);
        Visits.Save(state);
        state.Write<Rng>("random", [Behavior.State, World, Model]);
        state.Write<long>("counters", [Episodes, Steps]);
    }

    /// <summary>The hash of what <see cref="Save"/> writes; only between episodes.</summary>
    internal string Hash()
    {
        var state = new StateWriter();
        Save(state);
        return state.Hash();
    }

    /// <summary>Restores the state that <see cref="Save"/> wrote.</summary>
    internal virtual void Load(StateReader state)
    {
        LoadLearner(state);
        Visits.Load(state);
        // Four zeros are the only state that a generator cannot leave.
        var streams = state.ReadChecked<Rng>("random", 3, stream => stream != default);
        (Behavior, World, Model) = (new(streams[0]), streams[1], streams[2]);
        long[] counters = state.ReadChecked<long>("counters", 2, counter => counter >= 0);
        (Episodes, Steps) = (counters[0], counters[1]);
        LeaveEpisode();
        IsNonFinite = false;
    }

    /// <summary>Drops an unfinished episode; for learners that keep no data of it.</summary>
    internal void LeaveEpisode() => cursor = new() { NextAction = -1, LastAction = -1 };

    private protected abstract void SaveLearner(StateWriter state);

    private protected abstract void LoadLearner(StateReader state);

    private protected Cursor Begin(int state)
    {
        Recorder?.Begin(Episodes + 1);
        return new()
        {
            InEpisode = true,
            State = state,
            NextAction = -1,
            LastAction = -1,
            FirstEpsilon = Current.Epsilon,
            FirstLearningRate = Current.LearningRate,
        };
    }

    /// <summary>The state of an unfinished episode.</summary>
    private protected struct Cursor
    {
        public bool InEpisode, NextExplored, IsUnderWay;
        public int State, NextAction, LastAction, Length;
        public double Return, Fault, FirstEpsilon, FirstLearningRate;
    }
}
