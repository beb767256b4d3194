using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// What stays in a run's file. All named checkpoints and the newest; between the others no more than <see cref="Gap"/> of
/// training where they fit into <see cref="Budget"/>, and the further back the sparser where they do not. Raw episodes up to
/// <see cref="Rows"/> and <see cref="RowBytes"/>: what is dropped can be run again, the same to the bit.
/// </summary>
internal sealed record Retention
{
    /// <summary>Automatic checkpoints that are kept whatever they cost.</summary>
    public int Newest { get; init; } = 4;

    /// <summary>What running from one checkpoint to the next may take.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The most automatic checkpoints.</summary>
    public int Most { get; init; } = 1000;

    /// <summary>Bytes of all automatic checkpoints.</summary>
    public long Budget { get; init; } = 256L << 20;

    /// <summary>Raw episodes.</summary>
    public long Rows { get; init; } = 10_000_000;

    /// <summary>Bytes of raw episodes.</summary>
    public long RowBytes { get; init; } = 128L << 20;

    /// <summary>Which checkpoints may go.</summary>
    /// <param name="checkpoints">All, by episode.</param>
    /// <param name="stepsPerSecond">How fast they can be run again.</param>
    public IReadOnlyList<StoredCheckpoint> Excess(IReadOnlyList<StoredCheckpoint> checkpoints, double stepsPerSecond)
    {
        var excess = new List<StoredCheckpoint>();
        var kept = checkpoints.OrderBy(c => c.Step).ThenBy(c => c.Id).ToList();
        int newest = kept.FindLastIndex(c => c.Name is null);
        for (int left = Newest - 1; left > 0 && newest > 0; left--)
            newest = kept.FindLastIndex(newest - 1, c => c.Name is null);
        if (newest < 0)
            return excess;

        // Where even the neighbours of a checkpoint are close together, it adds nothing.
        double gap = Gap.TotalSeconds * Math.Max(stepsPerSecond, 0);
        for (int i = newest - 1; i >= 0; i--)
        {
            long from = i == 0 ? 0 : kept[i - 1].Step;
            if (kept[i].Name is null && kept[i + 1].Step - from <= gap)
                Drop(i);
        }

        long bytes = kept.Where(c => c.Name is null).Sum(c => c.Bytes), last = kept[^1].Step;
        int count = kept.Count(c => c.Name is null);
        while (bytes > Budget || count > Most)
        {
            // The one whose gap would be smallest for its age: gaps come to grow with age, exponentially.
            int least = -1;
            double smallest = double.PositiveInfinity;
            for (int i = 0; i < newest; i++)
            {
                double relative = (kept[i + 1].Step - (i == 0 ? 0 : kept[i - 1].Step)) / (double)(last - kept[i].Step + 1);
                if (kept[i].Name is null && relative < smallest)
                    (least, smallest) = (i, relative);
            }

            if (least < 0)
                break;
            bytes -= kept[least].Bytes;
            count--;
            Drop(least);
        }

        return excess;

        void Drop(int i)
        {
            excess.Add(kept[i]);
            kept.RemoveAt(i);
            newest--;
        }
    }

    /// <summary>Drops the oldest raw episodes beyond the budget, but those that going on from a checkpoint needs.</summary>
    public void ThinRows(SqliteConnection connection, IEnumerable<StoredCheckpoint> checkpoints)
    {
        var totals = connection.Rows("SELECT coalesce(sum(count), 0), coalesce(sum(length(data)), 0) FROM episodes")[0];
        var (rows, bytes) = ((long)totals[0]!, (long)totals[1]!);
        if (rows <= Rows && bytes <= RowBytes)
            return;
        var needed = checkpoints.Select(c => (c.Episode - 1) / EpisodeTable.ChunkRows).ToHashSet();
        foreach (var row in connection.Rows("SELECT chunk, count, length(data) FROM episodes ORDER BY chunk"))
        {
            if (rows <= Rows && bytes <= RowBytes)
                break;
            if (needed.Contains((long)row[0]!))
                continue;
            connection.Run("DELETE FROM episodes WHERE chunk = $0", row[0]);
            (rows, bytes) = (rows - (long)row[1]!, bytes - (long)row[2]!);
        }
    }
}
