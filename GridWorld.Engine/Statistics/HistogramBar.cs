namespace GridWorld;

/// <summary>A bar of a histogram.</summary>
/// <param name="Low">The least value that counts; the least of all for the first bar.</param>
/// <param name="High">The value below which others count; the greatest of all for the last bar, which counts it, too.</param>
/// <param name="Count">Number of values.</param>
internal readonly record struct HistogramBar(double Low, double High, long Count);
