using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Count, extremes, mean and sum of squared deviations of the finite values among some numbers. Summaries can be merged.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Summary(double Min, double Max, double Mean, double SquaredDeviations, long Count)
{
    public static readonly Summary Empty = new(double.PositiveInfinity, double.NegativeInfinity, 0, 0, 0);

    public double Std => Count == 0 ? double.NaN : Math.Sqrt(SquaredDeviations / Count);

    /// <summary>Summarizes values in two passes, because the sums of a single pass would cancel.</summary>
    public static Summary Of(ReadOnlySpan<double> values)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity, sum = 0, squares = 0;
        long count = 0;
        foreach (double v in values)
        {
            if (!double.IsFinite(v))
                continue;
            count++;
            sum += v;
            min = Math.Min(min, v);
            max = Math.Max(max, v);
        }

        if (count == 0)
            return Empty;
        double mean = sum / count;
        foreach (double v in values)
            squares += double.IsFinite(v) ? (v - mean) * (v - mean) : 0;
        return new(min, max, mean, squares, count);
    }

    /// <summary>A bucket of the episodes from start to end; NaN if no value is finite.</summary>
    public MetricBucket Over(long start, long end) => Count == 0
        ? new(start, end, double.NaN, double.NaN, double.NaN, double.NaN, 0)
        : new(start, end, Min, Max, Mean, Std, Count);

    /// <summary>The summary of both sets of values. Chan, Golub and LeVeque, 1979.</summary>
    public Summary With(in Summary other)
    {
        if (Count == 0)
            return other;
        if (other.Count == 0)
            return this;
        long count = Count + other.Count;
        double difference = other.Mean - Mean;
        return new(Math.Min(Min, other.Min), Math.Max(Max, other.Max), Mean + difference * other.Count / count,
            SquaredDeviations + other.SquaredDeviations + difference * difference * Count * other.Count / count, count);
    }
}
