using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The table of the complete buckets of a run's pyramids, the newest of every level.</summary>
internal static class BucketTable
{
    public const int ChunkBuckets = 256;
    static readonly int PairSize = Marshal.SizeOf<Summary>() * 2;

    public static void Append(SqliteConnection connection, HistoryLevel level)
    {
        int from = 0;
        while (from < level.Returns.Length)
        {
            long index = level.First + from, chunk = index / ChunkBuckets, begin = index;
            int count = (int)Math.Min(level.Returns.Length - from, (chunk + 1) * ChunkBuckets - index);
            var bytes = Bytes(level.Returns.AsSpan(from, count), level.Lengths.AsSpan(from, count));
            if (index % ChunkBuckets != 0 && Chunk(connection, level.Level, chunk) is { } before && before.First <= index
                && before.First + before.Count >= index)
            {
                bytes = [.. before.Bytes.AsSpan(0, (int)(index - before.First) * PairSize), .. bytes];
                begin = before.First;
            }

            StoreTable.Buckets.Put(connection, level.Level, chunk, begin, bytes.Length / PairSize, Packing.Pack(bytes));
            from += count;
        }

        StoreTable.Buckets.Delete(connection, "WHERE level = $0 AND chunk < $1", level.Level,
            (level.First + from - MetricPyramid.Kept) / ChunkBuckets);
    }

    /// <summary>Removes the buckets that extend beyond an episode.</summary>
    public static void Truncate(SqliteConnection connection, long episodes)
    {
        long levels = connection.One("SELECT max(level) FROM buckets") as long? ?? -1;
        for (int level = MetricPyramid.BaseLevel; level <= levels; level++)
        {
            long complete = episodes >> level, chunk = complete / ChunkBuckets;
            // Chunks that are removed completely may be damaged.
            StoreTable.Buckets.Delete(connection, "WHERE level = $0 AND chunk >= $1", level,
                complete % ChunkBuckets == 0 ? chunk : chunk + 1);
            if (complete % ChunkBuckets == 0 || Chunk(connection, level, chunk) is not { } last || last.First + last.Count <= complete)
                continue;
            int kept = (int)Math.Max(0, complete - last.First);
            if (kept == 0)
                StoreTable.Buckets.Delete(connection, "WHERE level = $0 AND chunk = $1", level, chunk);
            else
                StoreTable.Buckets.Put(connection, level, chunk, last.First, kept, Packing.Pack(last.Bytes.AsSpan(0, kept * PairSize)));
        }
    }

    /// <summary>The buckets of all levels up to an episode, as the pyramids contained them then.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="episodes">Number of episodes.</param>
    /// <param name="all">Whether all buckets of the file must be intact, or only the requested ones.</param>
    /// <exception cref="StoreDamage">The buckets are missing or have a gap.</exception>
    public static List<HistoryLevel> Read(SqliteConnection connection, long episodes, bool all = true)
    {
        var levels = new List<HistoryLevel>();
        var byLevel = all ? StoreTable.Buckets.ReadAll(connection, "ORDER BY level, chunk DESC").ToLookup(row => (long)row[0]!) : null;
        for (int level = MetricPyramid.BaseLevel; episodes >> level > 0; level++)
        {
            long complete = episodes >> level, first = Math.Max(0, complete - MetricPyramid.Kept), next = complete;
            var parts = new List<byte[]>();
            long oldest = first / ChunkBuckets, newest = complete / ChunkBuckets;
            foreach (var row in byLevel?[level].Where(row => (long)row[1]! >= oldest && (long)row[1]! <= newest)
                ?? StoreTable.Buckets.Read(connection, "WHERE level = $0 AND chunk >= $1 AND chunk <= $2 ORDER BY chunk DESC", level,
                    oldest, newest))
            {
                var (begin, count, bytes) = Decode(row);
                int used = (int)Math.Min(count, next - begin);
                if (used <= 0)
                    continue;
                if (begin + used != next)
                    throw new StoreDamage($"The stored buckets of 2^{level} episodes do not reach from episode {begin + used << level} to "
                        + $"episode {next << level}");
                parts.Insert(0, bytes[..(used * PairSize)]);
                next = begin;
            }

            if (next == complete)
                throw new StoreDamage($"The stored buckets of 2^{level} episodes do not reach to episode {complete << level}");
            var pairs = MemoryMarshal.Cast<byte, Summary>(parts.SelectMany(p => p).ToArray());
            int skip = (int)Math.Max(0, first - next);
            var (returns, lengths) = (new Summary[complete - next - skip], new Summary[complete - next - skip]);
            for (int i = 0; i < returns.Length; i++)
                (returns[i], lengths[i]) = (pairs[(skip + i) * 2], pairs[(skip + i) * 2 + 1]);
            levels.Add(new(level, next + skip, returns, lengths));
        }

        return levels;
    }

    /// <summary>Checks that the intact buckets are the ones written last.</summary>
    /// <exception cref="StoreDamage">Buckets are outdated or missing.</exception>
    public static void CheckAge(SqliteConnection connection)
    {
        bool isGood = true;
        var rows = StoreTable.Buckets.Read(connection, _ => isGood = false);
        if (isGood)
            Seal.Of(connection)?.Check(StoreTable.Buckets, rows);
    }

    static byte[] Bytes(ReadOnlySpan<Summary> returns, ReadOnlySpan<Summary> lengths)
    {
        var pairs = new Summary[returns.Length * 2];
        for (int i = 0; i < returns.Length; i++)
            (pairs[i * 2], pairs[i * 2 + 1]) = (returns[i], lengths[i]);
        return MemoryMarshal.AsBytes(pairs.AsSpan()).ToArray();
    }

    static (long First, int Count, byte[] Bytes)? Chunk(SqliteConnection connection, int level, long chunk) =>
        StoreTable.Buckets.Read(connection, "WHERE level = $0 AND chunk = $1", level, chunk) is [var row] ? Decode(row) : null;

    static (long First, int Count, byte[] Bytes) Decode(object?[] row)
    {
        var (chunk, first, count) = ((long)row[1]!, (long)row[2]!, (long)row[3]!);
        if (first / ChunkBuckets != chunk || count < 1 || first + count > (chunk + 1) * ChunkBuckets)
            throw new StoreDamage($"Chunk {chunk} of the stored buckets has an impossible range of episodes");
        return (first, (int)count, Packing.Unpack((byte[])row[4]!, (int)count * PairSize));
    }
}
