namespace GridWorld.Tests;

/// <summary>
/// Greedy episodes. Those that never end have a limit of a million steps here: twenty thousand of them must not be played.
/// </summary>
public class EvaluationTests
{
    const int Up = 0, Right = 1, Down = 2, Limit = 1_000_000;

    [Fact]
    public void Who_goes_round_is_not_followed_to_the_limit()
    {
        // Up, right, and down the cliff: three steps that cost 1, 1 and 100, and the start again. A million steps are 333,333 rounds and
        // one step.
        var result = Evaluate(Worlds.CliffWalking(), 20_000, (36, Up), (24, Right), (25, Down));

        Assert.Equal(new EvaluationResult(20_000, 0, -333_333 * 102.0 - 1, 0, Limit), result);
    }

    [Theory]
    [InlineData("cliff-walking")]
    [InlineData("windy-stochastic")]
    public void Who_wanders_where_every_step_costs_the_same_is_not_followed_either(string name)
    {
        // Everything but up and down is bad: the column of the start is never left, whatever wind there is elsewhere.
        var world = Worlds.Get(name);
        var q = new double[world.States * world.Actions];
        for (int pair = 0; pair < q.Length; pair++)
            q[pair] = pair % 4 is Up or Down ? 0 : -1;

        var result = Evaluation.Run(world, world.Compile(), Limit, q, 1, 20_000);

        Assert.Equal(new EvaluationResult(20_000, 0, -Limit, 0, Limit), result);
    }

    [Fact]
    public void Of_equal_actions_the_first_is_taken_however_long_it_goes_round() =>
        Assert.Equal(new EvaluationResult(20_000, 0, -Limit, 0, Limit), Evaluate(Worlds.Empty(5, 5), 20_000));

    [Fact]
    public void Ties_are_broken_as_the_exact_value_of_the_greedy_policy_breaks_them()
    {
        // In state 0 up and right are equal: up stays forever. In state 1 right and left are: right comes to the goal.
        var world = new World([".SG"]);
        double[] q = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0];

        var played = Evaluation.Run(world, world.Compile(), Limit, q, 1, 100);
        var exact = DistanceToOptimum.Of(Planner.Solve(world.Compile(), 1, TestContext.Current.CancellationToken), q,
            TestContext.Current.CancellationToken);

        Assert.Equal((1.0, -1.0, -1.0), (played.SuccessRate, played.MeanReturn, exact.GreedyValue));
    }

    [Fact]
    public async Task A_world_that_has_changed_is_evaluated_as_it_is_now()
    {
        var run = Worlds.BlockingMaze().Train(new DynaQ { DiscountFactor = 0.95 }, episodes: 400, options: RunOptions.InMemory);
        await run;

        // Sutton and Barto, 2nd ed., example 8.2: 16 steps are the least after the switch, 10 before.
        Assert.InRange(run.Evaluate(10).MeanLength, 16, 30);
    }

    static EvaluationResult Evaluate(World world, int episodes, params (int State, int Action)[] best)
    {
        var q = new double[world.States * world.Actions];
        foreach (var (state, action) in best)
            q[state * world.Actions + action] = 1;
        return Evaluation.Run(world, world.Compile(), Limit, q, 1, episodes);
    }
}
