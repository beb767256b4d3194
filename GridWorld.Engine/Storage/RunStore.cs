using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// The file of one run, open for training: by this process and no other. Events are committed at once, everything else by a
/// thread of its own. Closed, it opens itself again for the next event or save.
/// </summary>
internal sealed partial class RunStore : IDisposable
{
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    static readonly ConcurrentDictionary<string, bool> OpenHere = new();
    readonly Lock gate = new();
    readonly TimeProvider time;
    readonly StoreWriter writer;
    List<StoredCheckpoint> checkpoints = [];
    SqliteConnection? connection;
    CheckpointPages? before;
    PageLedger? ledger;
    (long Rows, long Bytes)? raw;
    long lastSeq, lastSaveTook;
    bool isLost;

    RunStore(string path, TimeProvider time)
    {
        (Path, this.time) = (path, time);
        writer = new($"GridWorld store {System.IO.Path.GetFileName(path)}", Heartbeat, Beat);
    }

    public string Path { get; }

    /// <summary>Called on the writing thread when a save fails; training goes on in memory.</summary>
    public Action<Exception>? SaveFailed { get; set; }

    /// <summary>The checkpoints on disk, by episode.</summary>
    public IReadOnlyList<CheckpointInfo> Checkpoints
    {
        get
        {
            lock (gate)
                return [.. checkpoints.Select(c => c.Info)];
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
    public static RunStore Create(string folder, RunHeader header, StoredProgress progress, IReadOnlyList<RunEvent> events, TimeProvider time, Action<SqliteConnection>? past = null, Retention? retention = null)
    {
        bool isNew = !Directory.Exists(folder);
        string path = StoreFile.PathOf(folder, header.Id);
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
            var store = new RunStore(path, time) { lastSeq = events[^1].Seq, Retention = retention ?? new() };
            store.Open();
            store.checkpoints = CheckpointTable.List(store.connection!);
            return store;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            StoreFile.TryDelete(path);
            if (isNew && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
            throw new InputException($"The run cannot be stored in {System.IO.Path.GetFullPath(folder)}: {StoreFault.Reason(e)} "
                + "Name another folder (--store, RunOptions.Store or GRIDWORLD_STORE), or keep the run in memory (RunOptions.InMemory).");
        }
    }

    /// <summary>Takes a run's file for training.</summary>
    /// <exception cref="InputException">It is no good, or another process trains the run.</exception>
    public static RunStore Take(string path, TimeProvider time)
    {
        var store = new RunStore(path, time);
        StoreFault.Explain(path, () =>
        {
            store.Open();
            return true;
        });
        return store;
    }

    /// <summary>Reads what going on needs, from the newest good checkpoint or a named one.</summary>
    public StoredRun Load(string? checkpoint) => StoreFault.Explain(Path, () =>
    {
        lock (gate)
        {
            var run = StoredRun.Read(connection!, checkpoint);
            lastSeq = run.Events.Count == 0 ? 0 : run.Events[^1].Seq;
            (ledger, raw) = (null, null);
            checkpoints = [.. run.Checkpoints];
            before = run.From is { } from ? CheckpointPages.Written(run.Checkpoint!, CheckpointTable.PageIds(connection!, from.Id)) : null;
            return run;
        }
    });

    /// <summary>Goes back to where the run goes on from. The metrics after it are forgotten: they will come again, the same to the bit.</summary>
    /// <param name="standing">Where the run stood there; whoever reads the file meanwhile finds the one with the other.</param>
    public void GoBackTo(StoredProgress standing)
    {
        lock (gate)
        {
            connection!.Atomically(() =>
            {
                EpisodeTable.Truncate(connection!, standing.Episode);
                BucketTable.Truncate(connection!, standing.Episode);
                standing.Write(connection!, time.GetUtcNow());
            });
        }
    }

    /// <summary>Commits an event by itself. It is on disk when this returns.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="standing">Where the run stands with it, where that changes too.</param>
    /// <exception cref="InputException">Another process has gone on with the run, or a named checkpoint would no longer be true.</exception>
    public void Commit(RunEvent happened, StoredProgress? standing = null)
    {
        lock (gate)
        {
            Open();
            // A change where the run has been before: what was saved after it belongs to another course.
            var untrue = happened.Event == RunEvents.ParamChange ? checkpoints.Where(c => c.Episode > happened.Episode).ToList() : [];
            if (untrue.Find(c => c.Name is not null) is { } named)
                throw new InputException($"The checkpoint '{named.Name}' after episode {named.Episode} was taken without this change after episode {happened.Episode}. Use Fork to try another way from here.");
            connection!.Atomically(() =>
            {
                EventTable.Add(connection!, happened);
                (standing is null ? null : standing with { LastEventSeq = happened.Seq })?.Write(connection!, time.GetUtcNow());
                if (untrue.Count > 0)
                    CheckpointTable.Remove(connection!, ledger ??= PageLedger.Read(connection!), [.. untrue.Select(c => c.Id)]);
            });
            checkpoints.RemoveAll(untrue.Contains);
            lastSeq = happened.Seq;
        }
    }

    /// <summary>Gives the file up, and says what a run is told that can no longer be written.</summary>
    public string Lost(Exception e)
    {
        isLost = true;
        Drop(e);
        string saved = Checkpoints is [.., var last] ? $"Saved last: the checkpoint after episode {last.Episode}." : "No checkpoint was saved; its world, learner, seed and events were.";
        return $"The run can no longer be written to {Path}: {StoreFault.Reason(e)} {saved} Training goes on in memory. "
            + $"Once the folder can be written again, resume the run '{System.IO.Path.GetFileName(Path)[..^StoreFile.Extension.Length]}' from there.";
    }

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
                connection.Run("DELETE FROM owner");
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

    // No more is written to a disk that failed: its log stays as it is, for whoever opens the file on a sound one.
    void Drop(Exception e)
    {
        // The writing thread itself may have come here, or wait for a lock that is held here: it is not waited for.
        writer.EndSoon();
        lock (gate)
        {
            if (connection is null)
                return;
            try
            {
                SQLitePCL.raw.sqlite3_db_config(connection.Handle, SQLitePCL.raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
                if (e is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL })
                    connection.Run("DELETE FROM owner");
            }
            catch (SqliteException)
            {
                // Still full: the file has an owner as long as this process lives.
            }
            finally
            {
                Release();
            }
        }
    }

    /// <summary>Opens the file where it is closed.</summary>
    public void Open()
    {
        lock (gate)
        {
            if (connection is not null)
                return;
            if (!OpenHere.TryAdd(Path, true))
                throw new InputException($"This process trains the run of {Path} already. Use that Run.");
            try
            {
                connection = StoreFile.Write(Path);
                connection.Atomically(Own);
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
            throw new InputException($"{Path} is being trained by {owner.Describe(heartbeat)}. Watch it from here, or stop it there first.");
        long stored = connection!.One("SELECT max(seq) FROM event") as long? ?? 0;
        if (lastSeq != 0 && stored != lastSeq)
            throw new InputException($"Another process has gone on with the run of {Path} meanwhile. Take it up again with Run.Resume.");
        var self = StoreOwner.Self;
        connection!.Run("INSERT OR REPLACE INTO owner VALUES (1, $0, $1, $2, $3, $4)", self.Host, self.Boot, self.Process, self.Started, StoreTime.Write(now));
    }

    void Beat()
    {
        lock (gate)
        {
            if (connection is null || isLost)
                return;
            try
            {
                connection.Run("UPDATE owner SET heartbeat = $0", StoreTime.Write(time.GetUtcNow()));
            }
            catch (SqliteException)
            {
                // The next save says what is wrong.
            }
        }
    }

    void Release()
    {
        connection?.Dispose();
        connection = null;
        OpenHere.TryRemove(Path, out _);
    }
}
