using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// The file of one run, open for training: by this process and no other. Events are committed at once, everything else by a
/// thread of its own. What cannot be written is kept in memory, and written with the next save that succeeds. Closed, it opens
/// itself again for the next event or save.
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

    /// <summary>Makes a run's file, with its first events, and holds it for training.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="header">What the run is.</param>
    /// <param name="progress">Where it stands.</param>
    /// <param name="events">From number 1.</param>
    /// <param name="time">The clock.</param>
    /// <param name="past">Writes what a run has that does not begin untrained.</param>
    /// <param name="retention">What stays; null for the defaults.</param>
    /// <exception cref="InputException">It cannot be written; nothing is left behind.</exception>
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
                + "Name another folder (--store, RunOptions.Store or GRIDWORLD_STORE), or keep the run in memory (RunOptions.InMemory).");
        }
    }

    /// <summary>Takes a run's file for training.</summary>
    /// <exception cref="InputException">It is damaged, or another process trains the run.</exception>
    public static RunStore Take(string path, TimeProvider time)
    {
        var store = new RunStore(path, time);
        StoreFault.Explain(path, () =>
        {
            // Before it is opened to be written, which makes of the log what can be made of it.
            store.lastSynced = WalLog.LastSynced(path);
            store.Open();
            return true;
        });
        return store;
    }

    /// <summary>Reads what training on needs, from the newest good checkpoint or a named one.</summary>
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

    /// <summary>When which episode was over; null where the file does not tell.</summary>
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
                // The run resumes without it. Load has reported the damage, and the next save writes it again.
                return null;
            }
        }
    }

    /// <summary>
    /// Goes back to where the run trains on from. Metrics and checkpoints after it are forgotten: on the same course they return bit
    /// for bit, on another one they would be untrue.
    /// </summary>
    /// <param name="standing">Where the run stood there; a reader finds the one with the other.</param>
    /// <param name="rewritten">Events that no longer hold, as they are to be read from now on.</param>
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

    /// <summary>Lets the file go, as one file with no others beside it where no reader holds it open.</summary>
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
                // A reader holds the log, or nothing can be written any more: the file is whole with its log beside it.
            }
            finally
            {
                Release();
            }
        }
    }

    public void Dispose() => Close();

    /// <summary>Opens the file where it is closed.</summary>
    /// <exception cref="InputException">Another process trains the run, or has trained it meanwhile.</exception>
    public void Open()
    {
        lock (gate)
        {
            if (connection is not null)
                return;
            StoreFile.Check(Path);
            if (!(isHeld = HeldFiles.TryHold(Path)))
                throw new InputException($"This process trains the run of {Path} already. Use that Run.");
            try
            {
                connection = StoreFile.Write(Path);
                opened = OpenedFile.Of(Path);
                connection.Atomically(Own);
                if (Failure is not null)
                {
                    // Rows that it lacks would be missed by no later save.
                    if (StoredProgress.Read(connection).Episode < Written)
                        throw new IOException("an older copy of its file lies there. Put the file back.");
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
            throw Taken($"{Path} is being trained by {owner.Describe(heartbeat)}. Watch it from here, or stop it there first.");
        if (lastSeq != 0)
        {
            // A commit that failed may be in the file all the same.
            var owed = Owed();
            var there = EventTable.Last(connection!) < lastSeq
                ? null
                : EventTable.Read(connection!, owed is [var first, ..] ? first.SessionId : "", lastSeq);
            if (there is null || !there.SequenceEqual(owed.Take(there.Count)))
                throw Taken($"Another process has trained the run of {Path} meanwhile. Resume it again with Run.Resume.");
            Forget(there.Count);
        }

        StoredOwner.Write(connection!, StoreOwner.Self, now);
    }

    // After a sync that failed, what the log holds may be in the machine's memory only: moved into the file and synced, it is safe.
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
                // The next save says what is wrong.
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
        // The hold may be another's, who trains the run in this one's place.
        if (isHeld)
            HeldFiles.Release(Path);
        isHeld = false;
    }
}
