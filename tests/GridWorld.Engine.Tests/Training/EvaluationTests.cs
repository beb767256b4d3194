namespace GridWorld.Training;

/// <summary>Greedy episodes. Those that never end have a limit of a million steps here: twenty thousand of them must not be played.</summary>
public class EvaluationTests
{
    const int Up = 0, Right = 1, Down = 2, Limit = 1_000_000;

    [Fact]
    public void Who_goes_round_is_not_followed_to_the_limit()
    {
        // Up, right, and down the cliff: three steps that cost 1, 1 and 100, and the start again. A million steps are 333,333 rounds and one step.
        var result = Evaluate(Worlds.CliffWalking(), Ties.Random, 20_000, (36, Up), (24, Right), (25, Down));

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

        var result = Evaluation.Run(world, world.Compile(), Limit, new QLearning(), q, 1, 20_000);

        Assert.Equal(new EvaluationResult(20_000, 0, -Limit, 0, Limit), result);
    }

    [Fact]
    public void First_of_equal_actions_may_go_round_too() =>
        Assert.Equal(new EvaluationResult(20_000, 0, -Limit, 0, Limit), Evaluate(Worlds.Empty(5, 5), Ties.First, 20_000));

    [Fact]
    public void Fair_ties_find_the_way_out_of_an_untrained_table()
    {
        // A blind walk through the Dyna maze takes 868.7 steps on average, most of them longer than the patience of the evaluation.
        var result = Evaluate(Worlds.DynaMaze(), Ties.Random, 2000);

        Assert.Equal((1.0, 1.0), (result.SuccessRate, result.MeanReturn));
        Assert.InRange(result.MeanLength, 868.7 - 4 * 780 / Math.Sqrt(2000), 868.7 + 4 * 780 / Math.Sqrt(2000));
    }

    [Fact]
    public async Task A_world_that_has_changed_is_evaluated_as_it_is_now()
    {
        var run = Worlds.BlockingMaze().Train(new DynaQ { DiscountFactor = 0.95 }, episodes: 400, options: RunOptions.InMemory);
        await run;

        // Sutton and Barto, 2nd ed., example 8.2: 16 steps are the least after the switch, 10 before.
        Assert.InRange(run.Evaluate(10).MeanLength, 16, 30);
    }

    static EvaluationResult Evaluate(World world, Ties ties, int episodes, params (int State, int Action)[] best)
    {
        var q = new double[world.States * world.Actions];
        foreach (var (state, action) in best)
            q[state * world.Actions + action] = 1;
        return Evaluation.Run(world, world.Compile(), Limit, new QLearning { Ties = ties }, q, 1, episodes);
    }
}
