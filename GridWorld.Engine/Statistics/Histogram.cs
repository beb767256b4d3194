namespace GridWorld;

/// <summary>How often values occur.</summary>
internal static class Histogram
{
    const double Tail = 0.02;

    /// <summary>
    /// Counts values in bars of one round width. The first and the last bar hold everything beyond the 2 % and 98 % quantiles, however far:
    /// a few outliers would press all others into one bar. Values that are not finite are left out.
    /// </summary>
    /// <param name="values">The values, in any order.</param>
    /// <param name="most">The most bars, at least 4.</param>
    public static IReadOnlyList<HistogramBar> Of(IEnumerable<double> values, int most)
    {
        double[] sorted = [.. values.Where(double.IsFinite)];
        if (sorted.Length == 0)
            return [];
        Array.Sort(sorted);
        double low = Quantiles.OfSorted(sorted, Tail), high = Quantiles.OfSorted(sorted, 1 - Tail);
        if (!(high > low))
            (low, high) = (sorted[0], sorted[^1]);
        double width = Round((high - low) / (most - 3));
        if (!(width > 0) || !double.IsFinite(width))
            return [new(sorted[0], sorted[^1], sorted.Length)];
        double first = Math.Floor(low / width) * width;
        int bars = (int)Math.Min(most, Math.Floor((high - first) / width) + 1);
        long[] counts = new long[bars];
        foreach (double value in sorted)
            counts[(int)Math.Clamp(Math.Floor((value - first) / width), 0, bars - 1)]++;
        return [.. counts.Select((count, k) => new HistogramBar(k == 0 ? Math.Min(first, sorted[0]) : Edge(k),
            k == bars - 1 ? Math.Max(Edge(bars), sorted[^1]) : Edge(k + 1), count))];

        double Edge(int k) => first + k * width;
    }

    // The next of 1, 2, 5 times a power of ten.
    static double Round(double width)
    {
        if (!(width > 0))
            return 0;
        double power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        return power * (width <= power ? 1 : width <= 2 * power ? 2 : width <= 5 * power ? 5 : 10);
    }
}
