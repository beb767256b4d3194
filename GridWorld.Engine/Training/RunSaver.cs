namespace GridWorld;

/// <summary>
/// Saves a run that trains: its checkpoints in memory and, where it has a file, all that happens there too. The training thread saves;
/// anyone may ask for checkpoints and for what is wrong with the file.
/// </summary>
internal sealed class RunSaver
{
    // What a checkpoint may cost: its time must pass this many times over before the next.
    const double CostFactor = 1 / 0.03;

    // Millions of episodes a second are not all written while they come; at the end follow all that memory still holds.
    const int RowsAtOnce = 1 << 14;
    static readonly TimeSpan CheckpointLatest = TimeSpan.FromSeconds(10), ProgressEvery = TimeSpan.FromMilliseconds(400);
    readonly RunOptions options;
    readonly EpisodeHistory history;
    readonly EventLog log;
    readonly RunStore? store;
    readonly TimeProvider time;
    readonly Waypoints waypoints;
    Checkpoint? spare;
    long savedEpisode, handedOver, checkpointTaken, progressTaken;
    (long Step, RunState State) progressAt;
    TimeSpan lastPause;
    bool hasGaps, isFailing;

    public RunSaver(RunOptions options, Course course, EpisodeHistory history, EventLog log)
    {
        (this.options, this.history, this.log, store, time) = (options, history, log, log.Store, options.Time);
        Last = course.Checkpoint(log.LastSeq);
        waypoints = new(Last);
        savedEpisode = handedOver = course.Loop.Episode;
    }

    public bool HasFile => store is not null;

    /// <summary>The last checkpoint.</summary>
    public Checkpoint Last { get; private set; }

    /// <summary>The checkpoints on disk.</summary>
    public IReadOnlyList<CheckpointInfo> Checkpoints => store?.Checkpoints ?? [];

    /// <summary>The longest that training stood still for a checkpoint.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>The run's file; null where there is none that can be used.</summary>
    public string? Path => store is { Failure: null } ? store.Path : null;

    /// <summary>Why the run's file does not hold the run as it stands; null where it does, or there is none.</summary>
    public string? Failure => store?.Failure;

    // The last checkpoint, written by now, says what the next will cost; a store that fails is tried again each second at most.
    TimeSpan Rest => TimeSpan.FromSeconds(Math.Clamp((lastPause + (store?.LastSaveTook ?? TimeSpan.Zero)).TotalSeconds * CostFactor,
        store is { Failure: not null } ? 1 : 0, CheckpointLatest.TotalSeconds));

    /// <summary>The newest checkpoint, in memory or on disk, that is not after an episode.</summary>
    public Checkpoint? Nearest(long episode)
    {
        var inMemory = waypoints.Nearest(episode);
        return store is { Failure: null } && Checkpoints.LastOrDefault(c => c.Episode <= episode) is { } stored
            && !(inMemory?.Episode >= stored.Episode)
            ? StoredRun.NearestCheckpoint(store.Path, episode, log.Specification.World) ?? inMemory
            : inMemory;
    }

    /// <summary>Whether there is a checkpoint of training before an episode; the last may still be on its way to disk.</summary>
    public bool HasOneBefore(long episode)
    {
        store?.Flush();
        return Checkpoints.Any(c => c.Episode > 0 && c.Episode < episode);
    }

    /// <summary>Training begins: the next checkpoint comes later.</summary>
    public void Begin() => checkpointTaken = time.GetTimestamp();

    /// <summary>Whether a checkpoint is to be taken at the next boundary.</summary>
    public bool IsDue(TrainingLoop loop)
    {
        if (store is { IsBusy: true } || loop.Episode == Last.Episode && !loop.InEpisode)
            return false;
        var since = time.GetElapsedTime(checkpointTaken);
        return since >= Rest
            && (store is not null && loop.Episode - savedEpisode >= options.CheckpointEvery || since >= CheckpointLatest);
    }

    /// <summary>Whether a waypoint is to be taken at the next boundary.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="stepsPerSecond">How fast they can be rerun, as far as is known.</param>
    public bool IsWaypointDue(long step, double stepsPerSecond) => options.StepBudget is null && waypoints.IsDue(step, stepsPerSecond);

    public void TakeWaypoint(Course course) => waypoints.Add(course.Checkpoint(log.LastSeq) with { Taken = time.GetUtcNow() });

