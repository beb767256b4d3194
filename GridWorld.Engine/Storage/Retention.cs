using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// What stays in a run's file. All named checkpoints and the newest, of these fewer where they are larger than the budget; between the others no more than <see cref="Gap"/> of
/// training where they fit into <see cref="Budget"/>, and the further back the sparser where they do not. Raw episodes up to
/// <see cref="Rows"/> and <see cref="RowBytes"/>: what is dropped can be rerun, bit for bit.
/// </summary>
internal sealed record Retention
{
    /// <summary>The newest automatic checkpoints, kept however close together they are.</summary>
    public int Newest { get; init; } = 4;

    /// <summary>Of these, those that are kept whatever they cost: one, and one before it should it be damaged.</summary>
    public int Least { get; init; } = 2;

    /// <summary>What running from one checkpoint to the next may take.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The most automatic checkpoints.</summary>
    public int Most { get; init; } = 1000;

    /// <summary>Bytes of all checkpoints; those that only named ones use do not count.</summary>
    public long Budget { get; init; } = 256L << 20;

    /// <summary>Raw episodes.</summary>
    public long Rows { get; init; } = 10_000_000;

    /// <summary>Bytes of raw episodes.</summary>
    public long RowBytes { get; init; } = 128L << 20;

    /// <summary>Which checkpoints are to go.</summary>
    /// <param name="checkpoints">All, by episode.</param>
    /// <param name="stepsPerSecond">How fast they can be rerun.</param>
    /// <param name="ledger">Their pages; of those that are to go no more is there when this returns.</param>
    public IReadOnlyList<StoredCheckpoint> Excess(IReadOnlyList<StoredCheckpoint> checkpoints, double stepsPerSecond, PageLedger ledger)
    {
        var excess = new List<StoredCheckpoint>();
        var kept = checkpoints.OrderBy(c => c.Step).ThenBy(c => c.Id).ToList();
        int newest = FirstOfNewest(Newest);
        if (newest < 0)
            return excess;

        // Where even the neighbors of a checkpoint are close together, it adds nothing.
        double gap = Gap.TotalSeconds * Math.Max(stepsPerSecond, 0);
        for (int i = newest - 1; i >= 0; i--)
        {
            long from = i == 0 ? 0 : kept[i - 1].Step;
            if (kept[i].Name is null && kept[i + 1].Step - from <= gap)
                Drop(i);
        }

        long last = kept[^1].Step, budget = Budget + (ledger.Bytes <= Budget ? 0 : ledger.Bytes - ledger.BytesOf(kept.Where(c => c.Name is null).Select(c => c.Id)));
        int count = kept.Count(c => c.Name is null);
        while (ledger.Bytes > budget || count > Most)
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

            if (least >= 0)
            {
                count--;
                Drop(least);
            }
            else if (ledger.Bytes > budget && newest < FirstOfNewest(Least))
                newest = FirstOfNewest(Least);
            else
                break;
        }

        return excess;

        int FirstOfNewest(int left)
        {
            int first = kept.FindLastIndex(c => c.Name is null);
            for (left--; left > 0 && first > 0 && kept.FindLastIndex(first - 1, c => c.Name is null) is var before and >= 0; left--)
                first = before;
            return first;
        }

        void Drop(int i)
        {
            ledger.Remove(kept[i].Id);
            excess.Add(kept[i]);
            kept.RemoveAt(i);
            newest--;
        }
    }

    /// <summary>Drops the oldest raw episodes where there are more than the budget, but those that going on from a checkpoint needs.</summary>
    /// <returns>What there is then.</returns>
    public (long Rows, long Bytes) ThinRows(SqliteConnection connection, IEnumerable<StoredCheckpoint> checkpoints)
    {
        var totals = connection.Rows("SELECT coalesce(sum(count), 0), coalesce(sum(length(data)), 0) FROM episodes")[0];
        var (rows, bytes) = ((long)totals[0]!, (long)totals[1]!);
        if (IsWithin(rows, bytes))
            return (rows, bytes);
        // Somewhat more goes, so that it is not looked for again at once.
        var (fewRows, fewBytes) = (Rows - Rows / 50, RowBytes - RowBytes / 50);
        var needed = checkpoints.Select(c => (c.Episode - 1) / EpisodeChunk.MostRows).ToHashSet();
        foreach (var row in connection.Rows("SELECT chunk, count, length(data) FROM episodes ORDER BY chunk"))
        {
            if (rows <= fewRows && bytes <= fewBytes)
                break;
            if (needed.Contains((long)row[0]!))
                continue;
            EpisodeTable.Delete(connection, "WHERE chunk = $0", row[0]);
            (rows, bytes) = (rows - (long)row[1]!, bytes - (long)row[2]!);
        }

        return (rows, bytes);
    }

    /// <summary>Whether raw episodes are within the budget.</summary>
    public bool IsWithin(long rows, long bytes) => rows <= Rows && bytes <= RowBytes;
}
