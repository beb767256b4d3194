using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// The file of a run, open for training by this process only. Events are committed at once, everything else on a separate thread. Data that
/// cannot be written is kept in memory and written with the next successful save. A closed file opens again for the next event or save.
/// </summary>
internal sealed class RunStore : IDisposable
{
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    readonly Lock gate = new();
    readonly TimeProvider time;
    readonly StoreWriter writer;
    readonly OwnedFile file;
    readonly KeptContent kept;

    // The named checkpoints that were taken while the file could not be written.
    readonly List<Checkpoint> owedCheckpoints = [];
    long lastSaveTook, lastSynced, written;
    bool isDamaged;
    volatile string? failure;

    RunStore(string path, TimeProvider time, Retention? retention = null)
    {
        (Path, this.time, file, kept) = (path, time, new(path, time), new(retention ?? new(), time));
        writer = new($"GridWorld store {System.IO.Path.GetFileName(path)}", Heartbeat, Beat);
    }

    public string Path { get; }

    /// <summary>The checkpoints on disk, by episode.</summary>
    public IReadOnlyList<CheckpointInfo> Checkpoints
    {
        get
        {
            lock (gate)
                return StoredCheckpoint.Listed(kept.Checkpoints);
        }
    }

    /// <summary>Whether a save is still being written.</summary>
    public bool IsBusy => writer.IsBusy;

    /// <summary>The reason that the file is not up to date, and what was saved last; null if the file can be written.</summary>
    public string? Failure => failure;

    /// <summary>Whether another process trains the run now, so that this one no longer writes.</summary>
    public bool IsTaken => file.IsTaken;

    /// <summary>The episodes whose metrics are on disk.</summary>
    public long Written => Volatile.Read(ref written);

    /// <summary>The duration of the last complete save.</summary>
    public TimeSpan LastSaveTook => new(Volatile.Read(ref lastSaveTook));

