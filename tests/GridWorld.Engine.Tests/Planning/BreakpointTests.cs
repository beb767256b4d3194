using CsCheck;

namespace GridWorld.Tests;

public class BreakpointTests
{
    /// <summary>Reckoned by an independent solver.</summary>
    [Fact]
    public void Living_rewards_of_aima_have_eight_breakpoints_below_0()
    {
        double[] known = [-1.64971, -1.56426, -0.73114, -0.45262, -0.08499, -0.04483, -0.02736, -0.02215];

        var found = Planner.Breakpoints(Worlds.Aima4x3(), "step_reward", -2, 0, cancellationToken: Plans.Token);

        Assert.Equal(known.Length, found.Breakpoints.Count);
        Assert.All(known.Zip(found.Breakpoints), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(9, found.Plans.Count);
        Assert.Equal([2], found.PlanAt(-0.01).BestActions(11)); // Never risk the −1: into the wall below it.
        Assert.Equal([0], found.PlanAt(-1.7).BestActions(11));
    }

    /// <summary>Berkeley's question 2: at which noise does the agent cross the bridge, at discount factor 0.9?</summary>
    [Fact]
    public void Agent_crosses_the_bridge_below_the_noise_that_another_program_finds()
    {
        var bridge = new BerkeleyGrid("#-----#|1S    X|#-----#");

        var found = Planner.Breakpoints(Worlds.BridgeGrid(), "slip", 0, 0.05, 0.9, Plans.Token);
        double crosses = found.Breakpoints.First(b => !found.PlanAt(b - 1e-6).BestActions(8).SequenceEqual(found.PlanAt(b + 1e-6)
            .BestActions(8)));

        Assert.Equal((1, 3), (bridge.Best(8, crosses - 1e-6, 0.9), bridge.Best(8, crosses + 1e-6, 0.9)));
    }

    [Theory]
    [InlineData("discount_factor", 0.05, 0.95)]
    [InlineData("slip", 0.01, 0.6)]
    [InlineData("exits.X", -20, 20)]
    [InlineData("step_reward", -5, 0)]
    public void Set_of_best_actions_is_constant_between_breakpoints_and_changes_at_each(string parameter, double from, double to)
    {
        var world = Worlds.DiscountGrid();
        var found = Planner.Breakpoints(world, parameter, from, to, 0.8, Plans.Token);

        double[] ends = [from, .. found.Breakpoints, to];
        Assert.InRange(found.Breakpoints.Count, 1, 40);
        for (int i = 0; i < found.Plans.Count; i++)
        {
            foreach (double share in new[] { 1e-4, 0.3, 0.9, 1 - 1e-4 })
                Assert.Equal(Actions(world, found.Plans[i]),
                    Actions(world, Solve(world, parameter, ends[i] + share * (ends[i + 1] - ends[i]))));
            if (i > 0)
                Assert.NotEqual(Actions(world, found.Plans[i - 1]), Actions(world, found.Plans[i]));
        }
    }

    [Fact]
    public void Linear_search_misses_no_breakpoint_of_random_worlds() => Gen.Char["....#123"].Array[12].Sample(cells =>
    {
        cells[0] = 'S';
        string[] map = [.. cells.Chunk(4).Select(row => new string(row))];
        if (!cells.Contains('1'))
            return;
        var world = new World(map, new() { Slip = 0.3, StepReward = -0.1,
            Exits = new Dictionary<char, double> { ['1'] = 1, ['2'] = -1, ['3'] = 2 } });
        var found = Planner.Breakpoints(world, "step_reward", -1, -0.01, 0.9, Plans.Token);

        for (int i = 0; i < 60; i++)
        {
            double at = -1 + (i + 0.37) * 0.99 / 60;
            if (found.Breakpoints.All(b => Math.Abs(b - at) > 1e-6))
                Assert.Equal(Actions(world, found.PlanAt(at)),
                    Actions(world, Plans.Of(world.With(world.Rules with { StepReward = at }), 0.9)));
        }
    }, iter: 60);

    [Theory]
    [InlineData("speed", 0, 1, "'speed' is not a parameter of this world.")]
    [InlineData("rewards.Q", 0, 1, "'rewards.Q' is not a parameter of this world.")]
    [InlineData("step_reward", 0, -1, "The range of step_reward must have a lower and a higher finite end (got 0 and -1).")]
    [InlineData("slip", 0, 1.5, "The range of slip must be within 0 and 1 (got 0 and 1.5).")]
    [InlineData("step_reward", -1, 1, "At step_reward 0.99")]
    public void Bad_input_is_named(string parameter, double from, double to, string words)
    {
        var error = Assert.Throws<InputException>(() => Planner.Breakpoints(Worlds.Aima4x3(), parameter, from, to,
            cancellationToken: Plans.Token));

        Assert.StartsWith(words, error.Message, StringComparison.Ordinal);
    }

    static Plan Solve(World world, string parameter, double value)
    {
        var (changed, discount) = PlanParameter.Find(parameter, world).Apply(world, 0.8, value);
        return Plans.Of(changed, discount);
    }

    static List<string> Actions(World world, Plan plan) =>
        [.. Enumerable.Range(0, world.States).Select(s => world.IsWall(s) ? "" : string.Concat(plan.BestActions(s)))];
}
