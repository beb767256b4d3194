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
    const int Block = 64, Lanes = 16;
    const long MostValues = 200_000_000;

    /// <summary>Averages the curves of the seeds. All points share one set of resamples of the seeds.</summary>
    /// <param name="curves">For each seed, one finite value per point, such as the result of <see cref="LearningCurve.At"/>.</param>
    /// <param name="aggregate"><see cref="Aggregate.Mean"/>, the default, or <see cref="Aggregate.InterquartileMean"/>.</param>
    /// <param name="bootstrap">
    /// Level and resamples; null for the defaults. <see cref="IntervalMethod.Percentile"/> is used if asked for; any other method is replaced
    /// by <see cref="IntervalMethod.ExpandedPercentile"/>.
    /// </param>
    /// <exception cref="InputException">
    /// There are fewer than 2 curves, their lengths differ, a value is NaN or infinite, or an option is out of range.
    /// </exception>
    public static CurveBand Of(IReadOnlyList<IReadOnlyList<double>> curves, Aggregate aggregate = Aggregate.Mean, Bootstrap? bootstrap = null)
    {
        bootstrap ??= Bootstrap.Default;
        double[][] rows = Rows(curves, aggregate, bootstrap);
        int seeds = rows.Length, points = rows[0].Length, resamples = bootstrap.Resamples;
        bool isMean = aggregate == Aggregate.Mean;
        int cut = isMean ? 0 : seeds / 4;
        double[][] columns = [.. Enumerable.Range(0, points).Select(p => rows.Select(row => row[p]).ToArray())];
        int[][] orders = isMean ? [] : [.. columns.Select(Sorted)];
        double[] tiles = isMean ? Tiles(rows) : [], values = new double[(long)points * resamples];
        Parallel.For(0, (resamples + Block - 1) / Block, bootstrap.Parallelism, block =>
        {
            int[] counts = new int[Block * seeds];
            int first = block * Block, last = Math.Min(resamples, first + Block);
            for (int b = first; b < last; b++)
            {
                var rng = bootstrap.Generator(b);
                for (int i = 0; i < seeds; i++)
                    counts[(b - first) * seeds + rng.Below(seeds)]++;
            }

            if (isMean)
                Means(counts, tiles, values, seeds, points, first, last);
            else
            {
                for (int p = 0; p < points; p++)
                {
                    for (int b = first; b < last; b++)
                    {
                        values[(long)p * resamples + b] =
                            Middle(counts.AsSpan((b - first) * seeds, seeds), orders[p], columns[p], cut);
                    }
                }
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
        int[] once = [.. Enumerable.Repeat(1, seeds)], inOrder = [.. Enumerable.Range(0, seeds)];
        return new([.. columns.Select((column, p) => Middle(once, isMean ? inOrder : orders[p], column, cut))], lows, highs,
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
    static int[] Sorted(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(values, order);
        return order;
    }

    // The mean without `cut` values at each end, of sorted values that were drawn `counts` times.
    static double Middle(ReadOnlySpan<int> counts, int[] order, double[] sorted, int cut)
    {
        int end = counts.Length - cut, before = 0;
        double sum = 0;
        for (int i = 0; i < order.Length && before < end; i++)
        {
            int after = before + counts[order[i]];
            sum += Math.Max(0, Math.Min(after, end) - Math.Max(before, cut)) * sorted[i];
            before = after;
        }

        return sum / (end - cut);
    }

    // The rows, cut into groups of points that are summed together, each group seed after seed.
    static double[] Tiles(double[][] rows)
    {
        int groups = (rows[0].Length + Lanes - 1) / Lanes;
        double[] tiles = new double[(long)groups * rows.Length * Lanes];
        for (int p = 0; p < rows[0].Length; p++)
        {
            for (int i = 0; i < rows.Length; i++)
                tiles[(p / Lanes * rows.Length + i) * Lanes + p % Lanes] = rows[i][p];
        }

        return tiles;
    }

    // Each point is summed over the seeds in their order, whatever the width of the processor's vectors.
    static void Means(int[] counts, double[] tiles, double[] values, int seeds, int points, int first, int last)
    {
        int resamples = values.Length / points;
        Span<double> sums = stackalloc double[Lanes];
        for (int group = 0; group * Lanes < points; group++)
        {
            var tile = MemoryMarshal.Cast<double, Vector256<double>>(tiles.AsSpan(group * seeds * Lanes, seeds * Lanes));
            for (int b = first; b < last; b++)
            {
                Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
                for (int i = 0; i < seeds; i++)
                {
                    var count = Vector256.Create((double)counts[(b - first) * seeds + i]);
                    s0 += count * tile[4 * i];
                    s1 += count * tile[4 * i + 1];
                    s2 += count * tile[4 * i + 2];
                    s3 += count * tile[4 * i + 3];
                }

                s0.CopyTo(sums);
                s1.CopyTo(sums[4..]);
                s2.CopyTo(sums[8..]);
                s3.CopyTo(sums[12..]);
                for (int p = group * Lanes; p < Math.Min(points, (group + 1) * Lanes); p++)
                    values[(long)p * resamples + b] = sums[p - group * Lanes] / seeds;
            }
        }
    }
}
