namespace GridWorld;

/// <summary>
/// Two-sided rank tests. Tied values share the mean of their ranks, and the exact distributions are those of these very ranks, by dynamic
/// programming over doubled ranks, which are whole numbers.
/// </summary>
internal static class RankTests
{
    const int MostSigned = 25, MostTogether = 50;

    /// <summary>
    /// The signed-rank test of Wilcoxon (1945) on the differences of pairs. Zero differences are ranked with the others and then dropped
    /// (Pratt, 1959). Exact with up to 25 differences that are not zero; above, the normal approximation with continuity correction, whose
    /// variance Σ rank²/4 accounts for ties. Without any difference, p is 1.
    /// </summary>
    public static double SignedRank(ReadOnlySpan<double> differences)
    {
        double[] sizes = new double[differences.Length];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Abs(differences[i]);
        int[] doubled = DoubledRanks(sizes);
        List<int> ranks = [];
        int positive = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] == 0)
                continue;
            ranks.Add(doubled[i]);
            positive += differences[i] > 0 ? doubled[i] : 0;
        }

        int total = ranks.Sum();
        if (ranks.Count > MostSigned)
            return Approximate(positive, total / 2.0, ranks.Sum(r => (double)r * r) / 4);
        double[] ways = new double[total + 1];
        ways[0] = 1;
        int reached = 0;
        foreach (int rank in ranks)
        {
            for (int sum = reached += rank; sum >= rank; sum--)
                ways[sum] += ways[sum - rank];
        }

        return Exact(ways, positive);
    }

    /// <summary>
    /// The rank-sum test of Wilcoxon (1945), Mann and Whitney (1947). Exact with up to 50 values together; above, the normal approximation
    /// with corrections for continuity and ties.
    /// </summary>
    public static double RankSum(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        int n = x.Length, both = n + y.Length;
        int[] ranks = DoubledRanks([.. x, .. y]);
        int sum = ranks.AsSpan(0, n).ToArray().Sum();
        if (both > MostTogether)
        {
            double mean = ranks.Average(), squares = ranks.Sum(r => (r - mean) * (r - mean));
            return Approximate(sum, n * mean, squares * n * (both - n) / (both * (both - 1.0)));
        }

        // ways[k][s]: choices of k ranks with sum s.
        int total = ranks.Sum();
        double[][] ways = [.. Enumerable.Range(0, n + 1).Select(_ => new double[total + 1])];
        ways[0][0] = 1;
        int reached = 0;
        foreach (int rank in ranks)
        {
            reached += rank;
            for (int k = n; k >= 1; k--)
            {
                for (int s = reached; s >= rank; s--)
                    ways[k][s] += ways[k - 1][s - rank];
            }
        }

        return Exact(ways[n], sum);
    }

    /// <summary>Twice the rank of every value, from 2; tied values share the mean of their ranks.</summary>
    static int[] DoubledRanks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)], ranks = new int[values.Length];
        Array.Sort([.. values], order);
        for (int first = 0, end; first < order.Length; first = end)
        {
            end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
                end++;
            for (int i = first; i < end; i++)
                ranks[order[i]] = first + 1 + end;
        }

        return ranks;
    }

    static double Exact(double[] ways, int sum)
    {
        double low = 0, high = 0, all = 0;
        for (int s = 0; s < ways.Length; s++)
        {
            all += ways[s];
            low += s <= sum ? ways[s] : 0;
            high += s >= sum ? ways[s] : 0;
        }

        return Math.Min(1, 2 * Math.Min(low, high) / all);
    }

    // On doubled ranks, the continuity correction of ½ is 1.
    static double Approximate(double sum, double mean, double variance) =>
        variance == 0 ? 1 : Math.Min(1, 2 * Distributions.Normal(-Math.Max(0, Math.Abs(sum - mean) - 1) / Math.Sqrt(variance)));
}
