using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// When which episode was over, in seconds of training: one row, written whenever the run's progress is. The table comes with the first
/// such row, so that a file which an earlier version made has it once its run trains on; earlier versions pass over it.
/// </summary>
internal static class ClockTable
{
    const string Name = "clock";

    public static void Write(SqliteConnection connection, TrainingClock clock)
    {
        var (episodes, seconds) = clock.Marks();
        object?[] row = [(long)episodes.Length, Packing.Pack((byte[])[.. MemoryMarshal.AsBytes(episodes.AsSpan()), .. MemoryMarshal.AsBytes(seconds.AsSpan())])];
        connection.Run($"CREATE TABLE IF NOT EXISTS {Name} (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL, data BLOB NOT NULL, checksum BLOB NOT NULL) STRICT");
        connection.Run($"INSERT OR REPLACE INTO {Name} VALUES (1, $0, $1, $2)", [.. row, Digest.OfRow(Name, row)]);
    }

    /// <summary>The clock up to where the run stands; null in a file without one.</summary>
    /// <exception cref="StoreDamage">It is not what was written.</exception>
    public static TrainingClock? Read(SqliteConnection connection)
    {
        if (connection.One("SELECT 1 FROM sqlite_schema WHERE name = $0", Name) is null || connection.Rows($"SELECT count, data, checksum FROM {Name}") is not [[long count, byte[] data, byte[] checksum]])
            return null;
        if (!Digest.OfRow(Name, [count, data]).AsSpan().SequenceEqual(checksum) || count is < 0 or > TrainingClock.Most)
            throw new StoreDamage("The row of the table clock does not match its checksum");
        byte[] bytes = Packing.Unpack(data, (int)count * 16);
        return TrainingClock.With(MemoryMarshal.Cast<byte, long>(bytes.AsSpan(0, (int)count * 8)), MemoryMarshal.Cast<byte, double>(bytes.AsSpan((int)count * 8)))
            .Until(StoredProgress.Read(connection).Episode);
    }
}
