namespace GridWorld.Tests;

public class ScoresTests
{
    // rliable's own tests: x and y as runs × tasks.
    static readonly Scores x = Scores.OfRuns([[1, 2], [2, 2], [1, 1], [2, 1]]), y = Scores.OfRuns([[1, 1], [2, 2], [3, 3]]);
    static readonly Scores eighty =
        Scores.OfRuns([.. Enumerable.Range(0, 5).Select(run => Enumerable.Range(0, 16).Select(task => run * 16.0 + task).ToArray())]);

    [Fact]
    public void Aggregates_are_those_of_the_tests_of_rliable()
    {
        Assert.Equal((1.5, 1.5, 1.5), (x.Mean, x.Median, x.InterquartileMean));
        Assert.Equal((2, 2, 2), (y.Mean, y.Median, y.InterquartileMean));
        Assert.Equal((39.5, 39.5, 39.5), (eighty.Mean, eighty.Median, eighty.InterquartileMean));
        // 0 falls short of 1 by 1, the other 79 scores do not: 1/80.
        Assert.Equal(0.0125, eighty.OptimalityGap(), 12);
    }

    [Theory]
    [InlineData(5.5, new[] { 1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]   // ⌊10/4⌋ = 2 off each end: 3 … 8
    [InlineData(1.0 / 3, new[] { 0.0, 0, 0, 1, 10 })]              // 0, 0, 1
    [InlineData(3, new[] { 3.0 })]
    [InlineData(1.5, new[] { 1.0, 2 })]                            // ⌊2/4⌋ = 0
    [InlineData(2, new[] { 1.0, 2, 3 })]
    [InlineData(1.5, new[] { 1.0, 1, 2, 100 })]                    // 1, 2
    public void Interquartile_mean_is_that_of_the_middle_half(double expected, double[] scores) =>
        Assert.Equal(expected, Scores.Of(scores).InterquartileMean, 12);

    [Fact]
    public void Interquartile_mean_pools_the_scores_of_all_tasks() =>
        // 0, 1, 2, 3 | 10, 20, 30, 40 pooled: two off each end leave 2, 3, 10, 20.
        Assert.Equal(8.75, Scores.OfTasks([[0, 1, 2, 3], [10, 20, 30, 40]]).InterquartileMean, 12);

    [Fact]
    public void Tasks_with_different_numbers_of_runs_have_the_same_weight()
    {
        var scores = Scores.OfTasks([[0, 2], [7], [1, 1, 4]]); // means 1, 7, 2

        Assert.Equal(10.0 / 3, scores.Mean, 12);
        Assert.Equal(2, scores.Median, 12);
        // Cut at 1: 0, 1 | 1 | 1, 1, 1: means ½, 1, 1.
        Assert.Equal(1 - 2.5 / 3, scores.OptimalityGap(), 12);
        Assert.Equal(2 - (1 + 2 + 4.0 / 3) / 3, scores.OptimalityGap(gamma: 2), 12); // 0, 2 | 2 | 1, 1, 2
        // Above 1: 1 of 2, 1 of 1, 1 of 3.
        Assert.Equal((0.5 + 1 + 1.0 / 3) / 3, scores.Profile(1)[0], 12);
        Assert.Equal((3, 6), (scores.TaskCount, scores.Count));
    }

    [Fact]
    public void Median_of_an_even_number_of_tasks_is_between_the_middle_two() =>
        Assert.Equal(2.5, Scores.OfTasks([[9, 11], [2], [0, 6], [1]]).Median, 12); // means 10, 2, 3, 1

    [Fact]
    public void Profile_counts_scores_strictly_above_the_threshold()
    {
        // Of 0 … 79: above 0, 79; above 10, 69; above 39, 40; above 79, none.
        Assert.Equal([79 / 80.0, 69 / 80.0, 0.5, 0], eighty.Profile(0, 10, 39, 79).Select(share => Math.Round(share, 12)));
        // The means of the tasks are 32 … 47.
        Assert.Equal([1, 15 / 16.0, 0.5, 0], eighty.ProfileOfTaskMeans(31.9, 32, 39, 47));
    }

    [Fact]
    public void Probability_of_improvement_counts_ties_as_half()
    {
        Assert.Equal(1.0 / 3, x.ProbabilityOfImprovement(y), 12);
        Assert.Equal(2.0 / 3, y.ProbabilityOfImprovement(x), 12);
        Assert.Equal(0.5, x.ProbabilityOfImprovement(x), 12);
        // Y = −2 … 7. Below x = 0 … 9 are 2, 3, …, 9, 10, 10 of Y: 64 wins. Ties are x = 0 … 7: 8. (64 + 4)/100.
        Assert.Equal(0.68, Scores.Of(Whole(0)).ProbabilityOfImprovement(Scores.Of(Whole(-2))), 12);
    }

    [Fact]
    public void Order_of_the_runs_changes_no_bit()
    {
        double[] ascending = [0.1, 0.2, 0.3, 0.7, 1.1, 1.3, 2.9], shuffled = [1.1, 0.3, 2.9, 0.1, 1.3, 0.7, 0.2];
        Scores a = Scores.OfTasks([ascending, [0.1, 0.7, 0.4, 0.9, 0.3]]), b = Scores.OfTasks([shuffled, [0.9, 0.3, 0.1, 0.4, 0.7]]);

        foreach (var aggregate in Enum.GetValues<Aggregate>())
        {
            Assert.Equal(a.Value(aggregate), b.Value(aggregate));
            foreach (var method in Enum.GetValues<IntervalMethod>())
                Assert.Equal(a.Interval(aggregate, new() { Method = method }), b.Interval(aggregate, new() { Method = method }));
        }

        Assert.Equal(a.ProbabilityOfImprovementInterval(a), b.ProbabilityOfImprovementInterval(a));
    }

    [Theory]
    [InlineData("SimPLe", 0.129587803050578, 0.331997853373248, 0.134055584837299, 0.728930909776877)]
    [InlineData("DrQ(eps)", 0.279646929085265, 0.464741251397166, 0.312901399063074, 0.630534116270113)]
    [InlineData("SPR", 0.336649319493769, 0.615795742869167, 0.395629382917792, 0.577301753234275)]
    public void Aggregates_of_published_scores_are_the_published_ones(string agent, double iqm, double mean, double median, double gap)
    {
        var scores = AtariScores.Of(agent);

        Assert.Equal(iqm, scores.InterquartileMean, 12);
        Assert.Equal(mean, scores.Mean, 12);
        Assert.Equal(median, scores.Median, 12);
        Assert.Equal(gap, scores.OptimalityGap(), 12);
    }

    [Theory]
    [InlineData("SimPLe", 0.0996, 0.1689, 0.005)] // 5 runs: fewer, so coarser steps
    [InlineData("DrQ(eps)", 0.2710, 0.2884, 0.003)]
    [InlineData("SPR", 0.3254, 0.3476, 0.003)]
    public void Percentile_intervals_of_published_scores_are_the_published_ones(string agent, double low, double high, double within)
    {
        var interval = AtariScores.Of(agent).Interval(Aggregate.InterquartileMean, new() { Method = IntervalMethod.Percentile });

        Assert.Equal(low, interval.Low, within);
        Assert.Equal(high, interval.High, within);
    }

    [Fact]
    public void Probability_of_improvement_of_published_scores_is_the_published_one()
    {
        Scores spr = AtariScores.Of("SPR"), drq = AtariScores.Of("DrQ(eps)"), simple = AtariScores.Of("SimPLe");

        Assert.Equal(0.617011538461538, spr.ProbabilityOfImprovement(drq), 12);
        Assert.Equal(0.675923076923077, spr.ProbabilityOfImprovement(simple), 12);
        Assert.True(spr.ProbabilityOfImprovementInterval(drq) is { Low: > 0.5, High: < 0.7 });
    }

    [Fact]
    public void Scores_that_cannot_be_are_named_with_the_way_out()
    {
        Assert.Equal("The task must have at least one score (got none).", Error(() => Scores.Of()));
        Assert.Equal("The task must have finite scores (score 1 is NaN). Leave out the run, or score it by its last finite value.",
            Error(() => Scores.Of(1, double.NaN)));
        Assert.StartsWith("Task 1 must have finite scores (score 0 is Infinity).", Error(() => Scores.OfTasks([[1], [1 / 0.0]])));
        Assert.Equal("Scores need at least one task (got none).", Error(() => Scores.OfTasks([])));
        Assert.StartsWith("Every run must have one score per task", Error(() => Scores.OfRuns([[1, 2], [1]])));
        Assert.Equal("An interval needs at least 2 runs per task (got 1). Train more seeds.",
            Error(() => Scores.Of(1).Interval(Aggregate.Mean)));
        Assert.StartsWith("An interval needs at least 2 runs per task (got 1 for task 1).",
            Error(() => Scores.OfTasks([[1, 2], [1]]).Interval(Aggregate.Mean)));
        Assert.Equal("Gamma must be finite (got NaN). Use 1 for normalized scores.", Error(() => Scores.Of(1).OptimalityGap(double.NaN)));
        Assert.Equal("Both sides must have scores of the same tasks (got 2 and 1 tasks).",
            Error(() => x.ProbabilityOfImprovement(Scores.Of(1))));
    }

    static string Error(Func<object> call) => Assert.Throws<InputException>(call).Message;

    static double[] Whole(int from) => [.. Enumerable.Range(from, 10).Select(i => (double)i)];
}
