namespace GridWorld.Tests;

public class RunFlagsTests
{
    static readonly QLearning learns = new() { LearningRate = 0.5 }, blind = new() { Epsilon = 0, TieBreaking = TieBreaking.First };
    static readonly SarsaLambda explodes = new() { Traces = Traces.Accumulating, TraceDecay = 1, LearningRate = 1 };

    // Every run that is told to show a flag has two relatives from other worlds, and so has every run that is told not to.
    static readonly Dictionary<string, (string[] Raised, string[] Not, Func<FlaggedRun> Run)> runs = new()
    {
        ["cliff, learned"] = (["greedy_optimal"],
            ["no_improvement", "step_limit", "goal_never_reached", "same_action", "no_reward", "diverging", "exploring", "non_finite"],
            () => FlaggedRun.Of(Worlds.CliffWalking(), learns, 3000)),
        ["dyna maze, learned"] = (["greedy_optimal"],
            ["no_reward", "step_limit", "goal_never_reached", "same_action", "diverging", "exploring", "non_finite", "no_improvement"],
            () => FlaggedRun.Of(Worlds.DynaMaze(), learns with { LearningRate = 1, DiscountFactor = 0.95 }, 4000)),
        ["lake that is not slippery, learned"] = (["greedy_optimal"],
            ["no_reward", "step_limit", "goal_never_reached", "same_action", "diverging", "exploring", "non_finite", "no_improvement"],
            () => FlaggedRun.Of(Worlds.FrozenLake4x4(false), learns with { Epsilon = 0.3 }, 5000)),
        ["slippery lake, learned"] = (["no_improvement"],
            ["greedy_optimal", "no_reward", "step_limit", "goal_never_reached", "same_action", "diverging"],
            () => FlaggedRun.Of(Worlds.FrozenLake4x4(), new QLearning { DiscountFactor = 0.95 }, 20_000)),
        ["cliff, safely"] = (["no_improvement"], ["greedy_optimal", "step_limit"],
            () => FlaggedRun.Of(Worlds.CliffWalking(), new Sarsa { LearningRate = 0.5 }, 4000)),
        ["windy, at random"] = (["no_improvement"], ["greedy_optimal", "step_limit"],
            () => FlaggedRun.Of(Worlds.SuttonBarto41(), new QLearning { Epsilon = 1, LearningRate = 0.001 }, 2000)),
        ["open field, begun"] = (["exploring"], ["no_improvement", "greedy_optimal"], () => FlaggedRun.Of(Worlds.Empty(8, 8), learns, 20)),
        ["maze, improving"] = ([], ["no_improvement", "exploring", "greedy_optimal"],
            () => FlaggedRun.Of(Worlds.Maze(15, 15), new QLearning { LearningRate = 0.01, DiscountFactor = 1 }, 300)),
        ["cliff, slowly"] = ([], ["no_improvement"],
            () => FlaggedRun.Of(Worlds.CliffWalking(), new QLearning { LearningRate = 0.01 }, 400)),
        ["cliff, begun"] = (["exploring"], [], () => FlaggedRun.Of(Worlds.CliffWalking(), learns, 99)),
        ["lake, begun by softmax"] = (["exploring"], [],
            () => FlaggedRun.Of(Worlds.FrozenLake4x4(), new QLearning { Behavior = Behavior.Softmax, Epsilon = 0 }, 10)),
        ["cliff, begun without exploring"] = ([], ["exploring"],
            () => FlaggedRun.Of(Worlds.CliffWalking(), learns with { Epsilon = 0 }, 50)),
        ["cliff, cut short"] = (["step_limit", "goal_never_reached"], ["greedy_optimal"],
            () => FlaggedRun.Of(Worlds.CliffWalking(), learns, 1000, 5)),
        ["maze, cut short"] = (["step_limit", "goal_never_reached", "no_reward"], [],
            () => FlaggedRun.Of(Worlds.DynaMaze(), learns, 300, 5)),
        ["open field, cut short"] = (["step_limit", "goal_never_reached"], [], () => FlaggedRun.Of(Worlds.Empty(8, 8), learns, 200, 10)),
        ["limit that the shortest path just meets"] = ([], ["step_limit", "goal_never_reached"],
            () => FlaggedRun.Of(new World(["S.G"]), new QLearning { Epsilon = 0 }, 1000, 2)),
        ["endless, learned"] = (["greedy_optimal"], ["step_limit", "goal_never_reached"],
            () => FlaggedRun.Of(Worlds.SuttonBarto35(), learns with { LearningRate = 1, DiscountFactor = 0.9 }, 200, 1000)),
        ["start that is walled in"] = (["step_limit", "goal_never_reached"], ["greedy_optimal"],
            () => FlaggedRun.Of(new World(["S#.", "##G"], new() { MaxSteps = 20 }), learns, 2000)),
        ["lake that was never crossed"] = (["no_reward", "goal_never_reached"], ["exploring"],
            () => FlaggedRun.Of(Worlds.FrozenLake8x8(), blind, 1000)),
        ["small lake that was never crossed"] = (["no_reward", "goal_never_reached", "same_action"], [],
            () => FlaggedRun.Of(Worlds.FrozenLake4x4(false), blind, 1000)),
        ["corner never left"] = (["same_action", "step_limit"], [], () => FlaggedRun.Of(Worlds.DynaMaze(), blind, 200, 100)),
        ["field of zeros, upward"] = (["same_action"], [],
            () => FlaggedRun.Of(new World(["...", "S.G"], new() { StepReward = 0, MaxSteps = 50 }), blind, 200)),
        ["corridor, learned"] = (["greedy_optimal"], ["same_action"],
            () => FlaggedRun.Of(new World(["S...................G"]), learns with { Epsilon = 0.02 }, 4000)),
        ["windy, exploded"] = (["diverging"], [], () => FlaggedRun.Of(Worlds.Windy(), explodes with { DiscountFactor = 0.9 }, 20, 2000)),
        ["maze, from wild values"] = (["diverging"], [],
            () => FlaggedRun.Of(Worlds.DynaMaze(), learns, 5, 100,
            initial: new(Enumerable.Repeat(1e6, Worlds.DynaMaze().States * 4).ToArray()))),
        ["cliff, from wild values"] = (["diverging"], [],
            () => FlaggedRun.Of(Worlds.CliffWalking(), learns, 5, 100, initial: new(Enumerable.Repeat(-1e9, 48 * 4).ToArray()))),
        ["wide field that explodes"] = (["non_finite"], ["exploring"],
            () => FlaggedRun.Of(new World(["S..", "..G"], new() { StepReward = -1e308, MaxSteps = 100 }),
            new QLearning { LearningRate = 1, DiscountFactor = 1 }, 100)),
        ["lake that explodes"] = (["non_finite"], ["exploring"],
            () => FlaggedRun.Of(Worlds.FrozenLake4x4().With(Worlds.FrozenLake4x4().Rules with { StepReward = 1e308 }),
            new Sarsa { LearningRate = 1, DiscountFactor = 1 }, 100)),
        ["field that explodes"] = (["non_finite"], ["exploring", "diverging"],
            () => FlaggedRun.Of(new World(["S.G"], new() { StepReward = 1e308, MaxSteps = 100 }),
            new QLearning { LearningRate = 1, DiscountFactor = 1 }, 100)),
    };

