namespace GridWorld.Tests;

public class PruningPlanTests
{
    static string Shown(Bracket bracket) => string.Join(" ", bracket.Rungs.Select(r => $"{r.Trials}@{r.Resource}"));

    // Li et al., 2018, table 1.
    [Fact]
    public void Hyperband_has_the_brackets_of_its_paper()
    {
        var plan = PruningPlan.Hyperband(null, 81);

        Assert.Equal(["81@1 27@3 9@9 3@27 1@81", "34@3 11@9 3@27 1@81", "15@9 5@27 1@81", "8@27 2@81", "5@81"],
            plan.Brackets.Select(Shown));
        Assert.Equal([0, 81, 115, 130, 138], plan.Brackets.Select(b => b.First));
        Assert.Equal(143, plan.Trials);
        Assert.Equal(plan.Brackets.Select(Shown), PruningPlan.Hyperband(143, 81).Brackets.Select(Shown));
    }

    // With η = 3: 27 + 9·2 + 3·6 + 1·18 units if survivors continue, 27 + 27 + 27 + 27 if they start again.
    [Fact]
    public void Halving_of_27_trials_costs_81_units_because_survivors_continue()
    {
        var bracket = PruningPlan.Halving(27, 27).Brackets.Single();
        long trained = 0;
        var reached = new long[27];
        int[] running = [.. Enumerable.Range(0, 27)];
        for (int rung = 0; rung < bracket.Rungs.Count; rung++)
        {
            foreach (int trial in running)
            {
                trained += bracket.Rungs[rung].Resource - reached[trial];
                reached[trial] = bracket.Rungs[rung].Resource;
            }

            running = [.. bracket.Survivors(rung, running.ToDictionary(t => t, t => (double)-t), higherIsBetter: true)];
        }

        Assert.Equal("27@1 9@3 3@9 1@27", Shown(bracket));
        Assert.Equal(81, trained);
        Assert.Equal(81, bracket.Cost);
        Assert.Equal(108, bracket.Rungs.Sum(r => r.Trials * r.Resource));
        Assert.Equal(27, reached[0]);
        Assert.Equal(1, reached[9]);
    }

    [Theory]
    [InlineData(10, 500, 3, "10@56 3@167 1@500")]
    [InlineData(1, 500, 3, "1@500")]
    [InlineData(100, 4, 2, "100@1 50@2 25@4")]
    [InlineData(16, 64, 4, "16@4 4@16 1@64")]
    public void Halving_ends_with_the_whole_resource(int trials, long resource, int eta, string rungs) =>
        Assert.Equal(rungs, Shown(PruningPlan.Halving(trials, resource, eta).Brackets.Single()));

    [Theory]
    [InlineData(142)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(60)]
    [InlineData(300)]
    public void Hyperband_has_as_many_trials_as_asked_for(int trials)
    {
        var plan = PruningPlan.Hyperband(trials, 81);

        Assert.Equal(trials, plan.Trials);
        Assert.All(plan.Brackets, b => Assert.Equal(81, b.Rungs[^1].Resource));
        Assert.Equal(Enumerable.Range(0, trials),
            plan.Brackets.SelectMany(b => Enumerable.Range(b.First, b.Rungs[0].Trials)));
    }

    [Fact]
    public void Of_equal_trials_the_lower_numbers_continue_and_failed_ones_last()
    {
        var bracket = PruningPlan.Halving(9, 9).Brackets.Single();
        double[] scores = [double.NaN, 5, 1, 5, 5, 5, double.PositiveInfinity, 2, double.NegativeInfinity];
        var byTrial = scores.Select((s, i) => (s, i)).Reverse().ToDictionary(x => x.i, x => x.s);

        Assert.Equal([1, 3, 6], bracket.Survivors(0, byTrial, higherIsBetter: true));
        Assert.Equal([2, 7, 8], bracket.Survivors(0, byTrial, higherIsBetter: false));
        Assert.Empty(bracket.Survivors(2, new Dictionary<int, double> { [4] = 1 }, true));
        Assert.Throws<InputException>(() => bracket.Survivors(1, byTrial, true));
        Assert.Throws<InputException>(() => bracket.Survivors(3, byTrial, true));
    }

    [Fact]
    public void Without_pruning_each_trial_has_the_whole_resource()
    {
        var plan = PruningPlan.None(3, 500);

        Assert.Equal(["1@500", "1@500", "1@500"], plan.Brackets.Select(Shown));
        Assert.Equal(1500, plan.Cost);
        Assert.Equal(3, Assert.Throws<InputException>(() => PruningPlan.Halving(0, 0, 1)).Errors.Count);
    }
}
