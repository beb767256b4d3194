namespace GridWorld;

/// <summary>Draws the resamples of a statistic and reads an interval from them.</summary>
internal static class Resampling
{
    const int Block = 64, InlineDraws = 100_000;

    public static ConfidenceInterval Interval(Statistic statistic, Bootstrap options)
    {
        options.Check();
        double estimate = statistic.Estimate(out double error), tail = (1 - options.Level) / 2;
        if (!statistic.Varies)
            return new(estimate, estimate, estimate, options.Level, options.Method);
        var method = Possible(options.Method, statistic, error);
        if (method == IntervalMethod.StudentT)
        {
            double reach = Distributions.StudentQuantile(1 - tail, statistic.DegreesOfFreedom) * error;
            return new(estimate, estimate - reach, estimate + reach, options.Level, method);
        }

        var (values, errors) = Draw(statistic, options);
        if (method == IntervalMethod.Studentized)
        {
            if (Studentized(values, errors, estimate, error, tail) is { } quantiles)
            {
                return new(estimate, estimate - Quantiles.OfSorted(quantiles, 1 - tail) * error,
                    estimate - Quantiles.OfSorted(quantiles, tail) * error, options.Level, method);
            }

            method = IntervalMethod.ExpandedPercentile;
        }

        Array.Sort(values);
        var (low, high) = method switch
        {
            IntervalMethod.BiasCorrected => BiasCorrected(statistic, values, estimate, tail),
            IntervalMethod.ExpandedPercentile => Expanded(statistic.SmallestStratum, statistic.Count - statistic.Sizes.Length, tail),
            _ => (tail, 1 - tail),
        };
        return new(estimate, Quantiles.OfSorted(values, low), Quantiles.OfSorted(values, high), options.Level, method);
    }

    /// <summary>The statistic and its standard error of every resample, in the order of the resamples.</summary>
    public static (double[] Values, double[] Errors) Draw(Statistic statistic, Bootstrap options)
    {
        double[] values = new double[options.Resamples], errors = new double[options.Resamples];
        void Fill(int block)
        {
            int[] counts = new int[statistic.Count];
            for (int b = block * Block; b < Math.Min(values.Length, (block + 1) * Block); b++)
            {
                var rng = options.Generator(b);
                statistic.Draw(ref rng, counts);
                values[b] = statistic.Evaluate(counts, out errors[b]);
            }
        }

        int blocks = (values.Length + Block - 1) / Block;
        if ((long)values.Length * statistic.Count >= InlineDraws)
            Parallel.For(0, blocks, options.Parallelism, Fill);
        else
        {
            for (int block = 0; block < blocks; block++)
                Fill(block);
        }

        return (values, errors);
    }

    /// <summary>The probabilities of the expanded percentile method for n runs. Hesterberg, 2015, section 5.3.</summary>
    public static (double Low, double High) Expanded(int n, double degreesOfFreedom, double tail)
    {
        double t = Distributions.StudentQuantile(1 - tail, degreesOfFreedom) * Math.Sqrt(n / (n - 1.0)), low = Distributions.Normal(-t);
        return (low, 1 - low);
    }

    static IntervalMethod Possible(IntervalMethod asked, Statistic statistic, double error) => asked switch
    {
        // A zero error of scores that differ: the middle half is one value.
        IntervalMethod.Studentized or IntervalMethod.StudentT when double.IsNaN(error) || error == 0 => IntervalMethod.ExpandedPercentile,
        IntervalMethod.Studentized when statistic.SmallestStratum < 5 => IntervalMethod.StudentT,
        _ => asked,
    };

    // A resample without spread has no t: it is as far out as can be. With too many of them, the quantile would be infinite: null.
    static double[]? Studentized(double[] values, double[] errors, double estimate, double error, double tail)
    {
        double[] quantiles = new double[values.Length];
        int flat = 0;
        for (int b = 0; b < values.Length; b++)
        {
            double distance = values[b] - estimate;
            bool isFlat = errors[b] <= 1e-7 * error;
            flat += isFlat ? 1 : 0;
            quantiles[b] = !isFlat ? distance / errors[b] : distance == 0 ? 0 : distance > 0 ? double.PositiveInfinity
                : double.NegativeInfinity;
        }

        Array.Sort(quantiles);
        return flat <= tail / 2 * values.Length ? quantiles : null;
    }

    // Efron, 1987, eq. 2.3.
    static (double Low, double High) BiasCorrected(Statistic statistic, double[] sorted, double estimate, double tail)
    {
        double below = sorted.Sum(v => v < estimate ? 1 : v == estimate ? 0.5 : 0) / sorted.Length;
        double bias = Distributions.NormalQuantile(Math.Clamp(below, 0.5 / sorted.Length, 1 - 0.5 / sorted.Length));
        double acceleration = statistic.Acceleration();
        double Moved(double z) => Distributions.Normal(bias + (bias + z) / Math.Max(1e-9, 1 - acceleration * (bias + z)));
        double reach = Distributions.NormalQuantile(1 - tail);
        return (Moved(-reach), Moved(reach));
    }
}
