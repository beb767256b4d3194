namespace GridWorld;

/// <summary>
/// The episodes of a run: the newest as raw rows, all of them as pyramids of return and length. The training thread fills
/// <see cref="Current"/> and calls <see cref="Account"/> between slices; anyone may read.
/// </summary>
internal sealed class EpisodeHistory
{
    // A shorter run is judged by stretches whose blocks are smaller than the buckets.
    const int WholeRows = 2 * 64 * MetricPyramid.BaseSize;
    readonly Lock gate = new();
    readonly PackedEpisodes?[] full;
    readonly MetricPyramid returns, lengths;
    readonly EpisodeBuffer current = new(EpisodeBuffer.Rows);
    EpisodeBuffer? unpacked;
    long firstOfCurrent, accounted, firstOfUnpacked = -1;

    /// <param name="keptRows">
    /// The least number of raw rows to keep. The default, 1,048,576, takes about 5 MB if ε is constant and returns are small whole numbers,
    /// and at most 30 MB.
    /// </param>
    /// <param name="episodes">Number of episodes before the first one that will be added.</param>
    public EpisodeHistory(long keptRows = 1 << 20, long episodes = 0)
    {
        full = new PackedEpisodes?[(int)Math.Max(2, keptRows / EpisodeBuffer.Rows)];
        returns = new((from, to) => Raw(EpisodeColumns.Return, from, to));
        lengths = new((from, to) => Raw(EpisodeColumns.Length, from, to));
        accounted = episodes;
        firstOfCurrent = episodes - episodes % EpisodeBuffer.Rows + 1;
        current.Count = (int)(episodes % EpisodeBuffer.Rows);
        OldestRaw = episodes + 1;
    }

    /// <summary>The buffer that the loop fills.</summary>
    public EpisodeBuffer Current => current;

    /// <summary>Number of episodes accounted for.</summary>
    public long Episodes
    {
        get
        {
            lock (gate)
                return accounted;
        }
    }

    /// <summary>The sum of the returns of the episodes that were added to this object, in their order.</summary>
    public double TotalReturn { get; private set; }

    /// <summary>The first episode whose raw row is kept.</summary>
    public long OldestRaw { get; private set; }

    /// <summary>Makes the rows that the loop has added visible, and packs the buffer if it is full.</summary>
    public void Account()
    {
        lock (gate)
        {
            // A history that begins in the middle of a run without the buckets of the earlier episodes has rows only.
            while (returns.Complete >= OldestRaw - 1 && returns.Complete + MetricPyramid.BaseSize <= firstOfCurrent - 1 + current.Count)
            {
                long from = returns.Complete;
                returns.Append(Raw(EpisodeColumns.Return, from, from + MetricPyramid.BaseSize));
                lengths.Append(Raw(EpisodeColumns.Length, from, from + MetricPyramid.BaseSize));
            }

            for (int row = (int)(accounted - firstOfCurrent + 1); row < current.Count; row++)
                TotalReturn += current.Returns[row];
            accounted = firstOfCurrent - 1 + current.Count;
            if (!current.IsFull)
                return;
            (full[Slot(firstOfCurrent - 1)] ??= new()).Pack(current);
            current.Clear();
            firstOfCurrent += current.Capacity;
            OldestRaw = Math.Max(OldestRaw, accounted + 1 - (full.Length - 1L) * EpisodeBuffer.Rows);
        }
    }

    /// <summary>The return in at most <paramref name="points"/> buckets, as it was after episode <paramref name="until"/>.</summary>
    public MetricBucket[] Returns(long start, long end, int points, long until = long.MaxValue)
    {
        lock (gate)
            return returns.View(start, end, points, Math.Min(accounted, until), OldestRaw);
    }

    /// <summary>The length in at most <paramref name="points"/> buckets, as it was after episode <paramref name="until"/>.</summary>
    public MetricBucket[] Lengths(long start, long end, int points, long until = long.MaxValue)
    {
        lock (gate)
            return lengths.View(start, end, points, Math.Min(accounted, until), OldestRaw);
    }

    /// <summary>Whether the history still keeps everything that a view as of an episode needs.</summary>
    public bool Reaches(long episode)
    {
        lock (gate)
            return returns.BaseOf(episode) is var start && start >= OldestRaw - 1 && episode - start < MetricPyramid.BaseSize
                && (OldestRaw == 1 || episode >= WholeRows);
    }

    /// <summary>The number of steps up to an episode at which a bucket of a view ends.</summary>
    public long StepsThrough(long episode)
    {
        lock (gate)
            return (long)Math.Round(lengths.Sum(Math.Min(episode, accounted)));
    }

    /// <summary>Raw rows, starting at an episode; fewer or none if they are no longer kept.</summary>
    public EpisodeRecord[] Records(long first, int count)
    {
        lock (gate)
        {
            first = Math.Max(first, OldestRaw);
            var records = new EpisodeRecord[Math.Clamp(accounted - first + 1, 0, count)];
            for (int i = 0; i < records.Length; i++)
            {
                var (buffer, row) = Locate(first - 1 + i);
                records[i] = buffer.Record(first + i - row, row);
            }

            return records;
        }
    }

    /// <summary>
    /// The mean of the finite returns among the last <paramref name="count"/> episodes up to <paramref name="until"/>; null if there are
    /// none.
    /// </summary>
    public double? MeanReturn(int count, long until = long.MaxValue)
    {
        lock (gate)
        {
            until = Math.Min(until, accounted);
            long from = Math.Max(until - count, OldestRaw - 1);
            return from < until && Raw(EpisodeColumns.Return, from, until) is { Count: > 0 } last ? last.Mean : null;
        }
    }

