namespace GridWorld;

/// <summary>
/// The newest rows of a training that is read between its slices only: all packed, and filled by way of one buffer a thread, so that
/// ten thousand of them take the memory of what they hold.
/// </summary>
internal sealed class PackedRows
{
    const int Kept = (1 << 20) / EpisodeBuffer.Rows + 1;

    [ThreadStatic]
    static EpisodeBuffer? buffer;

    readonly List<PackedEpisodes> blocks = [];
    long episodes, dropped;

    /// <summary>The returns of all episodes, added up in their order.</summary>
    public double TotalReturn { get; private set; }

    /// <summary>Adds the rows that a slice of training puts into the buffer it is given.</summary>
    public void Fill(Action<EpisodeBuffer> train)
    {
        int before = (int)(episodes % EpisodeBuffer.Rows);
        var rows = before > 0 ? Unpack(blocks[^1]) : Room();
        train(rows);
        if (rows.Count == before)
            return;
        for (int row = before; row < rows.Count; row++)
            TotalReturn += rows.Returns[row];
        if (before == 0)
            blocks.Add(new());
        blocks[^1].Pack(rows);
        episodes += rows.Count - before;
        if (blocks.Count > Kept)
        {
            blocks.RemoveAt(0);
            dropped += EpisodeBuffer.Rows;
        }
    }

    /// <summary>Rows from an episode on; fewer, or none, where they are not kept.</summary>
    public EpisodeRecord[] Records(long first, int count)
    {
        first = Math.Max(first, dropped + 1);
        var records = new EpisodeRecord[Math.Clamp(episodes - first + 1, 0, count)];
        EpisodeBuffer? rows = null;
        for (int i = 0; i < records.Length; i++)
        {
            var (block, row) = Math.DivRem((int)(first - 1 + i - dropped), EpisodeBuffer.Rows);
            if (rows is null || row == 0)
                rows = Unpack(blocks[block]);
            records[i] = rows.Record(first + i - row, row);
        }

        return records;
    }

    static EpisodeBuffer Room()
    {
        buffer ??= new(EpisodeBuffer.Rows);
        buffer.Clear();
        return buffer;
    }

    static EpisodeBuffer Unpack(PackedEpisodes block)
    {
        var rows = Room();
        block.Unpack(rows);
        return rows;
    }
}
