namespace GridWorld.Tests;

public class ResamplingTests
{
    const string Name = "cover";
    static readonly double[] ten = [.. Enumerable.Range(0, 10).Select(i => (double)i)];
    static readonly Bootstrap many = new() { Method = IntervalMethod.Percentile, Resamples = 200_000 };

    // sd of the mean of 0 … 9: √(8.25/10). The others are reference values of rliable with 10⁶ resamples. The standard error of such a
    // standard deviation is sd/√(2·200,000): 0.16 %.
    [Fact]
    public void Resamples_of_the_mean_have_its_standard_deviation()
    {
        var interval = Scores.Of(ten).Interval(Aggregate.Mean, many);

        Assert.Equal(Math.Sqrt(8.25 / 10), Deviation(Scores.Of(ten).Statistic(Aggregate.Mean)), 0.007);
        Assert.Equal(4.5, interval.Estimate, 12);
        Assert.Equal(2.7, interval.Low, 0.101);
        Assert.Equal(6.3, interval.High, 0.101);
    }

    [Fact]
    public void Resamples_of_the_interquartile_mean_are_those_of_rliable()
    {
        var interval = Scores.Of(ten).Interval(Aggregate.InterquartileMean, many);

        Assert.Equal(1.1666, Deviation(Scores.Of(ten).Statistic(Aggregate.InterquartileMean)), 0.01);
        Assert.Equal(4.5, interval.Estimate, 12);
        Assert.Equal(2.1667, interval.Low, 0.167);
        Assert.Equal(6.8333, interval.High, 0.167);
    }

    // Two tasks, r and 10 r. Variance of the mean: (8.25/10 + 825/10)/4 = 20.83125.
    [Fact]
    public void Each_task_is_resampled_by_itself()
    {
        var two = Scores.OfTasks([ten, [.. ten.Select(r => 10 * r)]]);
        ConfidenceInterval mean = two.Interval(Aggregate.Mean, many), iqm = two.Interval(Aggregate.InterquartileMean, many);

        Assert.Equal(Math.Sqrt(20.83125), Deviation(two.Statistic(Aggregate.Mean)), 0.04);
        Assert.Equal(24.75, mean.Estimate, 12);
        Assert.Equal(15.8, mean.Low, 0.11);
        Assert.Equal(33.65, mean.High, 0.11);
        Assert.Equal(4.94, Deviation(two.Statistic(Aggregate.InterquartileMean)), 0.04);
        Assert.Equal(13.9, iqm.Estimate, 12);
        Assert.Equal(6.8, iqm.Low, 0.11);
        Assert.Equal(25.8, iqm.High, 0.11);
    }

    [Fact]
    public void Resamples_of_the_probability_of_improvement_are_those_of_rliable()
    {
        Scores x = Scores.Of(ten), y = Scores.Of([.. ten.Select(v => v - 2)]);
        var interval = x.ProbabilityOfImprovementInterval(y, many);

        Assert.Equal(0.119, Deviation(x.Against(y)), 0.001);
        Assert.Equal(0.68, interval.Estimate, 12);
        Assert.Equal(0.425, interval.Low, 0.006);
        Assert.Equal(0.89, interval.High, 0.006);
    }

    // Winsorized 2, 2, 2, 3 … 7, 7, 7: squared deviations from 4.5 are 2·(3·6.25 + 2.25 + 0.25) = 42.5, by 9, times 10, root, by 6.
    [Fact]
    public void Standard_errors_match_hand_worked_numbers()
    {
        Scores.Of(ten).Statistic(Aggregate.InterquartileMean).Estimate(out double middle);
        Scores.Of(ten).Statistic(Aggregate.Mean).Estimate(out double mean);

        Assert.Equal(Math.Sqrt(42.5 / 9 * 10) / 6, middle, 12);
        Assert.Equal(Math.Sqrt(82.5 / 9 / 10), mean, 12); // squared deviations: 82.5
    }

    // Deviations −1, −1, 2 from the mean: Σd³ = 6, Σd² = 6, a = 6/(6 · 6^1.5). Efron, 1987, eq. 7.4.
    [Fact]
    public void Acceleration_matches_hand_worked_number() =>
        Assert.Equal(1 / Math.Pow(6, 1.5), Scores.Of(0, 0, 3).Statistic(Aggregate.Mean).Acceleration(), 12);