    public static TheoryData<string> Names => [.. runs.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Each_run_shows_the_flags_that_it_must_and_none_that_it_must_not(string name)
    {
        var (raised, not, run) = runs[name];

        var flags = run().Flags();

        Assert.All(raised, flag => Assert.Single(flags, f => f.Word == flag));
        Assert.All(not, flag => Assert.DoesNotContain(flags, f => f.Word == flag));
    }

    [Theory]
    [InlineData("exploring")]
    [InlineData("no_improvement")]
    [InlineData("same_action")]
    [InlineData("diverging")]
    [InlineData("greedy_optimal")]
    [InlineData("step_limit")]
    [InlineData("goal_never_reached")]
    [InlineData("no_reward")]
    [InlineData("non_finite")]
    public void Each_flag_is_shown_by_three_runs_and_not_by_three(string flag)
    {
        Assert.InRange(runs.Values.Count(r => r.Raised.Contains(flag)), 3, int.MaxValue);
        Assert.InRange(runs.Values.Count(r => r.Not.Contains(flag)), 3, int.MaxValue);
    }

    public static TheoryData<string> Converged =>
        ["cliff, learned", "slippery lake, learned", "cliff, safely", "lake that was never crossed"];

    [Theory, MemberData(nameof(Converged))]
    public void No_flag_comes_or_goes_over_a_thousand_batches_of_a_converged_run(string name)
    {
        var run = runs[name].Run();
        string before = run.Names();

        for (int batch = 1; batch <= 1000; batch++)
            Assert.True(before == run.Train(100).Names(), $"After batch {batch}: {run.Names()}, before: {before}.");
    }

    [Fact]
    public void Step_limit_is_judged_by_exactly_the_last_hundred_episodes()
    {
        // A start that is walled in: every episode is truncated.
        var run = FlaggedRun.Of(new World(["S#G"]), learns, 99, 5);
        Assert.DoesNotContain(run.Flags(), f => f.Word == "step_limit");

        Assert.Contains("5 steps in each of episodes 1–100 without", Text(run.Train(1)));
        Assert.Contains("5 steps in each of episodes 901–1,000 without", Text(run.Train(900)));

        static string Text(FlaggedRun run) => Assert.Single(run.Flags(), f => f.Word == "step_limit").Text;
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public async Task One_episode_that_ends_keeps_the_step_limit_flag_down_for_a_hundred_episodes(int later, bool isRaised)
    {
        // After 400 steps a wall parts the start from the goal.
        var world = new World(["S.G"], new() { MaxSteps = 20, Changes = [new(400, "S#G")] });
        var run = world.Train(learns, 500);
        await run;
        long last = run.RawEpisodes(1, 500).Last(e => e.Terminated).Episode;

        Assert.InRange(last, 2, 400);
        Assert.Equal(isRaised, FlaggedRun.Of(world, learns, last + later).Flags().Any(f => f.Word == "step_limit"));
    }

    [Fact]
    public async Task Past_present_and_stored_run_have_the_same_flags_for_an_episode()
    {
        using var folder = new TemporaryFolder();
        var run = Worlds.CliffWalking().Train(learns, 3000, options: folder.Options);
        await run;

        string live = Text(run), past = Text(run.Past(3000, TestContext.Current.CancellationToken)),
            stored = Text(Run.Open(run.Id, folder.Path));

        Assert.Equal((live, live), (past, stored));
        Assert.Equal(string.Join('\n', FlaggedRun.Of(Worlds.CliffWalking(), learns, 777).Flags()),
            Text(run.Past(777, TestContext.Current.CancellationToken)));

        static string Text(RunView view) => string.Join('\n', view.Diagnostics().Flags);
    }

    [Fact]
    public void Optimal_greedy_policy_says_what_exploring_costs()
    {
        // Half of the steps at random beside a cliff: far from the −13 of Sutton and Barto's example 6.6.
        string text = Assert.Single(FlaggedRun.Of(Worlds.CliffWalking(), learns with { Epsilon = 0.5 }, 5000).Flags(),
            f => f.Word == "greedy_optimal").Text;

        Assert.Matches(
            @"^The greedy policy is optimal\. The exploring policy \(epsilon 0\.5\) returned −[\d,.]+ on average "
            + @"over episodes 4,901–5,000, the optimal policy returns −13: exploring costs [\d,.]+ per episode\. ", text);
    }
}
