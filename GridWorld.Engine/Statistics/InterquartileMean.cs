namespace GridWorld;

/// <summary>
/// The mean of the middle half of all scores: ⌊n/4⌋ are removed from each end (Agarwal et al., 2021). Its standard error comes from the
/// scores pulled in to the ends of the middle half (Tukey and McLaughlin, 1963), summed over the strata.
/// </summary>
internal sealed class InterquartileMean : Statistic
{
    readonly double[] values;
    readonly int[] stratum;
    readonly double center;

    /// <param name="strata">The scores of each stratum, in ascending order.</param>
    public InterquartileMean(IReadOnlyList<double[]> strata) : this(strata, Ascending(strata))
    {
    }

    InterquartileMean(IReadOnlyList<double[]> strata, (double Value, int Stratum, int Index)[] pooled)
        : base([.. strata.Select(s => s.Length)], Places(pooled))
    {
        values = [.. pooled.Select(p => p.Value)];
        stratum = [.. pooled.Select(p => p.Stratum)];
        center = values[values.Length / 2];
        Varies = strata.Any(s => s[0] != s[^1]);
        for (int i = 0; i < values.Length; i++)
            values[i] -= center;
    }

    public override bool Varies { get; }

    public override double DegreesOfFreedom => Math.Max(1, Count - 2 * (Count / 4) - Sizes.Length);

    public override double Evaluate(ReadOnlySpan<int> counts, out double standardError)
    {
        int strata = Sizes.Length, total = 0;
        foreach (int count in counts)
            total += count;
        int cut = total / 4;
        int first = 0, last = counts.Length - 1, below = counts[0], above = counts[last];
        while (below <= cut)
            below += counts[++first];
        while (above <= cut)
            above += counts[--last];
        double low = values[first], high = values[last], squaredError = 0;

        // Per stratum: number, sum and sum of squares of the scores pulled in.
        Span<double> sums = strata <= 128 ? stackalloc double[3 * strata] : new double[3 * strata];
        sums.Clear();
        Span<double> n = sums[..strata], s = sums[strata..(2 * strata)], q = sums[(2 * strata)..];
        for (int i = 0; i < first; i++)
            n[stratum[i]] += counts[i];
        for (int t = 0; t < strata; t++)
            (s[t], q[t]) = (n[t] * low, n[t] * low * low);
        for (int i = first; i <= last; i++)
        {
            int t = stratum[i];
            double count = counts[i], part = count * values[i];
            n[t] += count;
            s[t] += part;
            q[t] += part * values[i];
        }

        for (int i = last + 1; i < values.Length; i++)
        {
            int t = stratum[i];
            n[t] += counts[i];
            s[t] += counts[i] * high;
            q[t] += counts[i] * high * high;
        }

        double sum = -cut * (low + high), middle = total - 2 * cut;
        for (int t = 0; t < strata; t++)
        {
            sum += s[t];
            squaredError += Math.Max(0, q[t] - s[t] * s[t] / n[t]) * n[t] / (n[t] - 1);
        }

        standardError = Math.Sqrt(squaredError) / middle;
        return center + sum / middle;
    }

    static (double Value, int Stratum, int Index)[] Ascending(IReadOnlyList<double[]> strata)
    {
        var pooled = strata.SelectMany((s, t) => s.Select((value, i) => (value, t, i))).ToArray();
        Array.Sort(pooled);
        return pooled;
    }

    static int[] Places((double Value, int Stratum, int Index)[] pooled)
    {
        int[] place = [.. Enumerable.Range(0, pooled.Length)];
        Array.Sort([.. pooled.Select(p => (p.Stratum, p.Index))], place);
        return place;
    }
}
