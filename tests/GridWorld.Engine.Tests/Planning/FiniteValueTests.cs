namespace GridWorld.Tests;

public class FiniteValueTests
{
    [Fact]
    public void A_world_without_an_end_has_no_value_at_discount_1_and_says_so()
    {
        var world = new World(["S.", ".."]);

        var error = Assert.Throws<InputException>(() => Plans.Of(world));

        Assert.Contains("discount factor 1", error.Message);
        Assert.Contains("below 1", error.Message);
        Assert.Equal(-10, Plans.Of(world, 0.9).StartValue, 1e-12);
    }

    [Fact]
    public void A_goal_behind_a_wall_gives_no_value_at_discount_1() =>
        Assert.Throws<InputException>(() => Plans.Of(new World(["S#G"])));

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void A_cycle_that_pays_gives_no_value_at_discount_1(double slip)
    {
        var world = new World(["S.", ".G"], new WorldRules { StepReward = 1, Slip = slip });

        var error = Assert.Throws<InputException>(() => Plans.Of(world));

        Assert.Contains("cycle with a positive reward", error.Message);
    }

    [Fact]
    public void Example_3_5_has_no_value_at_discount_1() => Assert.Throws<InputException>(() => Plans.Of(Worlds.SuttonBarto35()));

    [Fact]
    public void A_pocket_without_a_way_out_is_worth_minus_infinity_and_harms_no_one_else()
    {
        var plan = Plans.Of(new World(["S.G", "###", "..."]));

        Assert.Equal(-2, plan.StartValue);
        Assert.Equal(double.NegativeInfinity, plan.Values[6]);
        Assert.False(plan.IsFinite);
    }

    [Fact]
    public void Going_on_forever_at_no_cost_is_worth_0_and_beats_a_way_that_costs()
    {
        var plan = Plans.Of(new World(["S.G"], new WorldRules { BumpReward = 0 }));

        Assert.Equal(0, plan.StartValue);
        Assert.DoesNotContain(1, plan.BestActions(0));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_discount_factor_out_of_range_is_refused(double discount) =>
        Assert.Contains("between 0 and 1", Assert.Throws<InputException>(() => Plans.Of(Worlds.Windy(), discount)).Message);
}
