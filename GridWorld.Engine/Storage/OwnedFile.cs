using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// The file of a run that this process trains: held within the process, and owned against other processes. For one thread at a time,
/// except <see cref="Owe"/>.
/// </summary>
internal sealed class OwnedFile(string path, TimeProvider time)
{
    // The events that could not be written yet.
    readonly List<RunEvent> owedEvents = [];
    readonly WrittenFile file = new(path);
    bool isTaken;

    public bool IsOpen => file.IsOpen;

    public SqliteConnection Connection => file.Connection;

    /// <summary>The number of the last event in the file.</summary>
    public long LastSeq { get; set; }

    /// <summary>Whether another process trains the run now, so that this one no longer writes.</summary>
    public bool IsTaken => Volatile.Read(ref isTaken);

    /// <summary>Whether the open file was deleted, moved or replaced.</summary>
    public bool IsGone => file.IsGone;

    /// <summary>Adds an event to the next transaction.</summary>
    public void Owe(RunEvent happened)
    {
        lock (owedEvents)
            owedEvents.Add(happened);
    }

    /// <summary>Opens the file if it is closed.</summary>
    /// <param name="then">Completes the opening. If it throws, the file is closed again.</param>
    /// <exception cref="InputException">Another process trains the run, or has trained it in the meantime.</exception>
    public void Open(Action then)
    {
        if (IsOpen)
            return;
        file.Open($"This process is already training the run of {path}. Use that Run object.", Own);
        try
        {
            then();
        }
        catch
        {
            file.Release();
            throw;
        }
    }

    /// <summary>Every write is a transaction that checks the owner and includes the events that are still to be written.</summary>
    public void Transact(Action<DateTimeOffset> change)
    {
        var events = Owed();
        Connection.Atomically(() =>
        {
            var now = time.GetUtcNow();
            if (!StoredOwner.Sign(Connection, StoreOwner.Self, now))
                throw Taken(StoredOwner.Read(Connection) is var (owner, heartbeat)
                    ? $"{path} is being trained by {owner.Describe(heartbeat)}."
                    : $"Another process has trained the run of {path} in the meantime.");
            foreach (var e in events)
                EventTable.Add(Connection, e);
            change(now);
        });
        Forget(events.Length);
    }

    /// <summary>Renews the heartbeat of the owner.</summary>
    public void Beat()
    {
        try
        {
            if (IsOpen)
                StoredOwner.Sign(Connection, StoreOwner.Self, time.GetUtcNow());
        }
        catch (SqliteException)
        {
            // The next save reports the error.
        }
    }

    /// <summary>Closes the file. Its log is merged into it and deleted if no reader has the file open.</summary>
    public void Close() => file.Close();

    /// <summary>Closes the file after a failure. Nothing is written until the next attempt, not even to close the file.</summary>
    public void Abandon()
    {
        if (IsOpen)
            SQLitePCL.raw.sqlite3_db_config(Connection.Handle, SQLitePCL.raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        file.Release();
    }

    void Own()
    {
        var now = time.GetUtcNow();
        if (StoredOwner.Other(Connection, now) is { } other)
            throw Taken($"{path} is being trained by {other}. View the run here, or stop it there first.");
        if (LastSeq != 0)
        {
            // A failed commit may still be in the file.
            var owed = Owed();
            var there = EventTable.Last(Connection) < LastSeq
                ? null
                : EventTable.Read(Connection, owed is [var first, ..] ? first.RunId : "", LastSeq);
            if (there is null || !there.SequenceEqual(owed.Take(there.Count)))
                throw Taken($"Another process has trained the run of {path} in the meantime. Resume it with Run.Resume.");
            Forget(there.Count);
        }

        StoredOwner.Write(Connection, StoreOwner.Self, now);
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
        LastSeq += committed;
    }

    InputException Taken(string message)
    {
        Volatile.Write(ref isTaken, true);
        return new(message);
    }
}
