using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// The policy of what a run file keeps. It keeps all named checkpoints and the newest automatic ones, fewer of these if they exceed the
/// budget. Other checkpoints are at most <see cref="Gap"/> of training apart if they fit into <see cref="Budget"/>, otherwise sparser the
/// older they are. It keeps raw episodes up to <see cref="Rows"/> and <see cref="RowBytes"/>. Dropped data can be replayed, bit for bit.
/// </summary>
internal sealed record Retention
{
    /// <summary>The number of newest automatic checkpoints to keep, regardless of their distance.</summary>
    public int Newest { get; init; } = 4;

    /// <summary>The number of these to keep regardless of their size: one, and an earlier one in case the first is damaged.</summary>
    public int Least { get; init; } = 2;

    /// <summary>The longest replay from one checkpoint to the next.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The most automatic checkpoints.</summary>
    public int Most { get; init; } = 1000;

    /// <summary>The most bytes of checkpoints, without the pages that only named checkpoints use.</summary>
    public long Budget { get; init; } = 256L << 20;

    /// <summary>The most raw episodes.</summary>
    public long Rows { get; init; } = 10_000_000;

    /// <summary>The most bytes of raw episodes.</summary>
    public long RowBytes { get; init; } = 128L << 20;

    /// <summary>The checkpoints to remove.</summary>
    /// <param name="checkpoints">All checkpoints, by episode.</param>
    /// <param name="stepsPerSecond">The speed of a replay.</param>
    /// <param name="ledger">The pages of the checkpoints, from which those of the returned checkpoints are removed.</param>
    public IReadOnlyList<StoredCheckpoint> Excess(IReadOnlyList<StoredCheckpoint> checkpoints, double stepsPerSecond, PageLedger ledger)
    {
        var excess = new List<StoredCheckpoint>();
        var kept = checkpoints.OrderBy(c => c.Step).ThenBy(c => c.Id).ToList();
        int newest = FirstOfNewest(Newest);
        if (newest < 0)
            return excess;

        // A checkpoint is useless if its neighbors are close together.
        double gap = Gap.TotalSeconds * Math.Max(stepsPerSecond, 0);
        for (int i = newest - 1; i >= 0; i--)
        {
            long from = i == 0 ? 0 : kept[i - 1].Step;
            if (kept[i].Name is null && kept[i + 1].Step - from <= gap)
                Drop(i);
        }

        long last = kept[^1].Step, budget = Budget
            + (ledger.Bytes <= Budget ? 0 : ledger.Bytes - ledger.BytesOf(kept.Where(c => c.Name is null).Select(c => c.Id)));
        int count = kept.Count(c => c.Name is null);
        while (ledger.Bytes > budget || count > Most)
        {
            // Removes the checkpoint whose gap would be smallest for its age, so that gaps grow exponentially with age.
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

    /// <summary>Drops the oldest raw episodes above the budget, except those that a resume from a checkpoint needs.</summary>
    /// <returns>The remaining rows and bytes.</returns>
    public (long Rows, long Bytes) ThinRows(SqliteConnection connection, IEnumerable<StoredCheckpoint> checkpoints)
    {
        var totals = connection.Rows("SELECT coalesce(sum(count), 0), coalesce(sum(length(data)), 0) FROM episodes")[0];
        var (rows, bytes) = ((long)totals[0]!, (long)totals[1]!);
        if (IsWithin(rows, bytes))
            return (rows, bytes);
        // Drops slightly more than necessary, so that this is not needed again at once.
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
