using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// The chunks of raw episodes that a file must have, with their checksums, so that a range can be checked without reading the rest.
/// </summary>
internal sealed class EpisodeIndex
{
    public const int PartChunks = 128, EntrySize = 16;
    readonly Entry[] chunks;
    readonly Tally tally;

    EpisodeIndex(Entry[] chunks, Tally tally) => (this.chunks, this.tally) = (chunks, tally);

    /// <summary>The index of a file; null for format 1, which has none.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="known">An index that was read earlier, which is valid if the file has not changed.</param>
    public static EpisodeIndex? Read(SqliteConnection connection, EpisodeIndex? known = null)
    {
        if (Seal.Of(connection) is not { } seal)
            return null;
        var tally = seal.Tables[StoreTable.EpisodeIndex.Name];
        if (known?.tally == tally)
            return known;
        var rows = StoreTable.EpisodeIndex.ReadAll(connection, "ORDER BY part");
        return new([.. rows.SelectMany(row => Decode((long)row[0]!, (byte[])row[1]!))], tally);
    }

    /// <summary>Checks that rows are exactly the ones that must exist.</summary>
    /// <param name="chunk">The first requested chunk.</param>
    /// <param name="end">The end of the requested episodes, exclusive, counted from 0.</param>
    /// <param name="most">The most requested chunks.</param>
    /// <param name="rows">The rows of the table.</param>
    public void Check(long chunk, long end, int most, List<object?[]> rows)
    {
        int from = Array.BinarySearch(chunks, new Entry(chunk), Entry.ByChunk), count = 0;
        from = from < 0 ? ~from : from;
        while (count < most && from + count < chunks.Length && chunks[from + count].First < end)
            count++;
        if (rows.Count != count || !rows.Select(Entry.Of).SequenceEqual(chunks.Skip(from).Take(count)))
            throw new StoreDamage($"The stored episodes after {chunk * EpisodeChunk.MostRows} are not the ones that were written");
    }

    /// <summary>The ranges of stored episodes: first, counted from 0, and count.</summary>
    public IEnumerable<(long First, long Count)> Stretches() => chunks.Select(c => (c.First, (long)c.Count));

    public static IEnumerable<Entry> Decode(long part, byte[] bytes)
    {
        if (part < 0 || bytes.Length != PartChunks * EntrySize)
            throw new StoreDamage($"Part {part} of the index of episodes has an impossible size");
        for (int i = 0; i < PartChunks; i++)
        {
            if (Entry.Read(part * PartChunks + i, bytes.AsSpan(i * EntrySize, EntrySize)) is { Count: > 0 } entry)
                yield return entry;
        }
    }

    /// <summary>
    /// A chunk: its number, the number of episodes missing at its beginning, the number of episodes, and the start of its checksum,
    /// in two words.
    /// </summary>
    public sealed record Entry(long Chunk, int Skipped = 0, int Count = 0, ulong Low = 0, uint High = 0)
    {
        const int LowAt = 4, HighAt = 12;

        public long First => Chunk * EpisodeChunk.MostRows + Skipped;

        public static readonly Comparer<Entry> ByChunk = Comparer<Entry>.Create((a, b) => a.Chunk.CompareTo(b.Chunk));

        /// <summary>The entry of a row of the table episodes.</summary>
        public static Entry Of(object?[] row) => Of((long)row[0]!, (long)row[1]!, (long)row[2]!, (byte[])row[^1]!);

        public static Entry Of(long chunk, long first, long count, byte[] checksum) =>
            new(chunk, (int)(first - chunk * EpisodeChunk.MostRows), (int)count, BinaryPrimitives.ReadUInt64LittleEndian(checksum),
                BinaryPrimitives.ReadUInt32LittleEndian(checksum.AsSpan(sizeof(ulong))));

        public static Entry Read(long chunk, ReadOnlySpan<byte> bytes) => new(chunk, BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[LowAt..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[HighAt..]));

        public void Write(Span<byte> bytes)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)Skipped);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], (ushort)Count);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[LowAt..], Low);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[HighAt..], High);
        }
    }
}