    [Fact]
    public void Bias_correction_moves_the_interval_toward_the_long_tail()
    {
        var scores = Scores.Of(1, 1, 2, 2, 3, 3, 4, 5, 8, 30);
        ConfidenceInterval percentile = scores.Interval(Aggregate.Mean, many),
            corrected = scores.Interval(Aggregate.Mean, many with { Method = IntervalMethod.BiasCorrected });

        Assert.True(corrected.Low > percentile.Low && corrected.High > percentile.High + 1);
    }

    // All 5⁵ resamples of five scores, each with its t. Those of one value alone, 5 of 3,125, lie beyond any quantile used here.
    [Fact]
    public void Studentized_interval_reflects_the_exact_quantiles_of_t()
    {
        double[] scores = [1, 2, 4, 7, 16];
        double[] all = [.. Enumerable.Range(0, 3125).Select(k =>
        {
            double[] drawn = [.. new[] { 1, 5, 25, 125, 625 }.Select(unit => scores[k / unit % 5])];
            return (drawn.Average() - 6) / (Spread(drawn) / Math.Sqrt(5));
        }).Where(double.IsFinite).Order()];
        double error = Spread(scores) / Math.Sqrt(5);

        var interval = Scores.Of(scores).Interval(Aggregate.Mean, many with { Method = IntervalMethod.Studentized });

        // 200,000 resamples place the quantile of 2.5 % between those of 2.3 and 2.7 %, 6 standard errors of 0.035 %.
        Assert.InRange(interval.Low, 6 - all[(int)(0.977 * 3125)] * error, 6 - all[(int)(0.973 * 3125) - 5] * error);
        Assert.InRange(interval.High, 6 - all[(int)(0.027 * 3125)] * error, 6 - all[(int)(0.023 * 3125) - 5] * error);
    }

    // 4.5 ± 2.262157 · √(82.5/90)
    [Fact]
    public void Students_interval_matches_hand_worked_numbers()
    {
        var interval = Scores.Of(ten).Interval(Aggregate.Mean, new() { Method = IntervalMethod.StudentT });

        Assert.Equal(4.5 - 2.262157162798205 * Math.Sqrt(82.5 / 90), interval.Low, 9);
        Assert.Equal(4.5 + 2.262157162798205 * Math.Sqrt(82.5 / 90), interval.High, 9);
    }

    // t = 2.262157 · √(10/9) = 2.384525: Φ(−t) = 0.008551.
    [Fact]
    public void Expanded_quantiles_match_hand_worked_numbers()
    {
        var (low, high) = Resampling.Expanded(10, 9, 0.025);

        Assert.Equal(0.00855, low, 5);
        Assert.Equal(1 - low, high, 12);
    }

    [Fact]
    public void Method_that_cannot_work_is_replaced_and_named()
    {
        double[] mostlyOne = [.. Enumerable.Repeat(1.0, 29), 0];
        var tasks = Scores.OfTasks([ten, ten, ten]);

        Assert.Equal(IntervalMethod.StudentT, Scores.Of(1, 2, 4).Interval(Aggregate.Mean).Method);
        Assert.Equal(IntervalMethod.ExpandedPercentile, Scores.Of(mostlyOne).Interval(Aggregate.Mean).Method);
        Assert.Equal(IntervalMethod.ExpandedPercentile, Scores.Of(mostlyOne).Interval(Aggregate.InterquartileMean).Method);
        Assert.Equal(IntervalMethod.ExpandedPercentile, tasks.Interval(Aggregate.Median).Method);
        Assert.Equal(IntervalMethod.Studentized, Scores.Of(ten).Interval(Aggregate.Median).Method);
        Assert.Equal(new(7, 7, 7, 0.95, IntervalMethod.Studentized), Scores.Of(7, 7, 7).Interval(Aggregate.Mean));
    }

    [Theory]
    [InlineData(IntervalMethod.Studentized)]
    [InlineData(IntervalMethod.BiasCorrected)]
    public void Threads_change_no_bit_and_seeds_do(IntervalMethod method)
    {
        var scores = Scores.OfTasks([.. Enumerable.Range(1, 4).Select(t => Draws(30, (ulong)t, normal: false))]);
        Bootstrap one = new() { Method = method, Threads = 1 };

        foreach (var aggregate in Enum.GetValues<Aggregate>())
        {
            var expected = scores.Interval(aggregate, one);
            Assert.Equal(expected, scores.Interval(aggregate, one with { Threads = 2 }));
            Assert.Equal(expected, scores.Interval(aggregate, one with { Threads = 7 }));
            Assert.NotEqual(expected, scores.Interval(aggregate, one with { Seed = 1 }));
        }
    }

