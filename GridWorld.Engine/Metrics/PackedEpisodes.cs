namespace GridWorld;

/// <summary>
/// The rows of a full buffer in a fraction of its memory, to the last bit: a run keeps a million of them, and memory that is new
/// to a process costs it far more than to pack and to reuse.
/// </summary>
internal sealed class PackedEpisodes
{
    readonly PackedColumn[] columns = new PackedColumn[EpisodeColumns.All.Length];
    int[]?[]? actionCounts;
    int count;

    /// <summary>Takes the rows of a buffer in, in place of those before.</summary>
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

    /// <summary>Puts them back into a buffer of the same size.</summary>
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
