namespace GridWorld;

/// <summary>
/// One metric of the episodes at every resolution: level k has buckets of 2ᵏ episodes. Every episode counts in exactly one bucket
/// of every level. Levels below <see cref="BaseLevel"/> are computed from the raw rows. Each other level keeps its newest
/// <see cref="Kept"/> buckets, so that the pyramid of any run fits into a few megabytes.
/// </summary>
internal sealed class MetricPyramid(Func<long, long, Summary> raw)
{
    /// <summary>The finest level that is kept, and its bucket size.</summary>
    public const int BaseLevel = 6, BaseSize = 1 << BaseLevel;

    /// <summary>The number of buckets that each level keeps.</summary>
    public const int Kept = 1 << 16;

    const int Levels = 58;
    readonly PyramidLevel[] levels = new PyramidLevel[Levels];

    /// <summary>Number of episodes in complete base buckets.</summary>
    public long Complete => levels[BaseLevel].Count * BaseSize;

    /// <summary>Adds the next base bucket, and the buckets of higher levels that it completes.</summary>
    public void Append(in Summary bucket)
    {
        var merged = bucket;
        for (int k = BaseLevel; ; k++)
        {
            levels[k].Append(merged);
            if (levels[k].Count % 2 != 0)
                return;
            merged = levels[k][levels[k].Count - 2].With(merged);
        }
    }

    /// <summary>A range in at most <paramref name="points"/> buckets, at a cost that depends only on the number of points.</summary>
    /// <param name="start">First episode, from 1.</param>
    /// <param name="end">Last episode; at most <paramref name="episodes"/>.</param>
    /// <param name="points">Number of buckets, at least 1.</param>
    /// <param name="episodes">Number of episodes so far.</param>
    /// <param name="oldestRaw">First episode whose raw row is still kept.</param>
    public MetricBucket[] View(long start, long end, int points, long episodes, long oldestRaw)
    {
        (start, end) = (Math.Max(start, 1), Math.Min(end, episodes));
        if (start > end || points < 1)
            return [];
        int level = 0;
        while (Index(end, level) - Index(start, level) + 1 > points || !Has(level, start, oldestRaw))
            level++;

        long first = Index(start, level), last = Index(end, level);
        var view = new MetricBucket[last - first + 1];
        for (long b = first; b <= last; b++)
        {
            long from = b << level, to = Math.Min((b + 1) << level, episodes);
            view[b - first] = Bucket(b, level, from, to).Over(from + 1, to);
        }

        return view;
    }

    /// <summary>The sum over all episodes up to one at which a bucket of a view ends.</summary>
    public double Sum(long end)
    {
        double sum = 0;
        long from = 0;
        for (int k = Levels - 1; k >= BaseLevel; k--)
        {
            if (end - from >> k == 0 || from >> k >= levels[k].Count)
                continue;
            sum += levels[k][from >> k].Mean * levels[k][from >> k].Count;
            from += 1L << k;
        }

        var rest = from < end ? raw(from, end) : Summary.Empty;
        return rest.Count > 0 ? sum + rest.Mean * rest.Count : sum;
    }

    /// <summary>Complete buckets of a level, starting at an index, oldest first.</summary>
    public Summary[] Buckets(int level, long from)
    {
        from = Math.Max(from, levels[level].Oldest);
        var buckets = new Summary[Math.Max(0, levels[level].Count - from)];
        for (int i = 0; i < buckets.Length; i++)
            buckets[i] = levels[level][from + i];
        return buckets;
    }

    /// <summary>Complete buckets of a level before an index, oldest first.</summary>
    public Summary[] BucketsBefore(int level, long end) => Buckets(level, 0).AsSpan(0, (int)(end - FirstBefore(level, end))).ToArray();

    /// <summary>The index of the first of <see cref="BucketsBefore"/>.</summary>
    public long FirstBefore(int level, long end) => Math.Min(levels[level].Oldest, end);

    /// <summary>
    /// The newest episode, at most <paramref name="episodes"/>, at which the pyramid can be resumed: every level has the bucket before it,
    /// or gets one from the rows that follow.
    /// </summary>
    public long BaseOf(long episodes)
    {
        for (int shift = BaseLevel; ; shift++)
        {
            long start = (shift == BaseLevel ? episodes >> shift : Math.Max(0, (episodes >> shift) - 1)) << shift;
            int k = shift;
            while (start >> k > 0 && (start >> k) - 1 >= levels[k].Oldest)
                k++;
            if (start >> k == 0)
                return start;
        }
    }

    /// <summary>Number of complete buckets of a level.</summary>
    public long Count(int level) => levels[level].Count;

    /// <summary>Restores the buckets that <see cref="Buckets"/> returned.</summary>
    public void Restore(int level, long from, ReadOnlySpan<Summary> buckets) => levels[level].Restore(from, buckets);

    static long Index(long episode, int level) => (episode - 1) >> level;

    bool Has(int level, long start, long oldestRaw) => level < BaseLevel
        ? Index(start, level) << level >= oldestRaw - 1
        : Index(start, level) >= levels[level].Oldest || level == Levels - 1;

    // An incomplete bucket is merged from the largest complete buckets inside it and the raw rows at its end.
    Summary Bucket(long index, int level, long from, long to)
    {
        if (level >= BaseLevel && index < levels[level].Count && to == (index + 1) << level)
            return levels[level][index];
        if (level < BaseLevel)
            return raw(from, to);
        var sum = Summary.Empty;
        for (int k = level - 1; k >= BaseLevel; k--)
        {
            if (from + (1L << k) <= to && from >> k < levels[k].Count)
            {
                sum = sum.With(levels[k][from >> k]);
                from += 1L << k;
            }
        }

        return from < to ? sum.With(raw(from, to)) : sum;
    }
}
