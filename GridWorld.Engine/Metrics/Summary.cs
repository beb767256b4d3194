using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Count, extremes, mean and sum of squared deviations of the finite ones of some numbers; two can be merged.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Summary(double Min, double Max, double Mean, double SquaredDeviations, long Count)
{
    public static readonly Summary Empty = new(double.PositiveInfinity, double.NegativeInfinity, 0, 0, 0);

    public double Std => Count == 0 ? double.NaN : Math.Sqrt(SquaredDeviations / Count);

    /// <summary>Two passes: exact where one pass of sums would cancel.</summary>
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

    /// <summary>As a bucket of the episodes from one to another; no number where none of them has one.</summary>
    public MetricBucket Over(long start, long end) => Count == 0
        ? new(start, end, double.NaN, double.NaN, double.NaN, double.NaN, 0)
        : new(start, end, Min, Max, Mean, Std, Count);

    /// <summary>The summary of both together. Chan, Golub and LeVeque, 1979.</summary>
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
