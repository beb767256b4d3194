namespace GridWorld;

/// <summary>
/// The rows of a full buffer, packed without loss. A run keeps a million rows, and new memory costs a process far more than packing and
/// reuse.
/// </summary>
internal sealed class PackedEpisodes
{
    readonly PackedColumn[] columns = new PackedColumn[EpisodeColumns.All.Length];
    int[]?[]? actionCounts;
    int count;

    /// <summary>Packs the rows of a buffer, which replace the previous rows.</summary>
    public void Pack(EpisodeBuffer rows)
    {
        (count, actionCounts) = (rows.Count, rows.ActionCounts);
        foreach (var column in EpisodeColumns.All)
        {
            if (rows[column] is { } values)
                columns[column.Place].Pack(values.AsSpan(0, count));
            else
                columns[column.Place] = default;
        }
    }

    /// <summary>Unpacks the rows into a buffer of the same size.</summary>
    public void Unpack(EpisodeBuffer rows)
    {
        rows.Clear();
        (rows.Count, rows.ActionCounts) = (count, actionCounts);
        for (int c = 0; c < columns.Length; c++)
        {
            if (!columns[c].IsEmpty)
                columns[c].Unpack(rows.Room(c).AsSpan(0, count));
        }
    }
}
