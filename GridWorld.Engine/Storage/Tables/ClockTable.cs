using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The table of the training clock: one row, which is written with the progress of the run.</summary>
internal static class ClockTable
{
    public static void Write(SqliteConnection connection, TrainingClock clock)
    {
        var (episodes, seconds) = clock.Marks();
        byte[] data = [.. MemoryMarshal.AsBytes(episodes.AsSpan()), .. MemoryMarshal.AsBytes(seconds.AsSpan())];
        StoreTable.Clock.Put(connection, 1, episodes.Length, Packing.Pack(data));
    }

    /// <summary>The clock up to the progress of the run; null in a file of format 1, or upgraded from it and not saved since.</summary>
    /// <exception cref="StoreDamage">The row is not the one that was written last.</exception>
    public static TrainingClock? Read(SqliteConnection connection)
    {
        if (Seal.Of(connection) is null || StoreTable.Clock.ReadAll(connection) is not [[_, long count, byte[] data, _]])
            return null;
        if (count is < 0 or > TrainingClock.Most)
            throw new StoreDamage("The table clock has unexpected content");
        byte[] bytes = Packing.Unpack(data, (int)count * 16);
        return TrainingClock.With(MemoryMarshal.Cast<byte, long>(bytes.AsSpan(0, (int)count * 8)),
            MemoryMarshal.Cast<byte, double>(bytes.AsSpan((int)count * 8)))
            .Until(StoredProgress.Read(connection).Episode);
    }
}
