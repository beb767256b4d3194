using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The table of raw episodes of a run file. Indexes start at 0: episode e has index e − 1.</summary>
internal static class EpisodeTable
{
    const int ChunkRows = EpisodeChunk.MostRows;

    /// <summary>Adds rows. The first row can continue a chunk; if there is a gap before it, the chunk is emptied.</summary>
    /// <returns>The number of bytes written.</returns>
    public static long Append(SqliteConnection connection, long firstIndex, EpisodeBuffer rows)
    {
        long bytes = 0;
        connection.Within(() => bytes = AppendChunks(connection, firstIndex, rows));
        return bytes;
    }

    static long AppendChunks(SqliteConnection connection, long firstIndex, EpisodeBuffer rows)
    {
        int from = 0;
        long bytes = 0;
        while (from < rows.Count)
        {
            long index = firstIndex + from, chunk = index / ChunkRows;
            int count = (int)Math.Min(rows.Count - from, (chunk + 1) * ChunkRows - index);
            var (begin, part, start) = (index, rows, from);
            if (index % ChunkRows != 0 && Chunk(connection, chunk) is { } before && before.First <= index
                && before.First + before.Rows.Count >= index)
            {
                int kept = (int)(index - before.First);
                part = new(kept + count);
                part.CopyFrom(before.Rows, 0, kept);
                part.CopyFrom(rows, from, count);
                (begin, start) = (before.First, 0);
            }

            int total = part == rows ? count : part.Count;
            byte[] data = EpisodeChunk.Write(part, start, total);
            Put(connection, chunk, begin, total, data);
            from += count;
            bytes += data.Length;
        }

        return bytes;
    }

    /// <summary>Removes the rows after an episode.</summary>
    public static void Truncate(SqliteConnection connection, long episodes) => connection.Within(() =>
    {
        long chunk = episodes / ChunkRows, first = chunk * ChunkRows;
        // Chunks that are removed completely may be damaged.
        Delete(connection, "WHERE chunk >= $0", episodes == first ? chunk : chunk + 1);
        if (episodes == first || Chunk(connection, chunk) is not { } last || last.First + last.Rows.Count <= episodes)
            return;
        int kept = (int)Math.Max(0, episodes - last.First);
        if (kept == 0)
            Delete(connection, "WHERE chunk = $0", chunk);
        else
            Put(connection, chunk, last.First, kept, EpisodeChunk.Write(last.Rows, 0, kept));
    });

    /// <summary>Removes chunks.</summary>
    public static void Delete(SqliteConnection connection, string where, params object?[] values) => connection.Within(() =>
    {
        foreach (var row in connection.Rows($"DELETE FROM episodes {where} RETURNING chunk", values))
            SealedChange.Of(connection)?.Index(new((long)row[0]!));
    });

    /// <summary>
    /// The first rows at or after an index, at most <paramref name="count"/>. They start later if the row is not kept, and end before a
    /// gap.
    /// </summary>
    /// <param name="connection">The file.</param>
    /// <param name="firstIndex">Index of the first row.</param>
    /// <param name="end">End of the rows, exclusive.</param>
    /// <param name="count">The most rows.</param>
    /// <param name="index">The rows that must exist; null if unknown.</param>
    public static (long FirstIndex, EpisodeBuffer Rows) Read(SqliteConnection connection, long firstIndex, long end, int count,
        EpisodeIndex? index = null)
    {
        // Reads one chunk more than the rows can span, because the first chunk may have no row at or after the index.
        var (chunk, most) = (firstIndex / ChunkRows, count / ChunkRows + 3);
        var chunks = StoreTable.Episodes.Read(connection, "WHERE chunk >= $0 AND first < $1 ORDER BY chunk LIMIT $2", chunk, end, most);
        index?.Check(chunk, end, most, chunks);
        var (first, rows) = Join(chunks.ConvertAll(Decode), firstIndex, end);
        rows.Count = Math.Min(rows.Count, count);
        return (first, rows);
    }

    /// <summary>The newest rows before an index, without gaps, at most <paramref name="count"/>.</summary>
    public static (long FirstIndex, EpisodeBuffer Rows) ReadLast(SqliteConnection connection, long end, long count,
        EpisodeIndex? index = null)
    {
        var parts = new List<(long First, EpisodeBuffer Rows)>();
        long next = end;
        for (long chunk = (end - 1) / ChunkRows; end > 0 && chunk >= 0 && next > end - count; chunk--)
        {
            if (Chunk(connection, chunk, index) is not { } part || part.First + part.Rows.Count < next)
                break;
            parts.Insert(0, part);
            next = part.First;
            if (part.First > chunk * ChunkRows)
                break;
        }

        return Join(parts, Math.Max(next, end - count), end);
    }

    /// <summary>The stored episodes up to a given one.</summary>
    public static List<EpisodeRange> Kept(SqliteConnection connection, long episodes, EpisodeIndex? index)
    {
        var kept = new List<EpisodeRange>();
        var chunks = index?.Stretches()
            ?? connection.Rows("SELECT first, count FROM episodes ORDER BY chunk").Select(row => ((long)row[0]!, (long)row[1]!));
        foreach (var (begin, count) in chunks.TakeWhile(c => c.Item1 < episodes))
        {
            var (first, last) = (begin + 1, Math.Min(episodes, begin + count));
            if (kept is [.., var before] && before.Last + 1 == first)
                kept[^1] = before with { Last = last };
            else
                kept.Add(new(first, last));
        }

        return kept;
    }

    static (long, EpisodeBuffer) Join(List<(long First, EpisodeBuffer Rows)> parts, long from, long end)
    {
        var inside = parts.Where(p => p.First < end && p.First + p.Rows.Count > from).ToList();
        if (inside.Count == 0)
            return (end, new(0));
        long first = Math.Max(from, inside[0].First), next = first;
        var rows = new EpisodeBuffer((int)inside.Sum(p => (long)p.Rows.Count));
        foreach (var (begin, part) in inside)
        {
            int skip = (int)(next - begin);
            if (skip < 0)
                break;
            int count = (int)Math.Min(part.Count - skip, end - next);
            rows.CopyFrom(part, skip, count);
            next += count;
        }

        return (first, rows);
    }

    static void Put(SqliteConnection connection, long chunk, long first, int count, byte[] data)
    {
        byte[] checksum = StoreTable.Episodes.Put(connection, chunk, first, count, data);
        SealedChange.Of(connection)?.Index(EpisodeIndex.Entry.Of(chunk, first, count, checksum));
    }

    static (long First, EpisodeBuffer Rows)? Chunk(SqliteConnection connection, long chunk, EpisodeIndex? index = null)
    {
        var rows = StoreTable.Episodes.Read(connection, "WHERE chunk = $0", chunk);
        index?.Check(chunk, (chunk + 1) * ChunkRows, 1, rows);
        return rows is [var row] ? Decode(row) : null;
    }

    static (long First, EpisodeBuffer Rows) Decode(object?[] row)
    {
        var (chunk, first, count) = ((long)row[0]!, (long)row[1]!, (long)row[2]!);
        if (first / ChunkRows != chunk || count < 1 || first + count > (chunk + 1) * ChunkRows)
            throw new StoreDamage($"Chunk {chunk} of the stored episodes has an impossible range of episodes");
        return (first, EpisodeChunk.Read((byte[])row[3]!, (int)count));
    }
}
