namespace GridWorld;

/// <summary>
/// The newest buckets of one level: a ring, in pages, so that growth copies one page at most and never allocates more than the next page.
/// </summary>
internal struct PyramidLevel
{
    const int FirstPage = 64, Page = 1 << 10;
    Summary[]?[]? pages;
    long first;

    public long Count { get; private set; }

    public readonly long Oldest => Math.Max(first, Count - MetricPyramid.Kept);

    public readonly Summary this[long index] => pages![(int)(index % MetricPyramid.Kept / Page)]![(int)(index % Page)];

    public void Append(in Summary bucket)
    {
        pages ??= new Summary[]?[MetricPyramid.Kept / Page];
        ref var page = ref pages[(int)(Count % MetricPyramid.Kept / Page)];
        int at = (int)(Count % Page);
        if (page is null || page.Length == at)
            Array.Resize(ref page, Count >= Page ? Page : Math.Clamp(at * 2, FirstPage, Page));
        page[at] = bucket;
        Count++;
    }

    public void Restore(long from, ReadOnlySpan<Summary> buckets)
    {
        (Count, first) = (from, from);
        foreach (var bucket in buckets)
            Append(bucket);
    }
}
