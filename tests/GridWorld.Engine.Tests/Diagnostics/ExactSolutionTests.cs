namespace GridWorld.Tests;

public class ExactSolutionTests
{
    [Fact]
    public async Task A_learned_cliff_is_as_good_as_the_exact_optimum()
    {
        var run = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5, DiscountFactor = 1 }, episodes: 20_000, options: RunOptions.InMemory);
        await run;

        var solution = run.SolveExactly()!;
        var status = run.Status();

        Assert.Equal(-13, solution.OptimalValue, 1e-12);
        Assert.Equal(-13, solution.OptimalReturn!.Value, 1e-12);
        Assert.Equal(-13, status.GreedyValue!.Value, 1e-12);
        Assert.Equal((20_000, true), (status.TruthEpisode, status.IsProper));
        Assert.InRange(status.OptimalActionShare!.Value, 0.9, 1);
    }

    [Fact]
    public async Task The_optimum_line_is_undiscounted_and_knows_the_step_limit()
    {
        // Gymnasium FrozenLake-v1: success of the discount-0.99 policy under the registered limit of 100 steps.
        var run = Worlds.FrozenLake4x4().Train(episodes: 1, options: RunOptions.InMemory);
        await run;

        var solution = run.SolveExactly()!;

        Assert.Equal(0.542025932000474, solution.OptimalValue, 1e-9);
        Assert.Equal(0.740164897758705, solution.OptimalReturn!.Value, 1e-9);
    }

    [Fact]
    public async Task A_world_without_a_finite_value_has_no_truth()
    {
        var run = Worlds.SuttonBarto35().Train(new QLearning { DiscountFactor = 1 }, episodes: 1, options: RunOptions.InMemory);
        run.Stop();
        await run;

        Assert.Null(run.SolveExactly());
        Assert.Null(run.Status().OptimalValue);
    }

    [Fact]
    public async Task A_world_that_changes_is_judged_as_it_is_now()
    {
        var run = Worlds.BlockingMaze().Train(new DynaQ { DiscountFactor = 0.95 }, episodes: 200, options: RunOptions.InMemory);
        await run;

        // Sutton and Barto, 2nd ed., example 8.2: 16 steps after the switch; the reward of 1 comes with the last.
        Assert.True(run.Steps > 1000);
        Assert.Equal(Math.Pow(0.95, 15), run.SolveExactly()!.OptimalValue, 1e-12);
    }
}
