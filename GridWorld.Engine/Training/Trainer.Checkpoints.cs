namespace GridWorld;

internal sealed partial class Trainer
{
    // What a checkpoint may cost: its time must pass this many times over before the next.
    const double CostFactor = 1 / 0.03;
    static readonly TimeSpan LightEvery = TimeSpan.FromMilliseconds(400), SettleTime = TimeSpan.FromMilliseconds(200);

    // Millions of episodes a second are not all written while they come; at the end follow all that memory still holds.
    const int RowsAtOnce = 1 << 14;
    long lightTaken;
    (long Step, RunState State) lightAt;
    TimeSpan lastPause;
    bool isSettling, hasGaps;
    Checkpoint? spare;

    readonly Waypoints waypoints;

    /// <summary>The newest checkpoint, in memory or on disk, that is not after an episode.</summary>
    public Checkpoint? Nearest(long episode)
    {
        var inMemory = waypoints.Nearest(episode);
        return log.Store is { } open && Checkpoints.LastOrDefault(c => c.Episode <= episode) is { } stored && !(inMemory?.Episode >= stored.Episode)
            ? StoredCheckpoint.Nearest(open.Path, episode, Specification.World) ?? inMemory
            : inMemory;
    }

    /// <summary>The checkpoints on disk.</summary>
    public IReadOnlyList<CheckpointInfo> Checkpoints => store?.Checkpoints ?? [];

    // One from before the episode that failed; the last may still be on its way to disk.
    bool HasGoodCheckpoint()
    {
        store?.Flush();
        return Checkpoints.Any(c => c.Episode > 0 && c.Episode < course.Loop.Episode);
    }

    /// <summary>The longest that training stood still for a checkpoint.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>Where to end: what a resumed run's events say.</summary>
    public void Aim(long? target) => Target = target;

    /// <summary>Saves what can be saved while the process ends: a checkpoint where a boundary is near, else where the run stands.</summary>
    public ManualResetEventSlim SaveForExit()
    {
        var done = new ManualResetEventSlim();
        Post(() =>
        {
            if (State == RunState.Training)
                Settle();
            // As one file. Where the process lives on after all, the file is opened again, but not while it may be ending.
            LetGo();
            lightTaken = checkpointTaken = time.GetTimestamp() + time.TimestampFrequency;
            done.Set();
        });
        return done;
    }

    bool CheckpointWaits()
    {
        if (store is { IsBusy: true } || course.Loop.Episode == lastCheckpoint.Episode && !course.Loop.InEpisode)
            return false;
        long now = time.GetTimestamp();
        return time.GetElapsedTime(checkpointTaken, now) >= Rest && (store is not null && course.Loop.Episode - savedEpisode >= options.CheckpointEvery
            || time.GetElapsedTime(checkpointTaken, now) >= CheckpointLatest);
    }

    // At a pace it is run again faster than it was run.
    bool WaypointWaits() => options.StepBudget is null && waypoints.IsDue(course.Loop.Step, pacer.StepsPerSecond is null ? speed.StepsPerSecond : 0);

    void Save(string? name = null)
    {
        using var activity = Telemetry.Activities.StartActivity("checkpoint")?.SetTag(Telemetry.Episode, course.Loop.Episode).SetTag("gridworld.checkpoint.name", name);
        long begun = time.GetTimestamp();
        // What the store is still writing must not be written over.
        var (free, before) = (store is { IsBusy: true } ? null : spare, lastCheckpoint);
        lastCheckpoint = course.Checkpoint(log.LastSeq, name, free) with { Taken = time.GetUtcNow() };
        spare = before;
        savedEpisode = course.Loop.Episode;
        HandOver(lastCheckpoint);
        checkpointTaken = time.GetTimestamp();
        lastPause = time.GetElapsedTime(begun, checkpointTaken);
        if (State == RunState.Training && lastPause > LongestPause)
            LongestPause = lastPause;
        Telemetry.CheckpointPause.Record(lastPause.TotalSeconds);
    }

    // The last checkpoint, written by now, says what the next will cost.
    TimeSpan Rest => TimeSpan.FromSeconds(Math.Min((lastPause + (store?.LastSaveTook ?? TimeSpan.Zero)).TotalSeconds * CostFactor, CheckpointLatest.TotalSeconds));

    /// <summary>Now and then, where the run stands and its newest episodes: for whoever watches from another process.</summary>
    void SaveLightly()
    {
        if (log.Store is not { IsBusy: false } || time.GetElapsedTime(lightTaken) < LightEvery || lightAt == (course.Loop.Step, State))
            return;
        HandOver(null);
    }

    void HandOver(Checkpoint? checkpoint)
    {
        if (log.Store is not { } open)
            return;
        bool isLast = State is RunState.Completed or RunState.Stopped or RunState.Failed;
        hasGaps |= History.Episodes - handedOver > RowsAtOnce;
        open.Save(checkpoint, checkpoint is null ? [] : waypoints.Take(), History.Since(handedOver, isLast && hasGaps ? 0 : handedOver, isLast ? int.MaxValue : RowsAtOnce), Standing());
        handedOver = History.Episodes;
        (lightTaken, lightAt) = (time.GetTimestamp(), (course.Loop.Step, State));
    }

    // Trains on to the end of the episode where that is near, so that a checkpoint can be taken.
    void Settle()
    {
        if (log.Store is null)
            return;
        isSettling = true;
        long begun = time.GetTimestamp();
        while (course.Loop.InEpisode && pacer.StepsPerSecond is null && time.GetElapsedTime(begun) < SettleTime)
            Slice(long.MaxValue);
        isSettling = false;
        if (course.Loop.InEpisode || course.Loop.IsNonFinite)
            HandOver(null);
        else
            Save();
    }

    void SaveAtEnd() => Quietly(() =>
    {
        if (course.Loop.IsNonFinite || course.Loop.InEpisode)
            HandOver(null);
        else
            Save();
        log.Store?.Flush();
    });

    void LetGo() => Quietly(() => log.Store?.Close());

    // What the run came to is on disk before it is said to have ended, and both are said at once: a crash leaves one or the other.
    void Conclude(RunState state, string happened, string? message = null)
    {
        if (log.Store is { } open)
        {
            SaveAtEnd();
            if (open.Failure is { } failure)
                StoreFailed(failure);
        }

        // A file of an earlier version may have the event, but not its checkpoint.
        if (happened == RunEvents.Stopped || log.All.LastOrDefault(EventTable.Counts) is not { } last || last.Event != happened || last.Episode != course.Loop.Episode)
            log.Add(course.Loop.Episode, happened, message: message, standing: Standing() with { State = state });
        State = state;
    }

    /// <summary>Where the run stands, for its file.</summary>
    StoredProgress Standing() => new(State, course.Loop.Episode, course.Loop.Step, Target, speed.StepsPerSecond, History.MeanReturn(100),
        course.Loop.Current.Epsilon, course.Loop.Current.LearningRate, course.Loop.Current.DiscountFactor, pacer.StepsPerSecond, Error, log.LastSeq);

    void StoreFailed(Exception e) => log.Abandon(course.Loop.Episode, e);

    void Quietly(Action save)
    {
        try
        {
            save();
        }
        catch (Exception e)
        {
            StoreFailed(e);
        }
    }
}
