namespace GridWorld.Tests;

public class ScoreComparisonTests
{
    static readonly ulong[] seeds = [.. Enumerable.Range(1, 30).Select(i => (ulong)i)];

    // Differences 25 and 29 in turn: mean 27, sd √(4 · 30/29) = 2.034.
    static readonly double[] noisy = [.. seeds.Select(s => 100.0 * (s % 7))],
        above = [.. noisy.Select((v, i) => v + (i % 2 == 0 ? 25 : 29))];

    [Fact]
    public void Same_seeds_are_compared_seed_by_seed()
    {
        var result = ScoreComparison.Of(Side("SARSA", above, seeds), Side("Q-learning", noisy, seeds));

        Assert.Equal(("SARSA", true, false, 30), (result.Better, result.IsPaired, result.IsNoise, result.Count));
        Assert.Equal(27, result.Difference, 12);
        Assert.Equal(2 * Math.Sqrt(30.0 / 29), result.StandardDeviation!.Value, 12);
        Assert.True(result.Interval is { Low: > 26 and < 27, High: > 27 and < 28 });
        Assert.True(result.PValue < 1e-5);
        Assert.Equal(2, result.SeedsNeeded);
        Assert.Matches(@"^SARSA is better by 27\.\d \(95 % interval 26\.\d to 27\.\d, 30 seeds\)\.$", result.Sentence);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Other_seeds_are_compared_as_independent_and_said_so()
    {
        var result = ScoreComparison.Of(Side("SARSA", above, seeds), Side("Q-learning", noisy, [.. seeds.Select(s => s + 30)]));

        Assert.False(result.IsPaired);
        Assert.True(result.IsNoise);
        Assert.StartsWith("The seeds differ, so the runs were not compared seed by seed.", Assert.Single(result.Warnings));
        // sd of 0 … 600 in 30 seeds is about 200, d = 27/200: 2 · 2.8016²/d² = 861 and two more digits of the sd.
        Assert.InRange(result.SeedsNeeded!.Value, 830, 910);
        Assert.Matches(@"^The difference of 27 is noise: the 95 % interval −\d+ to 1\d\d contains 0\. To see a difference this small "
            + @"you need about \d\d0 seeds per side\.$", result.Sentence);
    }

    [Fact]
    public void Seeds_of_one_side_only_pair_nothing()
    {
        ComparedScores known = Side("SARSA", above, seeds), unknown = new("Q-learning", noisy);

        Assert.All([ScoreComparison.Of(known, unknown), ScoreComparison.Of(unknown, known)], result =>
        {
            Assert.False(result.IsPaired);
            Assert.Empty(result.Warnings);
        });
    }

    [Fact]
    public void Neither_order_of_the_sides_nor_of_the_runs_changes_a_bit()
    {
        ScoreComparison ab = ScoreComparison.Of(Side("A", above, seeds), Side("B", noisy, seeds)),
            ba = ScoreComparison.Of(Side("B", [.. noisy.Reverse()], [.. seeds.Reverse()]), Side("A", above, seeds),
                bootstrap: new() { Threads = 3 });

        Assert.Equal(ab.Sentence, ba.Sentence);
        Assert.Equal((ab.Better, ab.PValue, ab.SeedsNeeded, -ab.Difference), (ba.Better, ba.PValue, ba.SeedsNeeded, ba.Difference));
        Assert.Equal((-ab.Interval!.High, -ab.Interval.Low), (ba.Interval!.Low, ba.Interval.High));
        Assert.Equal(1, ab.ProbabilityOfImprovement + ba.ProbabilityOfImprovement, 12);
    }

    [Fact]
    public void Lower_scores_win_where_lower_is_better()
    {
        var result = ScoreComparison.Of(Side("A", above, seeds), Side("B", noisy, seeds), higherIsBetter: false);

        Assert.Equal("B", result.Better);
        Assert.Equal(27, result.Difference, 12);
        Assert.StartsWith("B is better by 27.", result.Sentence);
        Assert.Contains("(lower is better, 95 % interval 26.", result.Sentence);
        Assert.True(result.ProbabilityOfImprovement < 0.5);
    }

    // 3 and 2 scores: means 11 and 5.
    [Fact]
    public void Sides_of_different_size_are_both_counted() =>
        Assert.EndsWith(", 3 and 2 runs).", ScoreComparison.Of(new("A", [10, 11, 12]), new("B", [5.1, 4.9])).Sentence);

    [Fact]
    public void One_run_has_no_interval_and_the_sentence_says_so()
    {
        var result = ScoreComparison.Of(Side("A", [13.04], [1]), Side("B", [10], [1]));

        Assert.Null(result.Interval);
        Assert.Null(result.SeedsNeeded);
        Assert.Null(result.StandardDeviation);
        Assert.True(result.IsNoise);
        Assert.Equal("A is ahead by 3.04, but one run does not show whether that is noise. Train at least 10 seeds of each.",
            result.Sentence);
        Assert.Equal("A single run has no spread. Train at least 2 seeds of both sides.",
            Assert.Throws<InputException>(() => result.SeedsToSee(1)).Message);
    }

    [Fact]
    public void Equal_scores_are_said_to_be_equal()
    {
        var result = ScoreComparison.Of(Side("A", [1, 2, 3], [1, 2, 3]), Side("B", [3, 2, 1], [3, 2, 1]));

        Assert.Equal("The scores do not differ (3 seeds).", result.Sentence);
        Assert.Equal((0, 1.0, true), (result.Difference, result.PValue, result.IsNoise));
        Assert.Equal(["3 seeds are few: the interval relies on nearly normal scores. Train at least 10.",
            "The scores do not vary from seed to seed, so the interval has no width. Does the seed reach the runs?"], result.Warnings);
    }

    // Differences 1, 3: mean 2, sd √2, standard error 1, t(1) = 12.706: 2 ± 12.706, −10.7 to 14.7.
    [Fact]
    public void Noise_is_called_noise_with_the_seeds_that_would_show_it()
    {
        var result = ScoreComparison.Of(Side("A", [11, 23], [1, 2]), Side("B", [10, 20], [1, 2]));

        Assert.Equal("The difference of 2 is noise: the 95 % interval −11 to 15 contains 0. To see a difference this small you need about "
            + $"{result.SeedsNeeded} seeds.", result.Sentence);
        Assert.Equal(SampleSize.Paired(2, Math.Sqrt(2)), result.SeedsNeeded);
        Assert.Equal(SampleSize.Paired(0.5, Math.Sqrt(2)), result.SeedsToSee(0.5));
    }

    [Fact]
    public void What_both_sides_state_differently_is_a_warning()
    {
        var a = Side("A", above, seeds) with
        {
            World = "cliff", StepLimit = 100, Episodes = 500, Steps = 12_000, TunedOnSeeds = [29, 30, 31],
        };
        var b = Side("B", noisy, seeds) with { World = "windy", StepLimit = 1_000, Episodes = 400, Steps = 12_001 };

        var result = ScoreComparison.Of(a, b, warnings: ["From the caller."]);

        Assert.Equal(["The worlds differ: A cliff, B windy. Scores of different worlds are not comparable.",
            "The step limits differ: A 100, B 1,000. A longer episode can earn or lose more.",
            "The episodes of training differ: A 500, B 400. Compare at equal episodes or steps.",
            "The steps of training differ: A 12,000, B 12,001. Compare the curves at equal steps as well.",
            "A was tuned on 2 of the seeds that judge it, so its scores are too good. Judge it by other seeds.",
            "From the caller."], result.Warnings);
        Assert.EndsWith("Warning: From the caller.", result.ToString());
    }

    [Fact]
    public void What_one_side_leaves_out_is_no_warning() =>
        Assert.Empty(ScoreComparison.Of(Side("A", above, seeds) with { World = "cliff", Steps = 3 }, Side("B", noisy, seeds)).Warnings);

    [Fact]
    public void Faults_of_both_sides_are_named_together()
    {
        var e = Assert.Throws<InputException>(() => ScoreComparison.Of(Side(" ", [1, 2], [1]), Side("B", [double.NaN, 1], [4, 4]),
            bootstrap: new() { Level = 0 }));

        Assert.Equal(["The label of a side must not be empty. Use the name of the learner.",
            "' ' must have one seed per score (got 1 seeds and 2 scores).",
            "'B' must have finite scores (score 0 is NaN). Leave out the run, or score it by its last finite value.",
            "'B' must have every seed once (got 2 seeds, 1 different). Remove the repeated runs.",
            "Level must be between 0.5 and 0.999 (got 0). Use 0.95 for a 95 % interval."], e.Errors);
    }

    // Two-sided at 95 % without a difference: false alarms in 5 of 100 comparisons. Standard error over 1,000: 0.7 %.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Equal_agents_are_told_apart_as_rarely_as_the_level_promises(bool paired)
    {
        int alarms = 0;
        Parallel.For(0, 1_000, i =>
        {
            var rng = Rng.Streams((ulong)i).World;
            double Draw() => Enumerable.Range(0, 12).Sum(_ => rng.NextDouble());
            double[] a = [.. Enumerable.Range(0, 20).Select(_ => Draw())], b = [.. Enumerable.Range(0, 20).Select(_ => Draw())];
            ulong[] twenty = seeds[..20];
            var result = ScoreComparison.Of(Side("A", a, twenty), Side("B", b, paired ? twenty : seeds[10..]),
                bootstrap: new() { Threads = 1 });
            if (!result.IsNoise)
                Interlocked.Increment(ref alarms);
        });

        Assert.InRange(alarms, 30, 70);
    }

    static ComparedScores Side(string label, double[] scores, ulong[] seeds) => new(label, scores) { Seeds = seeds };
}
