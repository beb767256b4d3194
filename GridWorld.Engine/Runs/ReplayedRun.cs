namespace GridWorld;

/// <summary>
/// A recorded run that is shown over time as if it were training now: the same values at the same times, at any speed, without training.
/// Time is training time without pauses, as recorded or as estimated from checkpoints and events. The agent is replayed from the nearest
/// checkpoint or from the last shown moment. All members are thread-safe.
/// </summary>
public sealed class ReplayedRun : RunView
{
    const double Slowest = 1e-6, Fastest = 1e6;

    // All requests within one frame see the same moment.
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    readonly RunView recording;
    readonly RunStatus recorded;
    readonly Rewind rewind;
    readonly TrainingClock clock;
    readonly TimeProvider time;
    readonly SolutionMonitor solution;
    readonly EpisodeBuffer scratch = new(1);
    readonly Lock gate = new();
    double speed, seconds, shownSeconds;
    long since, taken;
    bool paused;
    long? sought;
    RunLoop? runLoop;
    PastRunView? moment;

    internal ReplayedRun(RunView recording, double speed)
    {
        UnknownLearner.Refuse(recording.Specification.Learner);
        this.recording = recording;
        (rewind, recorded, clock, time) = (recording.Rewind(), recording.Status(), recording.Clock(), recording.OptionsOfFork.Time);
        solution = new(Specification, () => Shown().Agent(), () => Shown().DiscountFactor, time);
        since = time.GetTimestamp();
        Speed = speed;
    }

    /// <summary>Seconds of training shown per second, from 0.000001 to 1,000,000.</summary>
    /// <exception cref="InputException">The speed is out of range.</exception>
    public double Speed
    {
        get => Volatile.Read(ref speed);
        set
        {
            new Faults().Require(value is >= Slowest and <= Fastest,
                FormattableString.Invariant($"Speed must be between {Slowest} and {Fastest} (got {value}).")).ThrowIfAny();
            Change(() => speed = value);
        }
    }

    /// <summary>The progress of the replay.</summary>
    public ReplayProgress Progress
    {
        get
        {
            lock (gate)
                return new(speed, Seconds, clock.Total, paused);
        }
    }

    /// <summary>Number of episodes shown so far.</summary>
    public long Episodes => Shown().Episode;

    /// <inheritdoc/>
    public override string Id => recording.Id;

    /// <inheritdoc/>
    public override string Name => recording.Name;

    /// <inheritdoc/>
    public override RunSpecification Specification => recording.Specification;

    /// <inheritdoc/>
    public override ExactSolution? ExactSolution => Shown().Agent() is var agent ? solution.At(agent.Tables, agent.Step) : null;

    /// <summary>
    /// Sets the speed so that the whole run is shown in a given time. The speed can be outside the range of <see cref="Speed"/>: a run of
    /// milliseconds can take an hour. If the run took no time, the speed does not change.
    /// </summary>
    /// <param name="duration">Duration of the replay, above 0.</param>
    /// <exception cref="InputException">The duration is not above 0.</exception>
    public void ShowOver(TimeSpan duration)
    {
        new Faults().Require(duration > TimeSpan.Zero, $"The duration must be above 0 (got {duration}).").ThrowIfAny();
        if (clock.Total > 0)
            Change(() => speed = clock.Total / duration.TotalSeconds);
    }

    /// <summary>Pauses the replay.</summary>
    public void Pause() => Change(() => paused = true);

    /// <summary>Resumes the replay; from the beginning if it has ended.</summary>
    public void Resume() => Change(() =>
    {
        paused = false;
        if (seconds >= clock.Total)
            (seconds, Leaps) = (0, Leaps + 1);
    });

    /// <summary>Moves the replay to the end of an episode.</summary>
    /// <param name="episode">Number of the episode; 0 is the beginning.</param>
    /// <exception cref="InputException">The run has not reached this episode.</exception>
    public void Seek(long episode)
    {
        rewind.Check(episode);
        Change(() => (sought, seconds, Leaps) = (episode,
            episode == 0 ? 0 : episode == rewind.Episodes ? clock.Total : clock.At(episode) ?? 0, Leaps + 1));
    }

    /// <inheritdoc/>
    public override ExactSolution? SolveExactly() => solution.Settle();

    /// <inheritdoc/>
    public override RunStatus Status() => Shown().Status();

    /// <inheritdoc/>
    public override IReadOnlyList<MetricBucket> MetricBuckets(long start, long end, int points) =>
        Shown().MetricBuckets(start, end, points);

