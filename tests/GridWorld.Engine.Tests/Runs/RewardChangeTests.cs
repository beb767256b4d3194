namespace GridWorld.Tests;

/// <summary>Rewards of cells that are changed while a run trains.</summary>
public sealed class RewardChangeTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Right, right: over the cell in the middle, or around it by the lower row.
    static World Detour => World.Parse("""
        S.G
        ...
        """);

    static RunSpecification Specification(World world) =>
        new(world, new QLearning { LearningRate = 1, Epsilon = 0.3, DiscountFactor = 1 }, Seed: 5, Episodes: null);

    [Fact]
    public async Task Agent_learns_on_around_a_cell_that_has_become_dear_and_the_optimum_follows()
    {
        var run = Run.Start(Specification(Detour), folder.Options with { StartPaused = true });
        await ToEpisode(run, 300);
        Assert.Equal((2, -2.0), (run.Evaluate().MeanLength, run.SolveExactly()!.OptimalValue));

        var change = run.SetReward(1, 0, -10);
        Assert.Equal((300, "reward_change", "reward(1,0)", "-1", "-10"),
            (change.Episode, change.Word, change.Param, change.OldValue, change.NewValue));
        Assert.Equal(-4.0, run.SolveExactly()!.OptimalValue); // The run is paused: no step was taken since.
        Assert.Equal(-10, run.Why(1, Cancel).Reward);
        await ToEpisode(run, 900);

        Assert.Equal((4, -4.0), (run.Evaluate().MeanLength, run.Evaluate().MeanReturn));
        Assert.Equal(-4.0, run.SolveExactly()!.Distance!.GreedyValue);
        foreach (var view in (RunView[])[run, Run.Open(run.Id, folder.Path)])
        {
            Assert.All(Entering(view, 1, 300), reward => Assert.Equal(-1, reward));
            Assert.All(Entering(view, 301, 600), reward => Assert.Equal(-10, reward));
            Assert.Equal(-2.0, view.Past(299, Cancel).SolveExactly()!.OptimalValue);
            Assert.Equal(-4.0, view.Past(300, Cancel).SolveExactly()!.OptimalValue);
        }

        var reference = new Reference(run.Specification, run.EventLog).ToEpisode(900);
        Assert.Equal(reference.Q, run.Agent().Q);
        run.Stop();
        await run;
        Assert.Empty(StoreFolder.Verify(run.Id, folder.Path, cancellationToken: Cancel));
        Assert.Equal(-4.0, Run.Open(run.Id, folder.Path).SolveExactly()!.OptimalValue);
        var (before, after) = (run.Fork(at: 200, episodes: 1), run.Fork(at: 500, episodes: 1));
        await before;
        await after;
        Assert.Equal(-2.0, before.SolveExactly()!.OptimalValue);
        Assert.Equal(-4.0, after.SolveExactly()!.OptimalValue);
    }

    // The rewards of the steps into the middle cell.
    static IEnumerable<double> Entering(RunView view, long first, long last)
    {
        double[] rewards = [.. view.Rewind().Replay(first, last, long.MaxValue, Cancel).SelectMany(e => e.Steps)
            .Where(s => s.NextState == 1 && s.State != 1).Select(s => s.Reward)];
        Assert.NotEmpty(rewards);
        return rewards;
    }

    [Fact]
    public async Task Change_before_the_first_episode_is_the_world_that_had_the_reward_from_the_start()
    {
        var world = Worlds.CliffWalking(slippery: true);
        var run = Run.Start(Specification(world) with { Episodes = 200 }, RunOptions.InMemory with { StartPaused = true });
        run.SetReward(5, 3, -7); // A cell of the cliff.
        run.Resume();
        await run;

        var other = world.With(world.Rules with { CellRewards = [new(5, 3, -7)] });
        var straight = Run.Start(Specification(other) with { Episodes = 200 }, RunOptions.InMemory);
        await straight;
        Assert.Equal(straight.Agent().Q, run.Agent().Q);
        Assert.Equal(straight.SolveExactly()!.OptimalValue, run.SolveExactly()!.OptimalValue);
    }

    // So many different rewards that the outcomes of a pair need a number of more than a byte, and other compiled steps.
    [Theory]
    [InlineData("q-learning")]
    [InlineData("dyna-q")]
    [InlineData("sarsa-lambda")]
    [InlineData("prioritized-sweeping")]
    [InlineData("value-iteration")]
    public async Task Any_number_of_rewards_can_change(string learner)
    {
        var world = Worlds.Empty(20, 20).With(Worlds.Empty(20, 20).Rules with { Slip = 0.2 });
        var options = LearnerCatalog.Create(learner);
        var run = Run.Start(new(world, options, Seed: 3, Episodes: null, MaxSteps: 50), RunOptions.InMemory with { StartPaused = true });
        for (int k = 0; k < 100; k++)
        {
            run.SetReward(1 + k % 18, 1 + k / 18, -2 - k / 100.0);
            if (k % 25 == 0)
                await ToEpisode(run, run.Episodes + 1);
        }

        await ToEpisode(run, run.Episodes + 3);

        Assert.Equal(new Reference(run.Specification, run.EventLog).ToEpisode(run.Episodes).Q, run.Agent().Q);
        Assert.True(run.Agent().Tables.NeedsWideCodes);
        run.Stop();
        await run;
    }

    [Fact]
    public void Planner_at_rest_plans_on_for_the_new_reward()
    {
        var specification = new RunSpecification(Worlds.Aima4x3(), LearnerCatalog.Create("value-iteration"), Episodes: null);
        var runLoop = new RunLoop(specification, specification.World.Compile());
        ToRest();
        runLoop.Apply(new(1, "", runLoop.Loop.Episodes, RunEventKind.RewardChange, default, "reward(2,2)", "-0.04", "-3"));
        Assert.False(runLoop.Loop.IsAtRest);
        ToRest();

        var plan = Planner.Solve(runLoop.Mdp, runLoop.Loop.Current.DiscountFactor, Cancel);
        Assert.All(plan.Values.Zip(runLoop.Loop.Planned!.Values), v => Assert.Equal(v.First, v.Second, 1e-6));

        void ToRest()
        {
            do
                runLoop.AdvanceTo(runLoop.Loop.Episodes + 1, [], Cancel);
            while (runLoop.Loop.IsAtRest == false);
        }
    }

    [Fact]
    public async Task Only_a_file_with_changed_rewards_is_of_the_format_that_earlier_versions_refuse()
    {
        var run = Run.Start(Specification(Detour), folder.Options with { StartPaused = true });
        Assert.Equal(2L, Version());
        run.SetReward(1, 0, -3);
        Assert.Equal(3L, Version());
        run.Stop();
        await run;

        object? Version()
        {
            using var connection = StoreFile.Read(folder.FileOf(run));
            return connection.One("PRAGMA user_version");
        }
    }

    [Fact]
    public async Task Impossible_change_is_refused_in_words_and_changes_nothing()
    {
        var run = Run.Start(Specification(World.Parse("S#G\n...")), RunOptions.InMemory with { StartPaused = true });
        Assert.Equal("The reward of the cell (9, 0) is off the map: x must be between 0 and 2, y between 0 and 1.", Refused(9, 0, 1));
        Assert.Equal("The cell (1, 0) is a wall, which is never entered, so it has no reward.", Refused(1, 0, 1));
        Assert.Equal("The reward of the cell (0, 1) must be finite (got NaN).", Refused(0, 1, double.NaN));
        Assert.Single(run.EventLog);
        run.Stop();
        await run;
        Assert.StartsWith("Cannot change rewards of a run that is stopped.", Refused(0, 1, 1), StringComparison.Ordinal);

        string Refused(int x, int y, double reward) => Assert.Throws<InputException>(() => run.SetReward(x, y, reward)).Message;
    }

    [Fact]
    public async Task Check_of_a_change_takes_no_memory_for_the_world()
    {
        var run = Run.Start(Specification(Worlds.Empty(500, 500)), RunOptions.InMemory with { StartPaused = true });
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InputException>(() => run.SetReward(500, 0, 1));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        run.Stop();
        await run;
    }

    static async Task ToEpisode(Run run, long episode)
    {
        run.Advance(episode - run.Episodes);
        while (run.State == RunState.Training)
            await Task.Delay(1, TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Dispose();
}
