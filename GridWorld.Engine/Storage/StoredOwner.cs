using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>Who trains the run of a file, for those who only read it.</summary>
internal static class StoredOwner
{
    public static bool IsTrained(SqliteConnection connection, TimeProvider time) =>
        connection.Rows("SELECT host, boot, process, started, heartbeat FROM owner") is [var row]
        && new StoreOwner((string)row[0]!, (string)row[1]!, (long)row[2]!, (long)row[3]!).IsAlive(StoreTime.Read(row[4]), time.GetUtcNow());

    /// <summary>The state of a run: one that trained when its process ended was interrupted.</summary>
    public static RunState StateOf(SqliteConnection connection, RunState stored, TimeProvider time) =>
        stored is RunState.Training or RunState.Paused && !IsTrained(connection, time) ? RunState.Interrupted : stored;
}
