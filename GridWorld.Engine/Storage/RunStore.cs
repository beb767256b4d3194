using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// The file of a run, open for training by this process only. Events are committed at once, everything else on a separate thread. Data that
/// cannot be written is kept in memory and written with the next successful save. A closed file opens again for the next event or save.
/// </summary>
internal sealed partial class RunStore : IDisposable
{
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    readonly Lock gate = new();
    readonly TimeProvider time;
    readonly StoreWriter writer;
    List<StoredCheckpoint> checkpoints = [];
    SqliteConnection? connection;
    OpenedFile? opened;
    CheckpointPages? before;
    PageLedger? ledger;
    (long Rows, long Bytes)? raw;
    long lastSeq, lastSaveTook, lastSynced, written;
    bool isHeld, isTaken, isDamaged;

    RunStore(string path, TimeProvider time)
    {
        (Path, this.time) = (path, time);
        writer = new($"GridWorld store {System.IO.Path.GetFileName(path)}", Heartbeat, Beat);
    }

    public string Path { get; }

    /// <summary>The checkpoints on disk, by episode.</summary>
    public IReadOnlyList<CheckpointInfo> Checkpoints
    {
        get
        {
            lock (gate)
                return StoredCheckpoint.Listed(checkpoints);
        }
    }

    /// <summary>Creates a run file with the first events of the run, and opens it for training.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="header">The definition of the run.</param>
    /// <param name="progress">The progress of the run.</param>
    /// <param name="events">The events, from number 1.</param>
    /// <param name="time">The clock.</param>
    /// <param name="past">Writes the earlier data of a run that does not start untrained.</param>
    /// <param name="retention">The policy of what the file keeps; null for the defaults.</param>
    /// <exception cref="InputException">The file cannot be written. No file remains.</exception>
    public static RunStore Create(string folder, RunHeader header, StoredProgress progress, IReadOnlyList<RunEvent> events,
        TimeProvider time, Action<SqliteConnection>? past = null, Retention? retention = null)
    {
        bool isNewFolder = !Directory.Exists(folder), isMade = false;
        string path = RunFiles.PathOf(folder, header.Id);
        try
        {
            Directory.CreateDirectory(folder);
            StoreFile.Create(path, c =>
            {
                header.Write(c);
                progress.Write(c, header.Created);
                foreach (var e in events)
                    EventTable.Add(c, e);
                past?.Invoke(c);
            });
            isMade = true;
            var store = new RunStore(path, time) { lastSeq = events[^1].Seq, written = progress.Episode, Retention = retention ?? new() };
            store.Open();
            store.checkpoints = CheckpointTable.List(store.connection!);
            return store;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            if (isMade)
                RunFiles.TryDelete(path);
            if (isNewFolder && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
            throw new InputException($"The run cannot be stored in {System.IO.Path.GetFullPath(folder)}: {StoreFault.Reason(e)} "
                + "Use another folder (--store, RunOptions.Store or GRIDWORLD_STORE), or keep the run in memory (RunOptions.InMemory).");
        }
    }

    /// <summary>Opens a run file for training.</summary>
    /// <exception cref="InputException">The file is damaged, or another process trains the run.</exception>
    public static RunStore Take(string path, TimeProvider time)
    {
        var store = new RunStore(path, time);
        StoreFault.Explain(path, () =>
        {
            // Read this before the file is opened for writing, because SQLite then recovers the log.
            store.lastSynced = WalLog.LastSynced(path);
            store.Open();
            return true;
        });
        return store;
    }

    /// <summary>Reads the data to continue training, from the newest intact checkpoint or a named one.</summary>
    public StoredRun Load(string? checkpoint) => StoreFault.Explain(Path, () =>
    {
        lock (gate)
        {
            var run = connection!.AtOneMoment(() => StoredRun.Read(connection!, checkpoint, lastSynced));
            isDamaged = run.Damage.Count > 0;
            lastSeq = run.Events.Count;
            (ledger, raw) = (null, null);
            checkpoints = [.. run.Checkpoints];
            before = run.From is { } from ? CheckpointPages.Written(run.Checkpoint!, CheckpointTable.PageIds(connection!, from.Id)) : null;
            return run;
        }
    });

    /// <summary>The training clock; null if the file does not contain it.</summary>
    public TrainingClock? ReadClock()
    {
        lock (gate)
        {
            try
            {
                return ClockTable.Read(connection!);
            }
            catch (StoreDamage)
            {
                // The run resumes without the clock. Load has reported the damage, and the next save writes the clock again.
                return null;
            }
        }
    }

    /// <summary>
    /// Goes back to the checkpoint from which the run continues. Removes later metrics and checkpoints: the same training reproduces them
    /// bit for bit, and other training would make them wrong.
    /// </summary>
    /// <param name="standing">The progress at the checkpoint, which is committed together with the removal.</param>
    /// <param name="rewritten">The new form of events that no longer have an effect.</param>
    public void GoBackTo(StoredProgress standing, params IEnumerable<RunEvent> rewritten) => StoreFault.Explain(Path, () =>
    {
        lock (gate)
        {
            Transact(now =>
            {
                if (isDamaged)
                    SealRenewal.Renew(connection!, lastSynced);
                else
                    SealRenewal.Upgrade(connection!);
                ledger = PageLedger.Read(connection!);
                EpisodeTable.Truncate(connection!, standing.Episode);
                BucketTable.Truncate(connection!, standing.Episode);
                CheckpointTable.RemoveAfter(connection!, ledger, standing.Episode);
                foreach (var e in rewritten)
                    EventTable.Rewrite(connection!, e);
                standing.Write(connection!, now);
            });
            checkpoints.RemoveAll(c => c.Episode > standing.Episode);
            written = standing.Episode;
            return true;
        }
    });

    /// <summary>Closes the file. Its log is merged into it and deleted if no reader has the file open.</summary>
    public void Close()
    {
        writer.End();
        lock (gate)
        {
            if (connection is null)
                return;
            try
            {
                StoredOwner.Remove(connection, StoreOwner.Self);
                connection.DefaultTimeout = 1;
                connection.Run("PRAGMA journal_mode = DELETE");
            }
            catch (SqliteException)
            {
                // A reader has the log open, or the file can no longer be written. Together with its log, the file is complete.
            }
            finally
            {
                Release();
            }
        }
    }

    public void Dispose() => Close();

    /// <summary>Opens the file if it is closed.</summary>
    /// <exception cref="InputException">Another process trains the run or has trained it in the meantime.</exception>
    public void Open()
    {
        lock (gate)
        {
            if (connection is not null)
                return;
            StoreFile.Check(Path);
            if (!(isHeld = HeldFiles.TryHold(Path)))
                throw new InputException($"This process is already training the run of {Path}. Use that Run object.");
            try
            {
                connection = StoreFile.Write(Path);
                opened = OpenedFile.Of(Path);
                connection.Atomically(Own);
                if (Failure is not null)
                {
                    // No later save would write the rows that an older copy lacks.
                    if (StoredProgress.Read(connection).Episode < Written)
                        throw new IOException("its file was replaced by an older copy. Restore the file.");
                    Recover();
                }
            }
            catch
            {
                Release();
                throw;
            }
        }
    }

    void Own()
    {
        var now = time.GetUtcNow();
        if (StoredOwner.Read(connection!) is var (owner, heartbeat) && owner != StoreOwner.Self && owner.IsAlive(heartbeat, now))
            throw Taken($"{Path} is being trained by {owner.Describe(heartbeat)}. View the run here, or stop it there first.");
        if (lastSeq != 0)
        {
            // A failed commit may still be in the file.
            var owed = Owed();
            var there = EventTable.Last(connection!) < lastSeq
                ? null
                : EventTable.Read(connection!, owed is [var first, ..] ? first.SessionId : "", lastSeq);
            if (there is null || !there.SequenceEqual(owed.Take(there.Count)))
                throw Taken($"Another process has trained the run of {Path} in the meantime. Resume it with Run.Resume.");
            Forget(there.Count);
        }

        StoredOwner.Write(connection!, StoreOwner.Self, now);
    }

    // After a failed sync, the content of the log may be only in memory. Moving it to the file and syncing makes it safe.
    void Recover()
    {
        if (connection!.Rows("PRAGMA wal_checkpoint(TRUNCATE)") is [[not 0L, ..]])
            throw new IOException("another program is reading it. Close that program.");
        (checkpoints, written) = (CheckpointTable.List(connection!), StoredProgress.Read(connection!).Episode);
    }

    void Beat()
    {
        lock (gate)
        {
            try
            {
                if (connection is not null)
                    StoredOwner.Sign(connection, StoreOwner.Self, time.GetUtcNow());
            }
            catch (SqliteException)
            {
                // The next save reports the error.
            }
        }
    }

    InputException Taken(string message)
    {
        isTaken = true;
        return new(message);
    }

    void Release()
    {
        connection?.Dispose();
        (connection, opened) = (null, null);
        // Another object of this process may hold the file, to train the run instead.
        if (isHeld)
            HeldFiles.Release(Path);
        isHeld = false;
    }
}
