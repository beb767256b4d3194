using System.Text.Json;

namespace GridWorld;

/// <summary>One curve of one view. Remembers what the page has and returns the differences. Applying them twice is harmless.</summary>
internal sealed class CurveFeed(string name)
{
    IReadOnlyList<MetricBucket>? sent;
    long size;

    /// <summary>The edges of the page's buckets: the episode before the first bucket, and the last episode of each.</summary>
    public IReadOnlyList<long> Edges => sent is [var first, ..] ? [first.Start - 1, .. sent.Select(bucket => bucket.End)] : [];

    /// <summary>The changed buckets; all of them if their size changed.</summary>
    public IEnumerable<Section> Changes(IReadOnlyList<MetricBucket> now)
    {
        if (sent is not null && now.SequenceEqual(sent))
            return [];
        var sizeNow = SizeOf(now);
        var reset = sent is null || sizeNow != size;
        var points = reset ? now : [.. Differing(sent!, now)];
        (sent, size) = (now, sizeNow);
        var (from, to) = now.Count == 0 ? (1, 0) : (now[0].Start, now[^1].End);
        return Section.Cut(name, [.. points.Select(WireBucket.Of)], WireJson.Default.WireBucket,
            first => JsonSerializer.SerializeToUtf8Bytes(new(from, to, sizeNow, reset && first, []), WireJson.Default.WireCurve));
    }

    static IEnumerable<MetricBucket> Differing(IReadOnlyList<MetricBucket> before, IReadOnlyList<MetricBucket> now)
    {
        var k = 0;
        foreach (var bucket in now)
        {
            while (k < before.Count && before[k].Start < bucket.Start)
                k++;
            if (k == before.Count || before[k] != bucket)
                yield return bucket;
        }
    }

    // Buckets start at multiples of their size, a power of two. The last bucket can be shorter, and so can a single one.
    public static long SizeOf(IReadOnlyList<MetricBucket> buckets)
    {
        if (buckets.Count > 1)
            return buckets[1].Start - buckets[0].Start;
        var size = 1L;
        while (buckets is [var only] && size < only.End - only.Start + 1)
            size *= 2;
        return size;
    }
}
