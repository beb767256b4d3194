using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Count, extremes, mean and sum of squared deviations of some numbers; two can be merged.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Summary(double Min, double Max, double Mean, double SquaredDeviations, long Count)
{
    public static readonly Summary Empty = new(double.PositiveInfinity, double.NegativeInfinity, 0, 0, 0);

    public double Std => Count == 0 ? double.NaN : Math.Sqrt(SquaredDeviations / Count);

    /// <summary>Two passes: exact where one pass of sums would cancel.</summary>
    public static Summary Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return Empty;
        double min = values[0], max = values[0], sum = 0, squares = 0;
        foreach (double v in values)
        {
            sum += v;
            min = Math.Min(min, v);
            max = Math.Max(max, v);
        }

        double mean = sum / values.Length;
        foreach (double v in values)
            squares += (v - mean) * (v - mean);
        return new(min, max, mean, squares, values.Length);
    }

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