    /// <inheritdoc/>
    public override IReadOnlyList<MetricBucket> LengthBuckets(long start, long end, int points) =>
        Shown().LengthBuckets(start, end, points);

    internal override EpisodeRecord[] RawEpisodes(long first, int count) => Shown().RawEpisodes(first, count);

    /// <inheritdoc/>
    public override IReadOnlyList<EpisodeRange> KeptEpisodes() => Shown().KeptEpisodes();

    /// <inheritdoc/>
    public override IReadOnlyList<RunEvent> EventsAfter(long seq) => Shown().EventsAfter(seq);

    /// <inheritdoc/>
    public override AgentSnapshot Agent() => Shown().Agent();

    /// <inheritdoc/>
    public override Diagnostics Diagnostics() => Shown().Diagnostics();

    /// <inheritdoc/>
    public override IReadOnlyList<CheckpointInfo> CheckpointList => Shown().CheckpointList;

    /// <summary>The number of jumps, after which episodes that were already shown can lie ahead.</summary>
    internal int Leaps { get; private set; }

    internal override (long Steps, double? Seconds)[] Reached(IReadOnlyList<long> episodes) => Shown().Reached(episodes);

    internal override Rewind Rewind() => Shown().Rewind();

    internal override TrainingClock Clock() => clock;

    internal override EpisodeHistory History() => Shown().History();

    internal override Diagnosis Diagnosis => recording.Diagnosis;

    internal override RunOptions OptionsOfFork => recording.OptionsOfFork;

    internal override string? StorePath => recording.StorePath;

    double Seconds => Math.Min(clock.Total, paused ? seconds : seconds + time.GetElapsedTime(since).TotalSeconds * speed);

    void Change(Action change)
    {
        lock (gate)
        {
            (seconds, since, sought) = (Seconds, time.GetTimestamp(), null);
            change();
            moment = null;
        }
    }

    /// <summary>The moment that is shown now, which does not advance with the clock.</summary>
    internal PastRunView Shown()
    {
        lock (gate)
        {
            long now = time.GetTimestamp();
            if (moment is null || time.GetElapsedTime(taken, now) >= Moment && Seconds != shownSeconds)
            {
                var progress = Progress;
                var (episode, share) = Place(progress.Seconds);
                moment = new(recording, rewind.Until(episode), Go(episode, share), solution, then => As(then, progress));
                (taken, shownSeconds) = (now, progress.Seconds);
            }

            return moment;
        }
    }

    RunStatus As(RunStatus then, ReplayProgress progress)
    {
        bool isOver = progress.Seconds >= progress.Duration;
        return then with
        {
            State = isOver ? recorded.State : progress.IsPaused ? RunState.Paused : RunState.Training,
            StepsPerSecond = isOver ? recorded.StepsPerSecond : recorded.StepsPerSecond * progress.Speed,
            QChecksum = isOver ? recorded.QChecksum : null,
            Message = isOver ? recorded.Message : null,
            TargetEpisodes = recorded.TargetEpisodes,
            Pace = null,
            Replay = progress,
        };
    }

    // The number of ended episodes and the share of the next one.
    (long Episode, double Share) Place(double seconds)
    {
        const double rounding = 1e-6;
        if (paused && sought is { } episode)
            return (episode, 0);
        double at = seconds >= clock.Total ? rewind.Episodes : Math.Min((clock.EpisodesAt(seconds) ?? 0) + rounding, rewind.Episodes);
        return ((long)at, at - Math.Floor(at) is var share && share > 2 * rounding ? share : 0);
    }

    RunLoop Go(long episode, double share)
    {
        long steps = share > 0 && recording.RawEpisodes(episode + 1, 1) is [{ Episode: var next, Length: var length }]
            && next == episode + 1 ? (long)(share * length) : 0;
        long nearest = recording.CheckpointList.LastOrDefault(c => c.Episode <= episode)?.Episode ?? 0;
        if (runLoop is null || runLoop.Loop.Episodes < nearest || runLoop.Loop.Episodes > episode || runLoop.Loop.Episodes == episode
            && Within(runLoop) > steps)
            runLoop = rewind.LoopAt(episode);
        runLoop.AdvanceTo(episode, rewind.Events);
        scratch.Count = 0;
        if (Within(runLoop) < steps)
            runLoop.Advance(steps - Within(runLoop), 1, scratch);
        return runLoop;

        static long Within(RunLoop runLoop) => runLoop.Loop.InEpisode ? runLoop.Loop.Unfinished.Length : 0;
    }
}
