using System.Globalization;

namespace GridWorld;

/// <summary>
/// The learning curve of one seed: consecutive buckets of episodes, each with the mean of its returns. Curves of several seeds are brought
/// to the same points of episodes or of steps before they are averaged or compared.
/// </summary>
/// <param name="Episodes">Episodes that had ended at the end of each bucket; from 1, strictly increasing.</param>
/// <param name="Steps">Steps that had been taken by then; from 1, strictly increasing; as many values.</param>
/// <param name="MeanReturns">Mean return of the episodes of each bucket, finite; as many values.</param>
public sealed record LearningCurve(IReadOnlyList<long> Episodes, IReadOnlyList<long> Steps, IReadOnlyList<double> MeanReturns)
{
    /// <summary>Episodes that had ended at the end of each bucket.</summary>
    public IReadOnlyList<long> Episodes { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Episodes);

    /// <summary>Steps that had been taken at the end of each bucket.</summary>
    public IReadOnlyList<long> Steps { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Steps);

    /// <summary>Mean return of the episodes of each bucket.</summary>
    public IReadOnlyList<double> MeanReturns { get; init => field = Guard.NotNull(value); } = Guard.NotNull(MeanReturns);

    /// <summary>Returns equally spaced points that all curves reach. The last point is the end of the shortest curve.</summary>
    /// <param name="axis">Episodes or steps.</param>
    /// <param name="curves">The curves of all seeds of all agents to compare; at least one.</param>
    /// <param name="count">The number of points, 1 … 1,000,000. Default 200. Fewer are returned if the shortest curve is shorter.</param>
    /// <exception cref="InputException">There is no curve, a curve is invalid, or <paramref name="count"/> is out of range.</exception>
    public static IReadOnlyList<long> CommonPoints(CurveAxis axis, IReadOnlyList<LearningCurve> curves, int count = 200)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var faults = new Faults().Require(curves.Count > 0, "Common points need at least one curve (got none).")
            .Require(count is >= 1 and <= 1_000_000, $"The number of points must be between 1 and 1000000 (got {count}).");
        foreach (var curve in curves)
            faults.Collect(() => curve.Check(axis));
        faults.ThrowIfAny();
        long end = curves.Min(curve => curve.Ends(axis)[^1]);
        count = (int)Math.Min(count, end);
        return [.. Enumerable.Range(1, count).Select(k => (long)((Int128)end * k / count))];
    }

    /// <summary>
    /// Returns for every point the mean return of the episodes since the point before (since the start for the first point). The episodes
    /// and the steps of a bucket count as spread evenly over it.
    /// </summary>
    /// <param name="axis">Episodes or steps.</param>
    /// <param name="points">Points on that axis; from 1, strictly increasing, none beyond the end of the curve.</param>
    /// <exception cref="InputException">The curve is invalid or the points are out of range.</exception>
    public IReadOnlyList<double> At(CurveAxis axis, IReadOnlyList<long> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        Check(axis);
        var ends = Ends(axis);
        new Faults().Require(IsRising(points) && (points.Count == 0 || points[^1] <= ends[^1]),
            $"Points must increase strictly from 1 to at most {ends[^1]}, the end of the curve. Use CommonPoints.").ThrowIfAny();
        double[] values = new double[points.Count];
        int bucket = 0;
        double from = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double returns = 0, episodes = 0;
            while (from < points[i])
            {
                // The part of this bucket up to the point.
                double start = bucket == 0 ? 0 : ends[bucket - 1], to = Math.Min(points[i], ends[bucket]);
                double share = (to - from) / (ends[bucket] - start);
                double part = share * (Episodes[bucket] - (bucket == 0 ? 0 : Episodes[bucket - 1]));
                episodes += part;
                returns += part * MeanReturns[bucket];
                from = to;
                bucket += to == ends[bucket] ? 1 : 0;
            }

            values[i] = returns / episodes;
        }

        return values;
    }

    IReadOnlyList<long> Ends(CurveAxis axis) => axis == CurveAxis.Steps ? Steps : Episodes;

    void Check(CurveAxis axis)
    {
        var faults = new Faults()
            .Require(Enum.IsDefined(axis), $"Axis must be {nameof(CurveAxis.Episodes)} or {nameof(CurveAxis.Steps)} (got {axis}).")
            .Require(Episodes.Count > 0 && Episodes.Count == Steps.Count && Episodes.Count == MeanReturns.Count,
            "A curve must have at least one bucket, and one value of episodes, steps and mean return per bucket "
            + $"(got {Episodes.Count}, {Steps.Count} and {MeanReturns.Count}).")
            .Require(IsRising(Episodes), "The episodes at the ends of the buckets must increase strictly from 1. They are cumulative.")
            .Require(IsRising(Steps), "The steps at the ends of the buckets must increase strictly from 1. They are cumulative.");
        for (int i = 0; i < MeanReturns.Count; i++)
        {
            faults.Require(double.IsFinite(MeanReturns[i]), string.Create(CultureInfo.InvariantCulture,
                $"The mean return of every bucket must be finite (bucket {i} has {MeanReturns[i]}). Merge it with a neighbor."));
        }

        faults.ThrowIfAny();
    }

    static bool IsRising(IReadOnlyList<long> values)
    {
        long before = 0;
        foreach (long value in values)
        {
            if (value <= before)
                return false;
            before = value;
        }

        return true;
    }
}
