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
        return store is { Failure: null } && Checkpoints.LastOrDefault(c => c.Episode <= episode) is { } stored
            && !(inMemory?.Episode >= stored.Episode)
            ? StoredRun.NearestCheckpoint(store.Path, episode, Specification.World) ?? inMemory
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
            if (State == RunState.Training || State == RunState.Paused && course.Loop.InEpisode)
                SettleForExit();
            // As one file. Where the process lives on after all, the file is opened again, but not while it may be ending.
            store?.Close();
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
        return time.GetElapsedTime(checkpointTaken, now) >= Rest
            && (store is not null && course.Loop.Episode - savedEpisode >= options.CheckpointEvery
            || time.GetElapsedTime(checkpointTaken, now) >= CheckpointLatest);
    }

    // At a pace it is run again faster than it was run.
    bool WaypointWaits() =>
        options.StepBudget is null && waypoints.IsDue(course.Loop.Step, pacer.StepsPerSecond is null ? speed.StepsPerSecond : 0);

    void Save(string? name = null)
    {
        using var measured = Telemetry.Measure("checkpoint");
        measured.Activity?.SetTag(Telemetry.Episode, course.Loop.Episode).SetTag("gridworld.checkpoint.name", name);
        long begun = time.GetTimestamp();
        // What the store is still writing, or owes, must not be written over.
        var (free, before) = (store is { IsBusy: true } ? null : spare, lastCheckpoint);
        lastCheckpoint = course.Checkpoint(log.LastSeq, name, free) with { Taken = time.GetUtcNow() };
        spare = before.Name is null ? before : null;
        savedEpisode = course.Loop.Episode;
        HandOver(lastCheckpoint);
        checkpointTaken = time.GetTimestamp();
        lastPause = time.GetElapsedTime(begun, checkpointTaken);
        if (State == RunState.Training && lastPause > LongestPause)
            LongestPause = lastPause;
        Telemetry.CheckpointPause.TryRecord(lastPause.TotalSeconds);
    }

    // The last checkpoint, written by now, says what the next will cost; a store that fails is tried again each second at most.
    TimeSpan Rest => TimeSpan.FromSeconds(Math.Clamp((lastPause + (store?.LastSaveTook ?? TimeSpan.Zero)).TotalSeconds * CostFactor,
        store is { Failure: not null } ? 1 : 0, CheckpointLatest.TotalSeconds));

    /// <summary>Now and then, where the run stands and its newest episodes: for whoever watches from another process.</summary>
    void SaveLightly()
    {
        if (store is not { IsBusy: false, Failure: null } || time.GetElapsedTime(lightTaken) < LightEvery
            || lightAt == (course.Loop.Step, State))
            return;
        HandOver(null);
    }

    void HandOver(Checkpoint? checkpoint)
    {
        if (store is null)
            return;
        bool isLast = State is RunState.Completed or RunState.Stopped or RunState.Failed;
        // After a save that failed: what came since the last that did not.
        long from = store.Failure is null ? handedOver : store.Written;
        hasGaps |= History.Episodes - from > RowsAtOnce;
        store.Save(checkpoint, checkpoint is null || store.Failure is not null ? [] : waypoints.Take(), from,
            History.Since(from, isLast && hasGaps ? 0 : from, isLast ? int.MaxValue : RowsAtOnce), Standing());
        handedOver = History.Episodes;
        (lightTaken, lightAt) = (time.GetTimestamp(), (course.Loop.Step, State));
    }

    // Also where a run was paused during an episode. The pause does not count as training.
    void SettleForExit()
    {
        if (State == RunState.Paused)
            speed.Start(course.Loop.Step);
        Settle(atExit: true);
        if (State == RunState.Paused)
            speed.Stop(course.Loop.Step);
    }

    // Trains on to the end of the episode where that is near, so that a checkpoint can be taken; at a pace only where no one can watch the
    // leap any more.
    void Settle(bool atExit = false)
    {
        if (store is null)
            return;
        isSettling = true;
        long begun = time.GetTimestamp();
        while (course.Loop.InEpisode && (atExit || pacer.StepsPerSecond is null) && time.GetElapsedTime(begun) < SettleTime)
            Slice(long.MaxValue);
        isSettling = false;
        SaveHere();
    }

    // A checkpoint between two good episodes, elsewhere only where the run stands.
    void SaveHere()
    {
        if (course.Loop.InEpisode || course.Loop.IsNonFinite)
            HandOver(null);
        else
            Save();
    }

    void SaveAtEnd()
    {
        try
        {
            SaveHere();
            store?.Flush();
        }
        catch (OutOfMemoryException)
        {
            // No room for another copy: the file stays as of the checkpoint before.
        }

        ReportStore();
    }

    /// <summary>The run's file; null where there is none that can be used.</summary>
    public string? StorePath => store is { Failure: null } ? store.Path : null;

    /// <summary>Why the run's file does not hold the run as it stands; null where it does, or there is none.</summary>
    public string? StoreError => store?.Failure;

    /// <summary>Writes the run as it stands in memory as a file into another folder.</summary>
    public string SaveTo(string folder, string name, RunParent? parent) => Ask(() =>
    {
        LearnerCatalog.RequireStorable(Specification.Learner);
        var at = course.Loop.InEpisode || course.Loop.IsNonFinite ? lastCheckpoint : course.Checkpoint(log.LastSeq);
        var header = new RunHeader(Id, name, log.All[0].Timestamp, Specification, KeptOptions.Of(options), parent);
        using var other = RunStore.Create(folder, header, Standing(), log.All, time, c =>
             StoredFork.Write(c, at with { Name = null }, History, parentPath: null, [], time.GetUtcNow()));
        return other.Path;
    });

    // Says when the store begins to fail, and when that is over. The writing thread only leaves word: it waits for nobody.
    void ReportStore()
    {
        if (store is null || store.Failure is var failure && failure is not null == isStoreFailing)
            return;
        isStoreFailing = failure is not null;
        log.Add(course.Loop.Episode, isStoreFailing ? RunEvents.StoreError : RunEvents.StoreRecovered,
            message: failure ?? "The store can be written again. It holds the run as it stands, with all that happened meanwhile.");
    }

    // Before a run that has ended trains on: its file may be another process's by now.
    void TakeFile()
    {
        if (store is { Failure: null } or { IsTaken: true })
            StoreFault.Explain(store.Path, () =>
            {
                store.Open();
                return true;
            });
    }

    // What the run came to is on disk before it is said to have ended, and both are said at once: a crash leaves one or the other.
    void Conclude(RunState state, string happened, string? message = null)
    {
        if (store is not null)
            SaveAtEnd();
        // A file of an earlier version may have the event, but not its checkpoint.
        if (happened == RunEvents.Stopped || log.All.LastOrDefault(EventTable.Counts) is not { } last
            || last.Event != happened || last.Episode != course.Loop.Episode)
            log.Add(course.Loop.Episode, happened, message: message, standing: Standing() with { State = state });
        State = state;
    }

    /// <summary>Where the run stands, for its file.</summary>
    StoredProgress Standing() => new(State, course.Loop.Episode, course.Loop.Step, Target, speed.StepsPerSecond, History.MeanReturn(100),
        course.Loop.Current.Epsilon, course.Loop.Current.LearningRate, course.Loop.Current.DiscountFactor, pacer.StepsPerSecond, Error,
        log.LastSeq)
    {
        Clock = Clock.Until(course.Loop.Episode),
    };
}
