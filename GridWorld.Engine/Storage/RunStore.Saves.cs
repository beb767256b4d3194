using Microsoft.Data.Sqlite;

namespace GridWorld;

internal sealed partial class RunStore
{
    // The events and named checkpoints that occurred while the file could not be written.
    readonly List<RunEvent> owedEvents = [];
    readonly List<Checkpoint> owedCheckpoints = [];
    volatile string? failure;

    /// <summary>The policy of what the file keeps.</summary>
    public Retention Retention { get; init; } = new();

    /// <summary>Whether a save is still being written.</summary>
    public bool IsBusy => writer.IsBusy;

    /// <summary>The reason that the file is not up to date, and what was saved last; null if the file can be written.</summary>
    public string? Failure => failure;

    /// <summary>Whether another process trains the run now, so that this one no longer writes.</summary>
    public bool IsTaken => Volatile.Read(ref isTaken);

    /// <summary>The episodes whose metrics are on disk.</summary>
    public long Written => Volatile.Read(ref written);

    /// <summary>The duration of the last complete save.</summary>
    public TimeSpan LastSaveTook => new(Volatile.Read(ref lastSaveTook));

    /// <summary>
    /// Commits an event. When this returns, the event is on disk or waits for the next successful write: see <see cref="Failure"/>.
    /// </summary>
    /// <param name="happened">The event.</param>
    /// <param name="standing">The new progress of the run; null if it does not change.</param>
    public void Commit(RunEvent happened, StoredProgress? standing = null)
    {
        lock (owedEvents)
            owedEvents.Add(happened);
        // The next checkpoint retries. Until then, no command waits for a failed disk.
        if (failure is not null)
            return;
        lock (gate)
            Attempt(() => Transact(now =>
                (standing is null ? null : standing with { LastEventSeq = happened.Seq })?.Write(connection!, now)));
    }

    /// <summary>
    /// Writes the progress of the run and its newest episodes in one transaction, in the background. With a checkpoint, the data survives a
    /// power failure once written; without one, it survives the end of the process and is visible to readers.
    /// </summary>
    /// <param name="checkpoint">The checkpoint between two episodes; null for none.</param>
    /// <param name="waypoints">Earlier checkpoints, which shorten the replay of an episode. Their cost does not count.</param>
    /// <param name="after">The number of episodes whose metrics must already be on disk.</param>
    /// <param name="episodes">The metrics of the following episodes.</param>
    /// <param name="progress">The progress of the run.</param>
    public void Save(Checkpoint? checkpoint, IReadOnlyList<Checkpoint> waypoints, long after, HistoryDelta episodes,
        StoredProgress progress) =>
        writer.Post(() => Write(checkpoint, waypoints, after, episodes, progress));

    /// <summary>Waits until all saves are on disk or have failed.</summary>
    public void Flush() => writer.Flush();

    void Write(Checkpoint? checkpoint, IReadOnlyList<Checkpoint> waypoints, long after, HistoryDelta episodes, StoredProgress progress)
    {
        long begun = time.GetTimestamp();
        // Divides the checkpoint outside the lock, because commands wait for the lock.
        var (basis, onDisk) = (before, checkpoints);
        bool isKnown = checkpoint is { Name: null } && onDisk.Exists(c => c.Episode == checkpoint.Episode && c.Name is null);
        var pages = checkpoint is null || isKnown ? null : CheckpointPages.Of(checkpoint, basis);
        lock (gate)
        {
            // After a failed save, only a save that includes everything missing is written.
            bool isWritten = !isTaken && after <= written && Attempt(() =>
            {
                if (checkpoint is not null && opened is { IsGone: true })
                    throw new IOException("its file was deleted, moved or replaced. Restore it.");
                if (pages is not null && before != basis)
                    pages = CheckpointPages.Of(checkpoint!, before);
                checkpoints = [.. onDisk = checkpoints];
                connection!.Run($"PRAGMA synchronous = {(checkpoint is null && StoreFile.AllowsLog(Path) ? "NORMAL" : "FULL")}");
                try
                {
                    Transact(now =>
                    {
                        WriteMetrics(episodes);
                        progress.Write(connection!, now);
                        if (pages is not null)
                            begun += WriteCheckpoint(checkpoint!, pages, [.. owedCheckpoints, .. waypoints], progress.StepsPerSecond, now);
                    });
                }
                catch
                {
                    // The data was not committed, so the next attempt writes it.
                    checkpoints = onDisk;
                    throw;
                }

                connection!.Run("PRAGMA synchronous = FULL");
            });
            if (!isWritten)
            {
                if (checkpoint is { Name: not null })
                    owedCheckpoints.Add(checkpoint);
                return;
            }

            (written, failure) = (progress.Episode, null);
            if (pages is not null)
                owedCheckpoints.Clear();
        }

        if (checkpoint is not null)
            Volatile.Write(ref lastSaveTook, time.GetElapsedTime(begun).Ticks);
    }

