using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>When which episode was over, in seconds of training: one row, written whenever the run's progress is.</summary>
internal static class ClockTable
{
    public static void Write(SqliteConnection connection, TrainingClock clock)
    {
        var (episodes, seconds) = clock.Marks();
        byte[] data = [.. MemoryMarshal.AsBytes(episodes.AsSpan()), .. MemoryMarshal.AsBytes(seconds.AsSpan())];
        StoreTable.Clock.Put(connection, 1, episodes.Length, Packing.Pack(data));
    }

    /// <summary>The clock up to where the run stands; null in a file of format 1, and in one upgraded from it that has not been saved since.</summary>
    /// <exception cref="StoreDamage">It is not what was written last.</exception>
    public static TrainingClock? Read(SqliteConnection connection)
    {
        if (Seal.Of(connection) is null || StoreTable.Clock.ReadAll(connection) is not [[_, long count, byte[] data, _]])
            return null;
        if (count is < 0 or > TrainingClock.Most)
            throw new StoreDamage("The table clock does not hold what it should");
        byte[] bytes = Packing.Unpack(data, (int)count * 16);
        return TrainingClock.With(MemoryMarshal.Cast<byte, long>(bytes.AsSpan(0, (int)count * 8)), MemoryMarshal.Cast<byte, double>(bytes.AsSpan((int)count * 8)))
            .Until(StoredProgress.Read(connection).Episode);
    }
}
