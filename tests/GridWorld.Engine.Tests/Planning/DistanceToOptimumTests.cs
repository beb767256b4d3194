namespace GridWorld.Tests;

public class DistanceToOptimumTests
{
    [Theory]
    [InlineData("cliff-walking", 1)]
    [InlineData("frozen-lake-8x8", 0.99)]
    [InlineData("windy-stochastic", 1)]
    [InlineData("sb-3.5", 0.9)]
    [InlineData("dyna-maze", 0.95)]
    public void The_optimal_table_is_optimal_everywhere(string name, double discount)
    {
        var plan = Plans.Of(Worlds.Get(name), discount);

        var solution = DistanceToOptimum.Of(plan, plan.Q.AsSpan(), Plans.Token);

        Assert.Equal(plan.StartValue, solution.GreedyValue!.Value, 1e-9);
        Assert.Equal(0, solution.OptimalityGap!.Value, 1e-9);
        Assert.Equal(1, solution.OptimalActionShare);
    }

    [Theory]
    [InlineData("cliff-walking")]
    [InlineData("windy-stochastic")]
    public void An_untrained_table_stands_still_forever_and_has_no_value_at_discount_1(string name)
    {
        var plan = Plans.Of(Worlds.Get(name));

        var solution = DistanceToOptimum.Of(plan, new double[plan.Q.Length], Plans.Token);

        Assert.Null(solution.GreedyValue);
        Assert.Null(solution.OptimalityGap);
        Assert.False(solution.IsProper);
        Assert.InRange(solution.OptimalActionShare, 0, 0.5);
    }

    [Fact]
    public void Standing_still_is_tied_on_the_dry_lake_at_discount_1_but_not_optimal()
    {
        var plan = Plans.Of(Worlds.FrozenLake4x4(slippery: false));
        var q = new double[plan.Q.Length]; // the first action is left: against the wall at the start

        var solution = DistanceToOptimum.Of(plan, q, Plans.Token);

        Assert.Equal(1, plan.Q[0], 1e-12);
        Assert.Equal(0, solution.GreedyValue);
        Assert.Equal(1.0 / 11, solution.OptimalActionShare,
            1e-12); // state 14: left is as good as right, and what follows there falls into a hole
    }

    [Fact]
    public void One_wrong_action_costs_its_share_and_its_gap()
    {
        var plan = Plans.Of(new World(["S..G"]));
        double[] q = [.. plan.Q];
        q[0] = 100; // up, into the edge, in state 0: forever

        var solution = DistanceToOptimum.Of(plan, q, Plans.Token);

        Assert.Equal(2.0 / 3, solution.OptimalActionShare, 1e-12);
        Assert.Null(solution.GreedyValue);
    }

    [Fact]
    public void A_table_of_another_size_is_refused() =>
        Assert.Contains("16",
        Assert.Throws<InputException>(() => DistanceToOptimum.Of(Plans.Of(new World(["S..G"])), new double[3], Plans.Token)).Message);
}
