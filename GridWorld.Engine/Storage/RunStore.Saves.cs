namespace GridWorld;

internal sealed partial class RunStore
{
    /// <summary>What stays in the file.</summary>
    public Retention Retention { get; init; } = new();

    /// <summary>Whether a save is still being written.</summary>
    public bool IsBusy => writer.IsBusy;

    /// <summary>Why the last save failed; null where none did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How long the last full save took to write.</summary>
    public TimeSpan LastSaveTook => new(Volatile.Read(ref lastSaveTook));

    /// <summary>
    /// Writes where the run stands, with its newest episodes, in one transaction, in the background. With a checkpoint it is
    /// safe from a power cut when written; without one it is safe from the end of the process, and shown to whoever watches.
    /// </summary>
    /// <param name="checkpoint">Where the run stands, between two episodes.</param>
    /// <param name="waypoints">Checkpoints on the way there, which make the way to an episode short; their cost does not count.</param>
    /// <param name="episodes">What is new of the metrics.</param>
    /// <param name="progress">The counters.</param>
    public void Save(Checkpoint? checkpoint, IReadOnlyList<Checkpoint> waypoints, HistoryDelta episodes, StoredProgress progress)
    {
        if (!isLost)
            writer.Post(() => Write(checkpoint, waypoints, episodes, progress));
    }

    /// <summary>Waits until everything is on disk.</summary>
    public void Flush() => writer.Flush();

    void Write(Checkpoint? checkpoint, IReadOnlyList<Checkpoint> waypoints, HistoryDelta episodes, StoredProgress progress)
    {
        if (isLost)
            return;
        long begun = time.GetTimestamp();
        List<StoredCheckpoint> onDisk = checkpoints;
        try
        {
            bool isKnown = checkpoint is { Name: null } && checkpoints.Exists(c => c.Episode == checkpoint.Episode && c.Name is null);
            var pages = checkpoint is null || isKnown ? null : CheckpointPages.Of(checkpoint, before);
            lock (gate)
            {
                if (isLost)
                    return;
                Open();
                checkpoints = [.. onDisk = checkpoints];
                connection!.Run($"PRAGMA synchronous = {(checkpoint is null && StoreFile.AllowsLog(Path) ? "NORMAL" : "FULL")}");
                connection!.Atomically(() =>
                {
                    var now = time.GetUtcNow();
                    WriteMetrics(episodes);
                    progress.Write(connection!, now);
                    if (pages is not null)
                        begun += WriteCheckpoint(checkpoint!, pages, waypoints, progress.StepsPerSecond, now);
                });
                connection!.Run("PRAGMA synchronous = FULL");
            }

            if (checkpoint is not null)
                Volatile.Write(ref lastSaveTook, time.GetElapsedTime(begun).Ticks);
        }
        catch (Exception e)
        {
            (isLost, checkpoints, Failure) = (true, onDisk, e);
            SaveFailed?.Invoke(e);
        }
    }

    void WriteMetrics(HistoryDelta episodes)
    {
        long written = EpisodeTable.Append(connection!, episodes.FirstRow - 1, episodes.Rows);
        foreach (var level in episodes.Levels)
            BucketTable.Append(connection!, level);
        // Reckoned high, since a row that is written again counts again; looked up where that says too much.
        raw = raw is var (rows, bytes) ? (rows + episodes.Rows.Count, bytes + written) : null;
        if (raw is not var (allRows, allBytes) || !Retention.IsWithin(allRows, allBytes))
            raw = Retention.ThinRows(connection!, checkpoints);
    }

    // Returns how long the waypoints took: they do not count. What fails here loses the store, so that nothing need be undone.
    long WriteCheckpoint(Checkpoint checkpoint, CheckpointPages pages, IReadOnlyList<Checkpoint> waypoints, double stepsPerSecond, DateTimeOffset now)
    {
        ledger ??= PageLedger.Read(connection!);
        long passing = time.GetTimestamp();
        StoredCheckpoint[] passed = [.. waypoints.Where(w => w.Episode != checkpoint.Episode && !checkpoints.Exists(c => c.Episode == w.Episode && c.Name is null))
            .Select(w => CheckpointTable.Write(connection!, ledger, CheckpointPages.Of(w, null), w, now))];
        passing = time.GetTimestamp() - passing;
        var written = CheckpointTable.Write(connection!, ledger, pages, checkpoint, now);
        checkpoints.RemoveAll(c => c.Episode == written.Episode && c.Name == written.Name);
        checkpoints.AddRange([.. passed, written]);
        var excess = Retention.Excess(checkpoints, stepsPerSecond, ledger);
        CheckpointTable.Remove(connection!, ledger, [.. excess.Select(c => c.Id)]);
        checkpoints.RemoveAll(excess.Contains);
        checkpoints.Sort((a, b) => (a.Episode, a.Id).CompareTo((b.Episode, b.Id)));
        before = pages.WithoutBytes();
        return passing;
    }
}
