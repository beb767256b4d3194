using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>Who trains the run of a file, for those who only read it.</summary>
internal static class StoredOwner
{
    /// <summary>The process that holds the file, alive or not, and its last sign of life; null where none does.</summary>
    public static (StoreOwner Owner, DateTimeOffset Heartbeat)? Read(SqliteConnection connection) =>
        connection.Rows("SELECT host, boot, process, started, heartbeat FROM owner") switch
        {
            [] => null,
            [[string host, string boot, long process, long started, var heartbeat]] => (new(host, boot, process, started), StoreTime.Read(heartbeat)),
            _ => throw new StoreDamage("The table owner does not hold what it should"),
        };

    public static bool IsTrained(SqliteConnection connection, TimeProvider time) =>
        Read(connection) is var (owner, heartbeat) && owner.IsAlive(heartbeat, time.GetUtcNow());

    /// <summary>The state of a run: one that trained when its process ended was interrupted.</summary>
    public static RunState StateOf(SqliteConnection connection, RunState stored, TimeProvider time) =>
        stored is RunState.Training or RunState.Paused && !IsTrained(connection, time) ? RunState.Interrupted : stored;
}