    /// <summary>Creates a run file with the first events of the run, and opens it for training: see <see cref="NewRunFile"/>.</summary>
    public static RunStore Create(string folder, RunHeader header, StoredProgress progress, IReadOnlyList<RunEvent> events,
        TimeProvider time, Action<SqliteConnection>? past = null, Retention? retention = null) =>
        NewRunFile.Make(folder, header, progress, events, past, path =>
    {
        var store = new RunStore(path, time, retention) { written = progress.Episode };
        store.file.LastSeq = events[^1].Seq;
        store.Open();
        store.kept.Take(CheckpointTable.List(store.file.Connection));
        return store;
    });

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
            var run = file.Connection.AtOneMoment(() => StoredRun.Read(file.Connection, checkpoint, lastSynced));
            (isDamaged, file.LastSeq) = (run.Damage.Count > 0, run.Events.Count);
            kept.Take(run.Checkpoints, run.From is { } from
                ? CheckpointPages.Written(run.Checkpoint!, CheckpointTable.PageIds(file.Connection, from.Id))
                : null);
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
                return ClockTable.Read(file.Connection);
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
            var connection = file.Connection;
            kept.Within(() => file.Transact(now =>
            {
                if (isDamaged)
                    SealRenewal.Renew(connection, lastSynced);
                else
                    SealRenewal.Upgrade(connection);
                kept.Truncate(connection, standing.Episode);
                foreach (var e in rewritten)
                    EventTable.Rewrite(connection, e);
                standing.Write(connection, now);
            }));
            written = standing.Episode;
            return true;
        }
    });

    /// <summary>
    /// Commits an event. When this returns, the event is on disk or waits for the next successful write: see <see cref="Failure"/>.
    /// </summary>
    /// <param name="happened">The event.</param>
    /// <param name="standing">The new progress of the run; null if it does not change.</param>
    public void Commit(RunEvent happened, StoredProgress? standing = null)
    {
        file.Owe(happened);
        // The next checkpoint retries. Until then, no command waits for a failed disk.
        if (failure is not null)
            return;
        lock (gate)
            Attempt(() => file.Transact(now =>
                (standing is null ? null : standing with { LastEventSeq = happened.Seq })?.Write(file.Connection, now)));
    }

    /// <summary>
    /// Writes the progress of the run and its newest episodes in one transaction, in the background. With a checkpoint, the data survives a
    /// power failure once written; without one, it survives the end of the process and is visible to readers.
    /// </summary>
    /// <param name="checkpoint">The checkpoint between two episodes; null for none.</param>
    /// <param name="memoryCheckpoints">Earlier checkpoints, which shorten the replay of an episode. Their cost does not count.</param>
    /// <param name="after">The number of episodes whose metrics must already be on disk.</param>
    /// <param name="episodes">The metrics of the following episodes.</param>
    /// <param name="progress">The progress of the run.</param>
    public void Save(Checkpoint? checkpoint, IReadOnlyList<Checkpoint> memoryCheckpoints, long after, HistoryDelta episodes,
        StoredProgress progress) =>
        writer.Post(() => Write(checkpoint, memoryCheckpoints, after, episodes, progress));

    /// <summary>Waits until all saves are on disk or have failed.</summary>
    public void Flush() => writer.Flush();

    void Write(Checkpoint? checkpoint, IReadOnlyList<Checkpoint> memoryCheckpoints, long after, HistoryDelta episodes,
        StoredProgress progress)
    {
        long begun = time.GetTimestamp();
        // Divides the checkpoint outside the lock, because commands wait for the lock.
        var basis = kept.Newest;
        bool isKnown = checkpoint is { Name: null } && kept.Has(checkpoint.Episode);
        var pages = checkpoint is null || isKnown ? null : CheckpointPages.Of(checkpoint, basis);
        lock (gate)
        {
            // After a failed save, only a save that includes everything missing is written.
            bool isWritten = !IsTaken && after <= written && Attempt(() =>
            {
                if (checkpoint is not null && file.IsGone)
                    throw new IOException("its file was deleted, moved or replaced. Restore it.");
                if (pages is not null && kept.Newest != basis)
                    pages = CheckpointPages.Of(checkpoint!, kept.Newest);
                var (connection, passed) = (file.Connection, owedCheckpoints.Concat(memoryCheckpoints));
                connection.Run($"PRAGMA synchronous = {(checkpoint is null && StoreFile.AllowsLog(Path) ? "NORMAL" : "FULL")}");
                kept.Within(() => file.Transact(now =>
                {
                    kept.Write(connection, episodes);
                    progress.Write(connection, now);
                    if (pages is not null)
                        begun += kept.Write(connection, checkpoint!, pages, passed, progress.StepsPerSecond, now);
                }));
                connection.Run("PRAGMA synchronous = FULL");
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

    /// <summary>Closes the file. Its log is merged into it and deleted if no reader has the file open.</summary>
    public void Close()
    {
        writer.End();
        lock (gate)
            file.Close();
    }

    public void Dispose() => Close();

    /// <summary>Opens the file if it is closed.</summary>
    /// <exception cref="InputException">Another process trains the run or has trained it in the meantime.</exception>
    public void Open()
    {
        lock (gate)
        {
            file.Open(() =>
            {
                if (failure is not null)
                    Recover();
            });
        }
    }

    void Beat()
    {
        lock (gate)
            file.Beat();
    }

    void Recover()
    {
        var connection = file.Connection;
        // No later save would write the rows that an older copy lacks.
        if (StoredProgress.Read(connection).Episode < Written)
            throw new IOException("its file was replaced by an older copy. Restore the file.");
        // After a failed sync, the content of the log may be only in memory. Moving it to the file and syncing makes it safe.
        if (connection.Rows("PRAGMA wal_checkpoint(TRUNCATE)") is [[not 0L, ..]])
            throw new IOException("another program is reading it. Close that program.");
        kept.Take(CheckpointTable.List(connection));
        written = StoredProgress.Read(connection).Episode;
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

    void Fail(Exception e)
    {
        string saved = kept.Checkpoints is [.., var last]
            ? $"Last saved: the checkpoint after episode {last.Episode}."
            : "No checkpoint was saved, only the world, the learner, the seed and the events.";
        string then = IsTaken
            ? "Training continues in memory without writing to the file."
            : "Training continues in memory, and every checkpoint retries the write.";
        string what = IsTaken ? e.Message : $"The run cannot be written to {Path}: {StoreFault.Reason(e)}";
        failure = $"{what} {saved} {then}";
        kept.Forget();
        file.Abandon();
    }
}
