namespace GridWorld;

/// <summary>A constant plus the weighted sum of the strata's means, with the standard error of Welch (1947).</summary>
internal sealed class StratifiedMean : Statistic
{
    readonly double[] weights, centers, deviations;
    readonly double constant;

    /// <param name="strata">The scores of each stratum, in ascending order.</param>
    /// <param name="weights">The weight of each stratum's mean.</param>
    /// <param name="constant">The constant.</param>
    public StratifiedMean(IReadOnlyList<double[]> strata, double[] weights, double constant = 0)
        : base([.. strata.Select(s => s.Length)], [.. Enumerable.Range(0, strata.Sum(s => s.Length))])
    {
        (this.weights, this.constant) = (weights, constant);
        centers = [.. strata.Select(s => s.Sum() / s.Length)];
        // Sums of squares cancel least around the mean.
        deviations = [.. strata.SelectMany((s, t) => s.Select(v => v - centers[t]))];
        Varies = strata.Any(s => s[0] != s[^1]);
    }

    /// <summary>The mean over tasks of each task's mean.</summary>
    public static StratifiedMean OverTasks(IReadOnlyList<double[]> tasks) => new(tasks, Equal(tasks.Count, 1));

    /// <summary>γ − mean(min(score, γ)).</summary>
    public static StratifiedMean OptimalityGap(IReadOnlyList<double[]> tasks, double gamma) =>
        new([.. tasks.Select(t => t.Select(v => Math.Min(v, gamma)).ToArray())], Equal(tasks.Count, -1), gamma);

    public override bool Varies { get; }

    // Welch and Satterthwaite.
    public override double DegreesOfFreedom
    {
        get
        {
            double total = 0, squares = 0;
            int start = 0;
            for (int t = 0; t < weights.Length; start += Sizes[t++])
            {
                double part = 0;
                int n = Sizes[t];
                foreach (double d in deviations.AsSpan(start, n))
                    part += d * d;
                part *= weights[t] * weights[t] / (n * (n - 1.0));
                total += part;
                squares += part * part / (n - 1);
            }

            return squares > 0 ? total * total / squares : base.DegreesOfFreedom;
        }
    }

    public override double Evaluate(ReadOnlySpan<int> counts, out double standardError)
    {
        double estimate = constant, variance = 0;
        int start = 0;
        for (int t = 0; t < weights.Length; start += Sizes[t++])
        {
            var (mean, error) = Moments(counts.Slice(start, Sizes[t]), deviations.AsSpan(start, Sizes[t]));
            estimate += weights[t] * (centers[t] + mean);
            variance += weights[t] * weights[t] * error;
        }

        standardError = Math.Sqrt(variance);
        return estimate;
    }

    /// <summary>The mean of the counted values and its squared standard error.</summary>
    static (double Mean, double SquaredError) Moments(ReadOnlySpan<int> counts, ReadOnlySpan<double> values)
    {
        double sum = 0, squares = 0;
        int n = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double part = counts[i] * values[i];
            sum += part;
            squares += part * values[i];
            n += counts[i];
        }

        double mean = sum / n;
        return (mean, Math.Max(0, squares - sum * mean) / (n * (n - 1.0)));
    }

    static double[] Equal(int tasks, double sign)
    {
        double[] weights = new double[tasks];
        Array.Fill(weights, sign / tasks);
        return weights;
    }
}