    void WriteMetrics(HistoryDelta episodes)
    {
        long bytes = EpisodeTable.Append(connection!, episodes.FirstRow - 1, episodes.Rows);
        foreach (var level in episodes.Levels)
            BucketTable.Append(connection!, level);
        // This estimate is too high, because a row that is rewritten counts twice. If it exceeds the budget, the exact number is read.
        raw = raw is var (rows, allBytes) ? (rows + episodes.Rows.Count, allBytes + bytes) : null;
        if (raw is not var (allRows, most) || !Retention.IsWithin(allRows, most))
            raw = Retention.ThinRows(connection!, checkpoints);
    }

    // Returns the time for the waypoints, which does not count.
    long WriteCheckpoint(Checkpoint checkpoint, CheckpointPages pages, IReadOnlyList<Checkpoint> waypoints, double stepsPerSecond,
        DateTimeOffset now)
    {
        ledger ??= PageLedger.Read(connection!);
        long passing = time.GetTimestamp();
        StoredCheckpoint[] passed = [.. waypoints
            .Where(w => w.Name is not null || (w.Episode != checkpoint.Episode
                && !checkpoints.Exists(c => c.Episode == w.Episode && c.Name is null)))
            .Select(w => CheckpointTable.Write(connection!, ledger, CheckpointPages.Of(w, null), w, now))];
        passing = time.GetTimestamp() - passing;
        var saved = CheckpointTable.Write(connection!, ledger, pages, checkpoint, now);
        checkpoints.RemoveAll(c => c.Episode == saved.Episode && c.Name == saved.Name);
        checkpoints.AddRange([.. passed, saved]);
        var excess = Retention.Excess(checkpoints, stepsPerSecond, ledger);
        CheckpointTable.Remove(connection!, ledger, [.. excess.Select(c => c.Id)]);
        checkpoints.RemoveAll(excess.Contains);
        checkpoints.Sort((a, b) => (a.Episode, a.Id).CompareTo((b.Episode, b.Id)));
        before = excess.Contains(saved) ? null : pages.WithoutBytes();
        return passing;
    }

    // Every write is a transaction that checks the owner and includes the events that are still to be written.
    void Transact(Action<DateTimeOffset> change)
    {
        var events = Owed();
        connection!.Atomically(() =>
        {
            var now = time.GetUtcNow();
            if (!StoredOwner.Sign(connection!, StoreOwner.Self, now))
                throw Taken(StoredOwner.Read(connection!) is var (owner, heartbeat)
                    ? $"{Path} is being trained by {owner.Describe(heartbeat)}."
                    : $"Another process has trained the run of {Path} in the meantime.");
            foreach (var e in events)
                EventTable.Add(connection!, e);
            change(now);
        });
        Forget(events.Length);
    }

    RunEvent[] Owed()
    {
        lock (owedEvents)
            return [.. owedEvents];
    }

    void Forget(int committed)
    {
        lock (owedEvents)
            owedEvents.RemoveRange(0, committed);
        lastSeq += committed;
    }

    bool Attempt(Action write)
    {
        try
        {
            Open();
            write();
            return true;
        }
        catch (Exception e)
        {
            Fail(e);
            return false;
        }
    }

    // After a failure, nothing is written until the next attempt, not even to close the file.
    void Fail(Exception e)
    {
        string saved = checkpoints is [.., var last]
            ? $"Last saved: the checkpoint after episode {last.Episode}."
            : "No checkpoint was saved, only the world, the learner, the seed and the events.";
        string then = isTaken
            ? "Training continues in memory without writing to the file."
            : "Training continues in memory, and every checkpoint retries the write.";
        string what = isTaken ? e.Message : $"The run cannot be written to {Path}: {StoreFault.Reason(e)}";
        failure = $"{what} {saved} {then}";
        (before, ledger, raw) = (null, null, null);
        if (connection is not null)
            SQLitePCL.raw.sqlite3_db_config(connection.Handle, SQLitePCL.raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        Release();
    }
}
