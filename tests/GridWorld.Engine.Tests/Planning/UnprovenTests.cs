namespace GridWorld.Tests;

/// <summary>A planner that gives up says so, and shows no optimum.</summary>
public class UnprovenTests
{
    static readonly Mdp lake = Worlds.FrozenLake4x4().Compile();

    [Fact]
    public void Policy_iteration_that_is_not_at_rest_after_its_last_policy_proves_nothing()
    {
        var model = new ExpectedModel(lake, 0.99);

        AssertUnproven("1 policies", () => StochasticPlanner.Solve(model, new(model), Plans.Token, withoutPasses: true, maxPolicies: 1));
    }

    [Fact]
    public void Nor_does_the_planner_of_worlds_without_chance()
    {
        var model = new ExpectedModel(Worlds.SuttonBarto35().Compile(), 0.9);

        AssertUnproven("1 rounds", () => DeterministicPlanner.Solve(model, new(() => new(model)), Plans.Token, maxRounds: 1));
    }

    [Fact]
    public void Nor_do_passes_over_a_policy_that_have_not_come_to_rest()
    {
        var model = new ExpectedModel(lake, 1);
        int[] rows = [.. Enumerable.Range(0, 16).Where(s => !lake.IsTerminal(s))];
        var chain = PolicySystem.Build(model, StationaryPolicy.Uniform(lake), rows, new double[16]);

        AssertUnproven("3 passes", () => ChainSolver.Solve(chain, null, 1, 1e-11, null, Plans.Token, mayBeDirect: false, maxPasses: 3));
    }

    static void AssertUnproven(string effort, Action solve)
    {
        string message = Assert.Throws<InputException>(solve).Message;

        Assert.StartsWith("Cannot prove", message);
        Assert.Contains(effort, message);
    }
}
