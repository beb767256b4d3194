namespace GridWorld.Tests;

public class BellmanBackupsTests
{
    [Fact]
    public void Action_value_is_the_mean_over_outcomes() =>
        Assert.Equal(0.25 * (-1 + 0.9 * 4) + 0.75 * (2 + 0.9 * 0), BellmanBackups.ActionValue([0.25, 0.75], [-1, 2], 0.9, [4, 0]),
        1e-15); // 0.65 + 1.5

    [Fact]
    public void Optimal_value_is_the_largest() => Assert.Equal(-1, BellmanBackups.Optimal([-3, -1, -2]));

    [Fact]
    public void Expected_value_weighs_by_the_policy_and_ignores_what_is_never_chosen() =>
        Assert.Equal(2.5, BellmanBackups.Expected([0.5, 0.5, 0], [2, 3, double.NegativeInfinity]), 1e-15);

    [Fact]
    public void Soft_value_shares_epsilon_among_all() => Assert.Equal(0.9 * 4 + 0.1 * 2, BellmanBackups.Soft([4, 0, 2, 2], 0.1), 1e-15);

    [Fact]
    public void Cycle_of_A_in_example_3_5_is_worth_10_every_five_steps() =>
    Assert.Equal(24.4194280969940, BellmanBackups.Cycle(10, 0.9, 5), 1e-12);
}
