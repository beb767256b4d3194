namespace GridWorld;

/// <summary>The loop that trains one learner in one world, for a stated number of steps or episodes at a time.</summary>
public abstract class TrainingLoop
{
    private protected (Rng Behavior, Rng World, Rng Model) Streams;
    private protected Cursor cursor;
    readonly LooseTraining loose;

    private protected TrainingLoop(QTable values, int stepLimit, VisitCounts visits, (Rng Behavior, Rng World, Rng Model) streams)
    {
        (States, Actions, StepLimit, Visits, Streams) = (values.States, values.Actions, stepLimit, visits, streams);
        loose = new(this);
        LeaveEpisode();
    }

    /// <summary>Number of states.</summary>
    public int States { get; }

    /// <summary>Number of actions in every state.</summary>
    public int Actions { get; }

    /// <summary>Steps after which an episode is truncated.</summary>
    public int StepLimit { get; }

    internal VisitCounts Visits { get; }

    /// <summary>Episodes that have ended.</summary>
    public long Episodes { get; private protected set; }

    /// <summary>Steps taken, those of an unfinished episode included.</summary>
    public long Steps { get; private protected set; }

    /// <summary>Whether an episode has begun and not ended.</summary>
    internal bool InEpisode => cursor.InEpisode;

    /// <summary>Whether the last episode learned a value that is not a finite number; training cannot continue from there.</summary>
    public bool IsNonFinite { get; private protected set; }

    /// <summary>Where the agent stands, or stood when its last episode ended.</summary>
    internal int State => cursor.State;

    /// <summary>Return and length so far of an episode that has not ended.</summary>
    internal (double Return, int Length) Unfinished => (cursor.Return, cursor.Length);

    /// <summary>The hyperparameters in force.</summary>
    internal Hyperparameters Current { get; private protected set; }

    /// <summary>Told of every step, where someone wants to know; costs speed, changes no bit.</summary>
    internal StepRecorder? Recorder { get; set; }

    /// <summary>The values the behavior acts on.</summary>
    public abstract QTable Values { get; }

    /// <summary>How often an action was taken in a state.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state or action.</exception>
    public long VisitsOf(int state, int action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(state);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(state, States);
        ArgumentOutOfRangeException.ThrowIfNegative(action);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(action, Actions);
        return Visits.Of(state * Actions + action);
    }

    /// <summary>Trains in the calling thread. Fewer episodes come back only if values stopped being finite.</summary>
    /// <param name="episodes">How many episodes, at least 1 and at most 10,000,000 at a time.</param>
    /// <returns>The episodes as they ended.</returns>
    /// <exception cref="InputException">The number is out of range.</exception>
    /// <exception cref="InvalidOperationException">The simulator or the learner threw: the message names the exception, the episode, the
    /// state and the action. The loop is back at the end of the last whole episode.</exception>
    public IReadOnlyList<EpisodeRecord> Train(int episodes) => loose.Train(episodes, CancellationToken.None);

    /// <summary>
    /// Trains on a thread of its own. A cancellation ends the training between two steps: the episodes up to there come back, and the next
    /// call resumes the unfinished one. A simulator or a learner that has not returned from a step 2.5 s later is left behind with its
    /// thread.
    /// </summary>
    /// <param name="episodes">How many episodes, at least 1 and at most 10,000,000 at a time.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <returns>The episodes as they ended.</returns>
    /// <exception cref="InputException">The number is out of range.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Train(int)"/>; or the thread was left behind, and the loop cannot be
    /// used any more.</exception>
    public Task<IReadOnlyList<EpisodeRecord>> TrainAsync(int episodes, CancellationToken cancellationToken = default) =>
        loose.TrainAsync(episodes, cancellationToken);

    private protected ScheduledHyperparameters Hyperparameters { get; set; } = null!;

    /// <summary>Takes at most so many steps, ends at most so many episodes, and stops when the buffer is full.</summary>
    internal abstract void Advance(long steps, long episodes, EpisodeBuffer buffer);

    /// <summary>Takes over hyperparameters; between episodes only.</summary>
    internal abstract void Apply(ScheduledHyperparameters hyperparameters);

    /// <summary>Goes on in changed tables of the same size.</summary>
    internal abstract void Use(Mdp mdp);

    /// <summary>Writes everything that going on depends on; between episodes only.</summary>
    internal void Save(StateWriter state)
    {
        if (InEpisode)
            throw new InvalidOperationException("A checkpoint can only be taken between episodes.");
        SaveLearner(state);
        Visits.Save(state);
        state.Write<Rng>("random", [Streams.Behavior, Streams.World, Streams.Model]);
        state.Write<long>("counters", [Episodes, Steps]);
    }

    /// <summary>The hash of what <see cref="Save"/> writes; only between episodes.</summary>
    internal string Hash()
    {
        var state = new StateWriter();
        Save(state);
        return state.Hash();
    }

    /// <summary>Goes back to what <see cref="Save"/> wrote.</summary>
    internal virtual void Load(StateReader state)
    {
        LoadLearner(state);
        Visits.Load(state);
        // Four zeros are the one state that a generator cannot leave.
        var streams = state.ReadChecked<Rng>("random", 3, stream => stream != default);
        Streams = (streams[0], streams[1], streams[2]);
        long[] counters = state.ReadChecked<long>("counters", 2, counter => counter >= 0);
        (Episodes, Steps) = (counters[0], counters[1]);
        LeaveEpisode();
        IsNonFinite = false;
    }

    /// <summary>Forgets an episode that has not ended; for learners that keep nothing of it.</summary>
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

    /// <summary>Where an unfinished episode stands.</summary>
    private protected struct Cursor
    {
        public bool InEpisode, NextExplored, IsUnderWay;
        public int State, NextAction, LastAction, Length;
        public double Return, Fault, FirstEpsilon, FirstLearningRate;
    }
}