    // Means of ten fair coins: at most 0.1 in 1.1 % and at most 0.2 in 5.5 % of the resamples, and by symmetry without bias. A quarter of
    // the resamples equals the estimate; if all of it counted as below, the interval would begin at 0.4.
    [Fact]
    public void Resamples_that_equal_the_estimate_are_no_bias()
    {
        var interval = Scores.Of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1).Interval(Aggregate.Mean, new() { Method = IntervalMethod.BiasCorrected });

        Assert.Equal((0.2, 0.8), (interval.Low, interval.High));
    }

    [Fact]
    public void Defaults_are_those_that_the_documentation_measures() => Assert.Equal(new Bootstrap(),
        new() { Method = IntervalMethod.Studentized, Level = 0.95, Resamples = 2_000, Seed = 0, Threads = null });

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        var e = Assert.Throws<InputException>(() => Scores.Of(1, 2).Interval(Aggregate.Mean,
            new() { Level = 95, Resamples = 100, Threads = 0, Method = (IntervalMethod)9 }));

        Assert.Equal(["Method must be one of Studentized, BiasCorrected, ExpandedPercentile, Percentile, StudentT (got 9).",
            "Level must be between 0.5 and 0.999 (got 95). Use 0.95 for a 95 % interval.",
            "Resamples must be between 2000 and 10000000 (got 100).", "Threads must be at least 1 (got 0). Use null for one per core."],
            e.Errors);
    }

    // A share of 1,000 samples has a standard error of 0.7 %.
    [Theory]
    [InlineData(10, Aggregate.Mean)]
    [InlineData(10, Aggregate.InterquartileMean)]
    [InlineData(30, Aggregate.Mean)]
    [InlineData(30, Aggregate.InterquartileMean)]
    public void Default_interval_covers_at_its_level(int runs, Aggregate aggregate)
    {
        int samples = (int)Long.Count(Name, 1_000, 20_000);
        ulong seed = Long.Seed(Name, 1);
        if (Long.Is(Name))
        {
            foreach (var method in Enum.GetValues<IntervalMethod>())
            {
                double normal = Cover(runs, aggregate, method, samples, seed, normal: true),
                    skewed = Cover(runs, aggregate, method, samples, seed, normal: false);
                Long.Say(Name, $"seed {seed}, {aggregate} of {runs}, {method}: normal {normal:P1}, exponential {skewed:P1}");
            }
        }

        Assert.InRange(Cover(runs, aggregate, IntervalMethod.Studentized, samples, seed, normal: true), 0.93, 0.97);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    public void Studentized_interval_of_skewed_scores_covers_better_than_the_percentile_interval(int runs)
    {
        double studentized = Cover(runs, Aggregate.Mean, IntervalMethod.Studentized, 1_000, 1, normal: false),
            percentile = Cover(runs, Aggregate.Mean, IntervalMethod.Percentile, 1_000, 1, normal: false);

        Assert.InRange(studentized, 0.925, 0.97);
        Assert.True(percentile < studentized - 0.01, $"{percentile} {studentized}");
    }

    static double Cover(int runs, Aggregate aggregate, IntervalMethod method, int samples, ulong seed, bool normal)
    {
        // The middle half of the exponential distribution lies between ln 4/3 and ln 4: ((a + 1) 3/4 − (b + 1)/4)/½.
        double a = Math.Log(4.0 / 3), b = Math.Log(4), truth = normal ? 0
            : aggregate == Aggregate.Mean ? 1 : 2 * ((a + 1) * 0.75 - (b + 1) * 0.25);
        int covered = 0;
        Parallel.For(0, samples, i =>
        {
            var interval = Scores.Of(Draws(runs, seed * 1_000_003 + (ulong)i, normal))
                .Interval(aggregate, new() { Method = method, Seed = (ulong)i, Threads = 1 });
            if (interval.Contains(truth))
                Interlocked.Increment(ref covered);
        });
        return (double)covered / samples;
    }

    static double[] Draws(int count, ulong seed, bool normal)
    {
        var rng = Rng.Streams(seed).World;
        // Box and Muller, or the exponential by inversion.
        return [.. Enumerable.Range(0, count).Select(_ => Math.Log(1 - rng.NextDouble()) is var log && normal
            ? Math.Sqrt(-2 * log) * Math.Cos(2 * Math.PI * rng.NextDouble()) : -log)];
    }

    static double Spread(double[] values) =>
        Math.Sqrt(values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - 1));

    static double Deviation(Statistic statistic)
    {
        var values = Resampling.Draw(statistic, many).Values;
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
