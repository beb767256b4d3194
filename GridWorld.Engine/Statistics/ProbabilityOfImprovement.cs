namespace GridWorld;

/// <summary>
/// The probability that a run of X scores above a run of Y on the same task, ties counting half, averaged over tasks: U / (n_X n_Y) of Mann
/// and Whitney (1947). The strata are X and Y of the first task, then of the next.
/// </summary>
internal sealed class ProbabilityOfImprovement : Statistic
{
    // The merged scores of each task in ascending order: whether a score is of X, and whether it is the last of its ties.
    readonly bool[] isX, endsTie;

    /// <param name="x">The scores of each task, in ascending order.</param>
    /// <param name="y">The same for the other side.</param>
    public ProbabilityOfImprovement(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y) : this(x, y, Merged(x, y))
    {
    }

    ProbabilityOfImprovement(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y, (int Task, double Value, int Side, int Index)[] merged)
        : base([.. x.SelectMany((s, t) => new[] { s.Length, y[t].Length })], Places(merged))
    {
        isX = [.. merged.Select(m => m.Side == 0)];
        endsTie = [.. merged.Select((m, i) => i + 1 == merged.Length || (m.Task, m.Value) != (merged[i + 1].Task, merged[i + 1].Value))];
        Varies = merged.Where((m, i) => i > 0 && m.Task == merged[i - 1].Task && m.Value != merged[i - 1].Value).Any();
    }

    public override bool Varies { get; }

    public override double Evaluate(ReadOnlySpan<int> counts, out double standardError)
    {
        double sum = 0;
        int i = 0;
        for (int t = 0; t < Sizes.Length; t += 2)
        {
            double wins = 0, tiedX = 0, tiedY = 0, x = 0, y = 0;
            for (int end = i + Sizes[t] + Sizes[t + 1]; i < end; i++)
            {
                if (isX[i])
                    tiedX += counts[i];
                else
                    tiedY += counts[i];
                if (!endsTie[i])
                    continue;
                wins += tiedX * (y + tiedY / 2);
                (x, y, tiedX, tiedY) = (x + tiedX, y + tiedY, 0, 0);
            }

            sum += wins / (x * y);
        }

        standardError = double.NaN;
        return sum / (Sizes.Length / 2);
    }

    static (int Task, double Value, int Side, int Index)[] Merged(IReadOnlyList<double[]> x, IReadOnlyList<double[]> y)
    {
        var merged = x.SelectMany((s, t) => s.Select((v, i) => (t, v, 0, i)).Concat(y[t].Select((v, i) => (t, v, 1, i)))).ToArray();
        Array.Sort(merged);
        return merged;
    }

    static int[] Places((int Task, double Value, int Side, int Index)[] merged)
    {
        int[] place = [.. Enumerable.Range(0, merged.Length)];
        Array.Sort([.. merged.Select(m => (m.Task, m.Side, m.Index))], place);
        return place;
    }
}
