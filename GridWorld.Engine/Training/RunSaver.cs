namespace GridWorld;

/// <summary>
/// Saves a run during training: its checkpoints in memory and, if it has a file, everything in the file. Only the training thread saves;
/// any thread may read the checkpoints and the error of the file.
/// </summary>
internal sealed class RunSaver
{
    // Limits the cost of checkpoints: the time until the next one is at least this multiple of the duration of the last.
    const double CostFactor = 1 / 0.03;

    // At millions of episodes per second, not all rows are written during training. The rest, if still in memory, is written at the end.
    const int RowsAtOnce = 1 << 14;
    static readonly TimeSpan CheckpointLatest = TimeSpan.FromSeconds(10), ProgressEvery = TimeSpan.FromMilliseconds(400);
    readonly RunOptions options;
    readonly EpisodeHistory history;
    readonly EventLog log;
    readonly RunStore? store;
    readonly TimeProvider time;
    readonly MemoryCheckpoints memoryCheckpoints;
    Checkpoint? spare;
    long savedEpisode, handedOver, checkpointTaken, progressTaken;
    (long Step, RunState State) progressAt;
    TimeSpan lastPause;
    bool hasGaps, isFailing;

    public RunSaver(RunOptions options, RunLoop runLoop, EpisodeHistory history, EventLog log)
    {
        (this.options, this.history, this.log, store, time) = (options, history, log, log.Store, options.Time);
        Last = runLoop.Checkpoint(log.LastSeq);
        memoryCheckpoints = new(Last);
        savedEpisode = handedOver = runLoop.Loop.Episodes;
    }

    public bool HasFile => store is not null;

    /// <summary>The last checkpoint.</summary>
    public Checkpoint Last { get; private set; }

    /// <summary>The checkpoints on disk.</summary>
    public IReadOnlyList<CheckpointInfo> Checkpoints => store?.Checkpoints ?? [];

    /// <summary>The longest time that training paused for a checkpoint.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>The path of the run file; null if there is none or it cannot be used.</summary>
    public string? Path => store is { Failure: null } ? store.Path : null;

    /// <summary>The reason that the run file is not up to date; null if it is, or if there is none.</summary>
    public string? Failure => store?.Failure;

    // Estimates the cost of the next checkpoint by the last one. A file that cannot be written is retried at most once per second.
    TimeSpan Rest => TimeSpan.FromSeconds(Math.Clamp((lastPause + (store?.LastSaveTook ?? TimeSpan.Zero)).TotalSeconds * CostFactor,
        store is { Failure: not null } ? 1 : 0, CheckpointLatest.TotalSeconds));

    /// <summary>The newest checkpoint, in memory or on disk, that is not after an episode.</summary>
    public Checkpoint? Nearest(long episode)
    {
        var inMemory = memoryCheckpoints.Nearest(episode);
        return store is { Failure: null } && Checkpoints.LastOrDefault(c => c.Episode <= episode) is { } stored
            && !(inMemory?.Episode >= stored.Episode)
            ? StoredRun.NearestCheckpoint(store.Path, episode, log.Specification.World) ?? inMemory
            : inMemory;
    }

    /// <summary>Whether there is a checkpoint of training before an episode, after all pending writes.</summary>
    public bool HasOneBefore(long episode)
    {
        store?.Flush();
        return Checkpoints.Any(c => c.Episode > 0 && c.Episode < episode);
    }

    /// <summary>Starts the interval to the next checkpoint.</summary>
    public void Begin() => checkpointTaken = time.GetTimestamp();

    /// <summary>Whether a checkpoint is due at the next boundary.</summary>
    public bool IsDue(TrainingLoop loop)
    {
        if (store is { IsBusy: true } || loop.Episodes == Last.Episode && !loop.InEpisode)
            return false;
        var since = time.GetElapsedTime(checkpointTaken);
        return since >= Rest
            && (store is not null && loop.Episodes - savedEpisode >= options.CheckpointEvery || since >= CheckpointLatest);
    }

    /// <summary>Whether a checkpoint in memory is due at the next boundary.</summary>
    /// <param name="step">Number of steps taken.</param>
    /// <param name="stepsPerSecond">The known speed of a replay.</param>
    public bool IsMemoryCheckpointDue(long step, double stepsPerSecond) =>
        options.StepBudget is null && memoryCheckpoints.IsDue(step, stepsPerSecond);