    /// <summary>Whether it is time to save progress and the newest episodes, for those who watch from another process.</summary>
    public bool IsProgressDue(long step, RunState state) => store is { IsBusy: false, Failure: null }
        && time.GetElapsedTime(progressTaken) >= ProgressEvery && progressAt != (step, state);

    /// <summary>Takes a checkpoint, between two good episodes, and saves it.</summary>
    public void Save(Course course, StoredProgress standing, string? name = null)
    {
        using var measured = Telemetry.Measure("checkpoint");
        measured.Activity?.SetTag(Telemetry.Episode, course.Loop.Episode).SetTag("gridworld.checkpoint.name", name);
        long begun = time.GetTimestamp();
        // What the store is still writing, or owes, must not be written over.
        var (free, before) = (store is { IsBusy: true } ? null : spare, Last);
        Last = course.Checkpoint(log.LastSeq, name, free) with { Taken = time.GetUtcNow() };
        spare = before.Name is null ? before : null;
        savedEpisode = course.Loop.Episode;
        HandOver(Last, standing);
        checkpointTaken = time.GetTimestamp();
        lastPause = time.GetElapsedTime(begun, checkpointTaken);
        if (standing.State == RunState.Training && lastPause > LongestPause)
            LongestPause = lastPause;
        Telemetry.CheckpointPause.TryRecord(lastPause.TotalSeconds);
    }

    /// <summary>Saves where the run stands, without a checkpoint.</summary>
    public void Save(StoredProgress standing) => HandOver(null, standing);

    /// <summary>Waits until all that was saved is on disk, or has failed.</summary>
    public void Flush() => store?.Flush();

    public void Close() => store?.Close();

    /// <summary>
    /// Closes the file, as one. Where the process lives on after all, the file is opened again, but not while the process may be ending.
    /// </summary>
    public void CloseForExit()
    {
        store?.Close();
        progressTaken = checkpointTaken = time.GetTimestamp() + time.TimestampFrequency;
    }

    /// <summary>Before a run that has ended trains on: its file may be another process's by now.</summary>
    public void TakeFile()
    {
        if (store is { Failure: null } or { IsTaken: true })
            StoreFault.Explain(store.Path, () =>
            {
                store.Open();
                return true;
            });
    }

    /// <summary>
    /// Adds an event when the store begins to fail, and when that is over. The writing thread only leaves word: it waits for nobody.
    /// </summary>
    public void Report(long episode)
    {
        if (store is null || store.Failure is var failure && failure is not null == isFailing)
            return;
        isFailing = failure is not null;
        log.Add(episode, isFailing ? RunEvents.StoreError : RunEvents.StoreRecovered,
            message: failure ?? "The store can be written again. It holds the run as it stands, with all that happened meanwhile.");
    }

    /// <summary>Writes the run as it stands in memory as a file into another folder.</summary>
    public string SaveTo(string folder, string name, RunParent? parent, Course course, StoredProgress standing)
    {
        LearnerCatalog.RequireStorable(log.Specification.Learner);
        var at = course.Loop.InEpisode || course.Loop.IsNonFinite ? Last : course.Checkpoint(log.LastSeq);
        var header = new RunHeader(log.RunId, name, log.All[0].Timestamp, log.Specification, KeptOptions.Of(options), parent);
        using var other = RunStore.Create(folder, header, standing, log.All, time, c =>
             StoredFork.Write(c, at with { Name = null }, history, parentPath: null, [], time.GetUtcNow()));
        return other.Path;
    }

    void HandOver(Checkpoint? checkpoint, StoredProgress standing)
    {
        if (store is null)
            return;
        bool isLast = standing.State is RunState.Completed or RunState.Stopped or RunState.Failed;
        // After a save that failed: what came since the last that did not.
        long from = store.Failure is null ? handedOver : store.Written;
        hasGaps |= history.Episodes - from > RowsAtOnce;
        store.Save(checkpoint, checkpoint is null || store.Failure is not null ? [] : waypoints.Take(), from,
            history.Since(from, isLast && hasGaps ? 0 : from, isLast ? int.MaxValue : RowsAtOnce), standing);
        handedOver = history.Episodes;
        (progressTaken, progressAt) = (time.GetTimestamp(), (standing.Step, standing.State));
    }
}
