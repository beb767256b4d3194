namespace GridWorld;

/// <summary>Advances a run in slices of a few milliseconds and updates metrics, times, speed and counters.</summary>
internal sealed class RunLoopDriver
{
    static readonly TimeSpan SliceTime = TimeSpan.FromMilliseconds(2);
    readonly EpisodeHistory history;
    readonly EventLog log;
    readonly TrainingClock clock;
    readonly EpisodeSamples samples;
    readonly TimeProvider time;
    readonly long stepBudget;
    long sliceSteps = 10_000;
    volatile Thread? left;

    public RunLoopDriver(RunOptions options, RunLoop runLoop, EpisodeHistory history, EventLog log, TrainingClock clock)
    {
        (RunLoop, this.history, this.log, this.clock, time) = (runLoop, history, log, clock, options.Time);
        stepBudget = options.StepBudget ?? long.MaxValue;
        samples = new(options, runLoop.Loop);
        Speed = new(time);
        Pacer = new(time) { StepsPerSecond = options.Pace };
        Publish();
    }

    public RunLoop RunLoop { get; private set; }

    public TrainingLoop Loop => RunLoop.Loop;

    public SpeedMeter Speed { get; }

    public Pacer Pacer { get; }

    public IReadOnlyList<EpisodeTrace> Traces => samples.Traces;

    /// <summary>The newest counters and hyperparameters. The object is replaced between slices.</summary>
    public TrainerProgress Progress { get; private set; } = null!;

    /// <summary>Whether the calling thread was abandoned and must not change anything.</summary>
    public bool IsLeft => left == Thread.CurrentThread;

    public bool WasLeft => left is not null;

    /// <summary>Whether the step budget of the run is spent.</summary>
    public bool IsSpent => Loop.Steps >= stepBudget;

    /// <summary>Trains for a few milliseconds.</summary>
    /// <param name="steps">The most steps.</param>
    /// <param name="until">The episode after which work is waiting.</param>
    /// <param name="isWatchful">Whether to return at every boundary.</param>
    public void Slice(long steps, long until, bool isWatchful)
    {
        long begun = time.GetTimestamp(), step = Loop.Steps, episode = Loop.Episodes;
        steps = Math.Min(Math.Min(sliceSteps, steps), stepBudget - step);
        RunLoop.Advance(steps, isWatchful || samples.AreTaken ? 1 : until - episode, history.Current);
        if (IsLeft)
            return;
        samples.Take(Loop, history.Current);
        history.Account();

        // Slices take a few milliseconds: long enough to cost nothing, and short enough to answer a command at once.
        var took = time.GetElapsedTime(begun);
        if (took < SliceTime && Loop.Steps - step == sliceSteps)
            sliceSteps = Math.Min(sliceSteps * 2, 1 << 20);
        else if (took > SliceTime * 2)
            sliceSteps = Math.Max(sliceSteps / 2, 16);
        Speed.Count(Loop.Steps);
        if (log.RunId.Length > 0)
            RunTelemetry.Count(log.Specification, Loop.Steps - step, Loop.Episodes - episode);
        clock.Mark(Loop.Episodes, Speed.Trained);
        Publish();
    }

    /// <summary>Applies a change at this boundary. A paused run shows it at once.</summary>
    public void Apply(RunEvent change)
    {
        RunLoop.Apply(change);
        Publish();
    }

    /// <summary>Drops the current episode and its changes: restores a checkpoint and replays up to the boundary.</summary>
    public void DropEpisode(Checkpoint checkpoint) => GoBack(RunLoop, checkpoint);

    /// <summary>Abandons a thread that does not return from a step, and drops its unfinished episode.</summary>
    public void Leave(Thread thread, Checkpoint checkpoint)
    {
        left = thread;
        samples.Stop();
        GoBack(RunLoop.Anew(), checkpoint);
    }

    /// <summary>Describes an exception of the training, for a user's learner with its place, and stops sampling.</summary>
    public string Describe(Exception thrown, Checkpoint checkpoint)
    {
        samples.Stop();
        return log.Specification.Learner.IsForeign ? RunLoopFault.Tell(thrown, RunLoop, checkpoint, log.All) : thrown.Message;
    }

    public void Publish() => Progress = new(Loop.Episodes, Loop.Steps, Loop.State, Loop.Current, RunLoop.Mdp);

    void GoBack(RunLoop runLoop, Checkpoint checkpoint)
    {
        long episode = Loop.Episodes;
        RunLoop = runLoop;
        runLoop.Load(checkpoint, log.All);
        runLoop.AdvanceTo(episode, log.All);
        Publish();
    }
}
