using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GridWorld;

/// <summary>
/// A curve averaged over seeds, with an interval at each of its points. The band is pointwise: at each point, the interval covers with the
/// given confidence, but all points together are covered less often.
/// </summary>
/// <param name="Estimate">The mean, or interquartile mean, over seeds at each point.</param>
/// <param name="Low">Lower end at each point.</param>
/// <param name="High">Upper end at each point.</param>
/// <param name="Level">Confidence level of a point, in (0, 1).</param>
/// <param name="Method">The method that was used.</param>
public sealed record CurveBand(IReadOnlyList<double> Estimate, IReadOnlyList<double> Low, IReadOnlyList<double> High, double Level,
    IntervalMethod Method)
{
    const int Lanes = 16;
    const long MostValues = 200_000_000;

    /// <summary>Averages the curves of the seeds. All points share one set of resamples of the seeds.</summary>
    /// <param name="curves">For each seed, one finite value per point, such as the result of <see cref="LearningCurve.At"/>.</param>
    /// <param name="aggregate"><see cref="Aggregate.Mean"/>, the default, or <see cref="Aggregate.InterquartileMean"/>.</param>
    /// <param name="bootstrap">
    /// Level and resamples; null for the defaults. <see cref="IntervalMethod.Percentile"/> is used if requested; any other method is
    /// replaced by <see cref="IntervalMethod.ExpandedPercentile"/>.
    /// </param>
    /// <exception cref="InputException">
    /// There are fewer than 2 curves, their lengths differ, a value is NaN or infinite, or an option is out of range.
    /// </exception>
    public static CurveBand Of(IReadOnlyList<IReadOnlyList<double>> curves, Aggregate aggregate = Aggregate.Mean,
        Bootstrap? bootstrap = null)
    {
        bootstrap ??= Bootstrap.Default;
        double[][] rows = Rows(curves, aggregate, bootstrap);
        int seeds = rows.Length, points = rows[0].Length, resamples = bootstrap.Resamples;
        bool isMean = aggregate == Aggregate.Mean;
        int cut = isMean ? 0 : seeds / 4;
        int[] rowOrder = [.. Enumerable.Range(0, seeds)];
        double[][] columns = [.. Enumerable.Range(0, points).Select(p => rows.Select(row => row[p]).ToArray())];
        int[][] orders = [.. columns.Select(column => isMean ? rowOrder : Sort(column))];
        double[] values = new double[points * resamples];
        Parallel.For(0, (resamples + Lanes - 1) / Lanes, bootstrap.Parallelism, block =>
        {
            int first = block * Lanes, count = Math.Min(Lanes, resamples - first);
            double[] counts = new double[seeds * Lanes];
            for (int b = 0; b < count; b++)
            {
                var rng = bootstrap.Generator(first + b);
                for (int i = 0; i < seeds; i++)
                    counts[rng.Below(seeds) * Lanes + b]++;
            }

            Span<double> sums = stackalloc double[Lanes];
            for (int p = 0; p < points; p++)
            {
                Middle(MemoryMarshal.Cast<double, Vector256<double>>(counts), orders[p], columns[p], cut,
                    MemoryMarshal.Cast<double, Vector256<double>>(sums));
                sums[..count].CopyTo(values.AsSpan(p * resamples + first));
            }
        });

        var method = bootstrap.Method == IntervalMethod.Percentile ? bootstrap.Method : IntervalMethod.ExpandedPercentile;
        double tail = (1 - bootstrap.Level) / 2;
        var (low, high) = method == IntervalMethod.Percentile ? (tail, 1 - tail) : Resampling.Expanded(seeds, seeds - 1, tail);
        double[] lows = new double[points], highs = new double[points];
        Parallel.For(0, points, bootstrap.Parallelism, p =>
        {
            var column = values.AsSpan(p * resamples, resamples);
            (lows[p], highs[p]) = (Quantiles.Of(column, low), Quantiles.Of(column, high));
        });
        return new([.. columns.Select(column => column.AsSpan(cut..^cut).ToArray().Sum() / (seeds - 2 * cut))], lows, highs,
            bootstrap.Level, method);
    }

    static double[][] Rows(IReadOnlyList<IReadOnlyList<double>> curves, Aggregate aggregate, Bootstrap bootstrap)
    {
        ArgumentNullException.ThrowIfNull(curves);
        bootstrap.Check();
        int points = curves.Count == 0 ? 0 : curves[0]?.Count ?? 0;
        var faults = new Faults()
            .Require(aggregate is Aggregate.Mean or Aggregate.InterquartileMean,
            $"The aggregate of a band must be {nameof(Aggregate.Mean)} or {nameof(Aggregate.InterquartileMean)} (got {aggregate}).")
            .Require(curves.Count >= 2, $"A band needs the curves of at least 2 seeds (got {curves.Count}). Train more seeds.")
            .Require(curves.All(curve => curve?.Count == points) && points > 0,
            "All curves must have the same number of points, at least 1. Use LearningCurve.At.")
            .Require((long)points * bootstrap.Resamples <= MostValues,
            $"Points × resamples must be at most {MostValues} (got {points} × {bootstrap.Resamples}). Use fewer resamples.");
        faults.ThrowIfAny();
        double[][] rows = [.. curves.Select(curve => curve.ToArray())];
        for (int i = 0; i < rows.Length; i++)
            Scores.Check(faults, rows[i], $"Curve {i}");
        faults.ThrowIfAny();
        // The order of the seeds must not matter.
        Array.Sort(rows, (a, b) => a.AsSpan().SequenceCompareTo(b));
        return rows;
    }

    /// <summary>Sorts values and returns the places they came from.</summary>
    static int[] Sort(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(values, order);
        return order;
    }

    // The mean without `cut` values at each end, of 16 resamples at a time. A resample's sum takes the values in their order, in a lane
    // of its own: the width of the processor's vectors changes no bit.
    static void Middle(ReadOnlySpan<Vector256<double>> counts, int[] order, double[] values, int cut, Span<Vector256<double>> means)
    {
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        if (cut == 0)
        {
            for (int i = 0; i < order.Length; i++)
            {
                var value = Vector256.Create(values[i]);
                var row = counts.Slice(4 * order[i], 4);
                s0 += row[0] * value;
                s1 += row[1] * value;
                s2 += row[2] * value;
                s3 += row[3] * value;
            }
        }
        else
        {
            // Drawn values so far, and those of them that lie in the middle.
            Vector256<double> n0 = default, n1 = default, n2 = default, n3 = default, low = Vector256.Create((double)cut),
                high = Vector256.Create((double)(order.Length - cut)), m0 = low, m1 = low, m2 = low, m3 = low;
            for (int i = 0; i < order.Length; i++)
            {
                var value = Vector256.Create(values[i]);
                var row = counts.Slice(4 * order[i], 4);
                s0 += Taken(ref n0, ref m0, row[0], low, high) * value;
                s1 += Taken(ref n1, ref m1, row[1], low, high) * value;
                s2 += Taken(ref n2, ref m2, row[2], low, high) * value;
                s3 += Taken(ref n3, ref m3, row[3], low, high) * value;
            }
        }

        var size = Vector256.Create((double)(order.Length - 2 * cut));
        (means[0], means[1], means[2], means[3]) = (s0 / size, s1 / size, s2 / size, s3 / size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Taken(ref Vector256<double> drawn, ref Vector256<double> before, Vector256<double> count,
        Vector256<double> low, Vector256<double> high)
    {
        drawn += count;
        var after = Vector256.MinNative(Vector256.MaxNative(drawn, low), high);
        var taken = after - before;
        before = after;
        return taken;
    }
}