    public void TakeMemoryCheckpoint(RunLoop runLoop) =>
        memoryCheckpoints.Add(runLoop.Checkpoint(log.LastSeq) with { Taken = time.GetUtcNow() });

    /// <summary>Whether it is time to save the progress and the newest episodes for readers in other processes.</summary>
    public bool IsProgressDue(long step, RunState state) => store is { IsBusy: false, Failure: null }
        && time.GetElapsedTime(progressTaken) >= ProgressEvery && progressAt != (step, state);

    /// <summary>Takes a checkpoint between two finite episodes and saves it.</summary>
    public void Save(RunLoop runLoop, StoredProgress standing, string? name = null)
    {
        using var measured = Telemetry.Measure("checkpoint");
        measured.Activity?.SetTag(Telemetry.Episode, runLoop.Loop.Episodes).SetTag("gridworld.checkpoint.name", name);
        long begun = time.GetTimestamp();
        // Memory that the store is still writing, or has yet to write, must not be overwritten.
        var (free, before) = (store is { IsBusy: true } ? null : spare, Last);
        Last = runLoop.Checkpoint(log.LastSeq, name, free) with { Taken = time.GetUtcNow() };
        spare = before.Name is null ? before : null;
        savedEpisode = runLoop.Loop.Episodes;
        HandOver(Last, standing);
        checkpointTaken = time.GetTimestamp();
        lastPause = time.GetElapsedTime(begun, checkpointTaken);
        if (standing.State == RunState.Training && lastPause > LongestPause)
            LongestPause = lastPause;
        Telemetry.CheckpointPause.TryRecord(lastPause.TotalSeconds);
    }

    /// <summary>Saves the progress of the run without a checkpoint.</summary>
    public void Save(StoredProgress standing) => HandOver(null, standing);

    /// <summary>Waits until all saves are on disk or have failed.</summary>
    public void Flush() => store?.Flush();

    public void Close() => store?.Close();

    /// <summary>
    /// Closes the file, without its log. If the process does not exit after all, the file is opened again after a second.
    /// </summary>
    public void CloseForExit()
    {
        store?.Close();
        progressTaken = checkpointTaken = time.GetTimestamp() + time.TimestampFrequency;
    }

    /// <summary>Opens the file before a run that has ended continues, because another process may have it open by now.</summary>
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
    /// Adds an event when writing starts to fail and when it works again. The writing thread only sets the error and never waits.
    /// </summary>
    public void Report(long episode)
    {
        if (store is null || store.Failure is var failure && failure is not null == isFailing)
            return;
        isFailing = failure is not null;
        log.Add(episode, isFailing ? RunEventKind.StoreError : RunEventKind.StoreRecovered,
            message: failure ?? "The run file can be written again. It is complete and up to date.");
    }

    /// <summary>Writes the current run as a file to another folder.</summary>
    public string SaveTo(string folder, string name, RunParent? parent, RunLoop runLoop, StoredProgress standing)
    {
        LearnerCatalog.RequireStorable(log.Specification.Learner);
        var at = runLoop.Loop.InEpisode || runLoop.Loop.IsNonFinite ? Last : runLoop.Checkpoint(log.LastSeq);
        var header = new RunHeader(log.RunId, name, log.All[0].Timestamp, log.Specification, KeptOptions.Of(options), parent);
        return NewRunFile.Make(folder, header, standing, log.All, c =>
             StoredFork.Write(c, at with { Name = null }, history, parentPath: null, [], time.GetUtcNow()), path => path);
    }

    void HandOver(Checkpoint? checkpoint, StoredProgress standing)
    {
        if (store is null)
            return;
        bool isLast = standing.State is RunState.Completed or RunState.Stopped or RunState.Failed;
        // After a failed save, writes everything since the last successful one.
        long from = store.Failure is null ? handedOver : store.Written;
        hasGaps |= history.Episodes - from > RowsAtOnce;
        store.Save(checkpoint, checkpoint is null || store.Failure is not null ? [] : memoryCheckpoints.Take(), from,
            history.Since(from, isLast && hasGaps ? 0 : from, isLast ? int.MaxValue : RowsAtOnce), standing);
        handedOver = history.Episodes;
        (progressTaken, progressAt) = (time.GetTimestamp(), (standing.Step, standing.State));
    }
}
