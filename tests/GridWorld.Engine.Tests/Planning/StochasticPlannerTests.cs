namespace GridWorld.Tests;

public class StochasticPlannerTests
{
    // The passes that it makes at most before it improves policies.
    const int MostPasses = 200;

    // Rewards of one sign, and of both.
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Passes_end_when_no_value_changes_whatever_the_unit_of_rewards(double pit)
    {
        var (plan, small) = (Solve(pit, 1), Solve(pit, Math.ScaleB(1, -60)));

        Assert.InRange(plan.Iterations, 2, MostPasses / 2);
        Assert.Equal(plan.Iterations, small.Iterations);
        Assert.Equal(plan.Values, small.Values.Select(v => Math.ScaleB(v, 60)));
    }

    static PlannedValues Solve(double pit, double unit)
    {
        var world = new World(["S...", ".C.C", "...G"], new()
        {
            Slip = 0.3, StepReward = 0, Rewards = new Dictionary<char, double> { ['G'] = unit, ['C'] = pit * unit },
        });
        var model = new ExpectedModel(world.Compile(), 0.7);
        return StochasticPlanner.Solve(model, new(model), Plans.Token);
    }
}
