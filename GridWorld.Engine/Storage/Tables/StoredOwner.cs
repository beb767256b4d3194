using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The process that trains the run of a file, for readers of the file.</summary>
internal static class StoredOwner
{
    const string Is = "WHERE host = $0 AND boot = $1 AND process = $2 AND started = $3";

    /// <summary>The owner of the file, alive or not, and its last sign of life; null if there is none.</summary>
    public static (StoreOwner Owner, DateTimeOffset Heartbeat)? Read(SqliteConnection connection) =>
        connection.Rows("SELECT host, boot, process, started, heartbeat FROM owner") switch
        {
            [] => null,
            [[string host, string boot, long process, long started, var heartbeat]] =>
                (new(host, boot, process, started), StoreTime.Read(heartbeat)),
            _ => throw new StoreDamage("The table owner has unexpected content"),
        };

    /// <summary>The description of the owner if it is another process that is alive; otherwise null.</summary>
    public static string? Other(SqliteConnection connection, DateTimeOffset now) =>
        Read(connection) is var (owner, heartbeat) && owner != StoreOwner.Self && owner.IsAlive(heartbeat, now)
            ? owner.Describe(heartbeat) : null;

    /// <summary>Makes a process the owner.</summary>
    public static void Write(SqliteConnection connection, StoreOwner owner, DateTimeOffset now) => connection.Run(
        "INSERT OR REPLACE INTO owner VALUES (1, $0, $1, $2, $3, $4)", owner.Host, owner.Boot, owner.Process, owner.Started,
            StoreTime.Write(now));

    /// <summary>Records a sign of life of the owner; returns false if another process is the owner now.</summary>
    public static bool Sign(SqliteConnection connection, StoreOwner owner, DateTimeOffset now) => connection.Run(
        $"UPDATE owner SET heartbeat = $4 {Is}", owner.Host, owner.Boot, owner.Process, owner.Started, StoreTime.Write(now)) == 1;

    /// <summary>Removes a process if it is the owner.</summary>
    public static void Remove(SqliteConnection connection, StoreOwner owner) =>
        connection.Run($"DELETE FROM owner {Is}", owner.Host, owner.Boot, owner.Process, owner.Started);

    public static bool IsTrained(SqliteConnection connection, TimeProvider time) =>
        Read(connection) is var (owner, heartbeat) && owner.IsAlive(heartbeat, time.GetUtcNow());

    /// <summary>The state of a run. It is interrupted if it was training when its process ended.</summary>
    public static RunState StateOf(SqliteConnection connection, RunState stored, TimeProvider time) =>
        stored is RunState.Training or RunState.Paused && !IsTrained(connection, time) ? RunState.Interrupted : stored;
}
