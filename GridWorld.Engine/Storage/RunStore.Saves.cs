using Microsoft.Data.Sqlite;

namespace GridWorld;

internal sealed partial class RunStore
{
    // What happened, and what was named, while the file could not be written.
    readonly List<RunEvent> owedEvents = [];
    readonly List<Checkpoint> owedCheckpoints = [];
    volatile string? failure;

    /// <summary>What stays in the file.</summary>
    public Retention Retention { get; init; } = new();

    /// <summary>Whether a save is still being written.</summary>
    public bool IsBusy => writer.IsBusy;

    /// <summary>Why the file does not hold the run as it stands, and what was saved last; null while it can be written.</summary>
    public string? Failure => failure;

    /// <summary>Whether another process trains the run now, so that this one writes no more.</summary>
    public bool IsTaken => Volatile.Read(ref isTaken);

    /// <summary>The episodes whose metrics are on disk.</summary>
    public long Written => Volatile.Read(ref written);

    /// <summary>How long the last full save took to write.</summary>
    public TimeSpan LastSaveTook => new(Volatile.Read(ref lastSaveTook));

    /// <summary>Commits an event by itself. It is on disk when this returns, or owed to the file: see <see cref="Failure"/>.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="standing">Where the run stands with it, where that changes too.</param>
    public void Commit(RunEvent happened, StoredProgress? standing = null)
    {
        lock (owedEvents)
            owedEvents.Add(happened);
        // The next checkpoint tries again: until then no command waits for a disk that failed.
        if (failure is not null)
            return;
        lock (gate)
            Attempt(() => Transact(now =>
                (standing is null ? null : standing with { LastEventSeq = happened.Seq })?.Write(connection!, now)));
    }

    /// <summary>
    /// Writes where the run stands, with its newest episodes, in one transaction, in the background. With a checkpoint it is
    /// safe from a power cut when written; without one it is safe from the end of the process, and shown to readers.
    /// </summary>
    /// <param name="checkpoint">Where the run stands, between two episodes.</param>
    /// <param name="waypoints">Checkpoints on the way there, which make the way to an episode short; their cost does not count.</param>
    /// <param name="after">The episodes whose metrics must be on disk already.</param>
    /// <param name="episodes">The metrics since.</param>
    /// <param name="progress">The counters.</param>
    public void Save(Checkpoint? checkpoint, IReadOnlyList<Checkpoint> waypoints, long after, HistoryDelta episodes,
        StoredProgress progress) =>
        writer.Post(() => Write(checkpoint, waypoints, after, episodes, progress));

    /// <summary>Waits until all that was handed over is on disk, or has failed.</summary>
    public void Flush() => writer.Flush();

    void Write(Checkpoint? checkpoint, IReadOnlyList<Checkpoint> waypoints, long after, HistoryDelta episodes, StoredProgress progress)
    {
        long begun = time.GetTimestamp();
        // Cut up outside the lock, since commands wait for that.
        var (basis, onDisk) = (before, checkpoints);
        bool isKnown = checkpoint is { Name: null } && onDisk.Exists(c => c.Episode == checkpoint.Episode && c.Name is null);
        var pages = checkpoint is null || isKnown ? null : CheckpointPages.Of(checkpoint, basis);
        lock (gate)
        {
            // What follows a save that failed waits for one that brings all that is missing.
            bool isWritten = !isTaken && after <= written && Attempt(() =>
            {
                if (checkpoint is not null && opened is { IsGone: true })
                    throw new IOException("its file was deleted, moved or replaced. Put it back.");
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
                    // What was not committed is not on disk: the next attempt writes it.
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
        // Reckoned high, since a row that is written again counts again; looked up where that says too much.
        raw = raw is var (rows, allBytes) ? (rows + episodes.Rows.Count, allBytes + bytes) : null;
        if (raw is not var (allRows, most) || !Retention.IsWithin(allRows, most))
            raw = Retention.ThinRows(connection!, checkpoints);
    }

    // Returns how long the waypoints took: they do not count.
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

    // Everything that is written: as the owner, with the events that are owed, all or nothing.
    void Transact(Action<DateTimeOffset> change)
    {
        var events = Owed();
        connection!.Atomically(() =>
        {
            var now = time.GetUtcNow();
            if (!StoredOwner.Sign(connection!, StoreOwner.Self, now))
                throw Taken(StoredOwner.Read(connection!) is var (owner, heartbeat)
                    ? $"{Path} is being trained by {owner.Describe(heartbeat)}."
                    : $"Another process has trained the run of {Path} meanwhile.");
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

    // A disk that failed is left as it is until the next attempt: closing must not write to it.
    void Fail(Exception e)
    {
        string saved = checkpoints is [.., var last]
            ? $"Saved last: the checkpoint after episode {last.Episode}."
            : "No checkpoint was saved; its world, learner, seed and events were.";
        string then = isTaken
            ? "Training continues in memory; nothing more is written there."
            : "Training continues in memory, and the store tries again at every checkpoint.";
        string what = isTaken ? e.Message : $"The run cannot be written to {Path}: {StoreFault.Reason(e)}";
        failure = $"{what} {saved} {then}";
        (before, ledger, raw) = (null, null, null);
        if (connection is not null)
            SQLitePCL.raw.sqlite3_db_config(connection.Handle, SQLitePCL.raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        Release();
    }
}