    /// <summary>The return of a range of episodes as one bucket; null if their raw rows are no longer kept.</summary>
    public MetricBucket? Mean(long start, long end)
    {
        lock (gate)
        {
            if (start < OldestRaw || end > accounted)
                return null;
            return Raw(EpisodeColumns.Return, start - 1, end).Over(start, end);
        }
    }

    /// <summary>The new content for a store: all complete buckets and the newest raw rows.</summary>
    /// <param name="episodes">Number of episodes in the store.</param>
    /// <param name="rowsFrom">Number of episodes whose raw rows are in the store. Default: <paramref name="episodes"/>.</param>
    /// <param name="rowLimit">The most raw rows to return.</param>
    public HistoryDelta Since(long episodes, long? rowsFrom = null, int rowLimit = 1 << 16)
    {
        lock (gate)
        {
            long from = Math.Max(Math.Max(rowsFrom ?? episodes, OldestRaw - 1), accounted - rowLimit);
            var rows = Rows(from, accounted);
            var levels = new List<HistoryLevel>();
            for (int k = MetricPyramid.BaseLevel; returns.Count(k) > 0; k++)
            {
                long first = episodes >> k;
                if (first < returns.Count(k))
                    levels.Add(new(k, returns.Count(k) - returns.Buckets(k, first).Length, returns.Buckets(k, first),
                        lengths.Buckets(k, first)));
            }

            return new(from + 1, rows, levels);
        }
    }

    /// <summary>An independent copy of the history as it was after an episode.</summary>
    /// <param name="episode">Number of the episode, at most <see cref="Episodes"/>.</param>
    /// <param name="again">Replays episodes whose rows are no longer kept: those after the first number, up to the second, in
    /// parts.</param>
    public EpisodeHistory Until(long episode, Func<long, long, IEnumerable<EpisodeBuffer>> again)
    {
        long from;
        EpisodeBuffer? rows = null;
        var levels = new List<HistoryLevel>();
        lock (gate)
        {
            long start = returns.BaseOf(episode);
            // The mean of the last hundred needs their rows.
            from = episode < WholeRows ? 0 : Math.Min(start, episode - 200);
            for (int k = MetricPyramid.BaseLevel; start >> k > 0; k++)
                levels.Add(new(k, returns.FirstBefore(k, start >> k), returns.BucketsBefore(k, start >> k),
                    lengths.BucketsBefore(k, start >> k)));
            if (start >= OldestRaw - 1 && (OldestRaw == 1 || episode >= WholeRows))
            {
                from = Math.Min(start, Math.Max(OldestRaw, OldestKept(episode)) - 1);
                rows = Rows(from, episode);
            }
        }

        var history = Restore(new(from + 1, rows ?? new(0), levels), episode);
        foreach (var part in rows is null ? again(from, episode) : [])
            history.Add(part, 0, part.Count);
        return history;
    }

    /// <summary>The oldest episode whose raw row a history of this length keeps.</summary>
    public static long OldestKept(long episodes, long keptRows = 1 << 20) =>
        Math.Max(0, episodes / EpisodeBuffer.Rows + 1 - Math.Max(2, keptRows / EpisodeBuffer.Rows)) * EpisodeBuffer.Rows + 1;

    /// <summary>Rebuilds the history up to an episode from a store's content.</summary>
    public static EpisodeHistory Restore(HistoryDelta delta, long episodes, long keptRows = 1 << 20)
    {
        var history = new EpisodeHistory(keptRows, Math.Max(delta.FirstRow - 1, 0));
        foreach (var level in delta.Levels)
        {
            history.returns.Restore(level.Level, level.First, level.Returns);
            history.lengths.Restore(level.Level, level.First, level.Lengths);
        }

        history.Add(delta.Rows, 0, (int)Math.Clamp(episodes - delta.FirstRow + 1, 0, delta.Rows.Count));
        return history;
    }

    /// <summary>Adds the next rows, which a reader of a store receives while the run continues.</summary>
    public void Add(EpisodeBuffer rows, int from, int count)
    {
        while (count > 0)
        {
            int part = Math.Min(count, current.Capacity - current.Count);
            current.CopyFrom(rows, from, part);
            (from, count) = (from + part, count - part);
            Account();
        }
    }

    int Slot(long index) => (int)(index / EpisodeBuffer.Rows % full.Length);

    (EpisodeBuffer Buffer, int Row) Locate(long index)
    {
        int row = (int)(index % EpisodeBuffer.Rows);
        long first = index - row + 1;
        if (first == firstOfCurrent)
            return (current, row);
        if (first != firstOfUnpacked)
            full[Slot(index)]!.Unpack(unpacked ??= new(EpisodeBuffer.Rows));
        firstOfUnpacked = first;
        return (unpacked!, row);
    }

    EpisodeBuffer Rows(long from, long to)
    {
        var rows = new EpisodeBuffer((int)(to - from));
        for (long e = from; e < to; e += EpisodeBuffer.Rows - e % EpisodeBuffer.Rows)
        {
            var (buffer, row) = Locate(e);
            rows.CopyFrom(buffer, row, (int)Math.Min(to - e, EpisodeBuffer.Rows - row));
        }

        return rows;
    }

    // Rows from + 1 … to. Base buckets never cross the edge of a buffer; a raw bucket of a view is at most as long as a base bucket.
    Summary Raw(EpisodeColumn column, long from, long to)
    {
        var sum = Summary.Empty;
        while (from < to)
        {
            var (buffer, row) = Locate(from);
            int count = (int)Math.Min(to - from, EpisodeBuffer.Rows - row);
            sum = sum.With(Summary.Of(buffer[column].AsSpan(row, count)));
            from += count;
        }

        return sum;
    }
}
