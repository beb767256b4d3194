namespace GridWorld.Tests;

public sealed class ForkTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static RunSpecification Lake => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 21, Episodes: 3000);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(333)]
    [InlineData(700)]
    [InlineData(701)]
    [InlineData(2999)]
    public async Task Fork_without_changes_comes_to_the_bits_of_the_straight_run(long episode)
    {
        var parent = await Parent();

        var fork = Run.Open(parent.Id, folder.Path).Fork(episode);
        await fork;

        Assert.Equal((RunState.Completed, 3000), (fork.State, fork.Episodes));
        Assert.Equal(new RunParent(parent.Id, episode), fork.Parent);
        new Straight(Lake, fork.EventLog, 3000).AssertSame(fork, folder.FileOf(fork));
        new Straight(Lake, fork.EventLog, 3000).AssertSame(Run.Open(fork.Id, folder.Path), folder.FileOf(fork));
        if (episode >= 700)
        {
            Assert.Equal(parent.Agent().Q, fork.Agent().Q);
            Assert.Equal(parent.Agent().Visits, fork.Agent().Visits);
            Assert.Equal(parent.RawEpisodes(1, 3000), fork.RawEpisodes(1, 3000));
        }
    }

    [Fact]
    public async Task Stored_run_that_was_opened_can_be_forked()
    {
        var parent = await Parent();

        var fork = Run.Open(parent.Id, folder.Path).Fork(at: 700, epsilon: 0.5, episodes: 10, options: new() { Name = "bold" });
        await fork;

        Assert.Equal((new RunParent(parent.Id, 700), "bold", 710), (fork.Parent, fork.Name, fork.Episodes));
        Assert.True(File.Exists(folder.FileOf(fork)));
    }

    [Fact]
    public async Task Fork_needs_its_parent_no_more()
    {
        var parent = await Parent();
        var steps = parent.ReplayEpisode(345, Cancel);
        var early = parent.AgentAt(650, Cancel);
        var fork = parent.Fork(at: 2000, epsilon: 0.5, options: new() { Name = "bold" });
        await fork;
        StoreFolder.Delete(parent.Id, folder.Path);

        var more = Run.Resume("bold", folder.Path, moreEpisodes: 100);
        await more;

        Assert.Equal(new RunParent(parent.Id, 2000), more.Parent);
        Assert.Equal(steps.Select(s => (s.State, s.Action, s.NewValue)), more.ReplayEpisode(345, Cancel)
            .Select(s => (s.State, s.Action, s.NewValue)));
        Assert.Equal(early.Q, Run.Open("bold", folder.Path).AgentAt(650, Cancel).Q);
        new Straight(Lake, more.EventLog, 3100).AssertSame(more, folder.FileOf(more));
        Assert.Empty(StoredRunCheck.Of(folder.FileOf(more)));
        var again = more.Fork(at: 5, episodes: 1);
        await again;
        Assert.True(File.Exists(folder.FileOf(again)));
    }

    [Fact]
    public async Task Changes_of_a_fork_are_its_events_and_leave_the_parent_alone()
    {
        var parent = await Parent();
        var before = parent.EventLog;
        var q = parent.Agent().Q;

        var fork = parent.Fork(at: 1000, learningRate: 0.05, epsilon: 0.9, episodes: 500);
        await fork;

        Assert.Equal(1500, fork.Episodes);
        Assert.Equal(["run_started@0", "param_change@0 epsilon 0.1 → 0.4", "checkpoint@0", "param_change@700 learning_rate 0.1 → 0.3",
            "forked@1000",
            "param_change@1000 learning_rate 0.3 → 0.05", "param_change@1000 epsilon 0.4 → 0.9", "completed@1500"],
                fork.EventLog.Select(Text));
        Assert.Equal(Enumerable.Range(1, 8), fork.EventLog.Select(e => (int)e.Seq));
        Assert.All(fork.EventLog, e => Assert.Equal(fork.Id, e.RunId));
        Assert.Equal($"from {parent.Id} after episode 1000", fork.EventLog[4].Message);
        Assert.Equal((0.05, 0.9), (fork.Status().Settings.LearningRate, fork.Status().Settings.Epsilon));
        Assert.Equal(before, parent.EventLog);
        Assert.Equal(q, parent.Agent().Q);
        new Straight(Lake, fork.EventLog, 1500).AssertSame(fork, folder.FileOf(fork));

        static string Text(RunEvent e) => $"{e.Word}@{e.Episode}{(e.Param is null ? "" : $" {e.Param} {e.OldValue} → {e.NewValue}")}";
    }

    [Fact]
    public async Task Fork_of_a_run_that_trains_begins_at_the_episode_that_ended_last()
    {
        var parent = Run.Start(Lake with { Episodes = null }, folder.Options with { Pace = 30_000 });
        parent.Set(epsilon: 0.3);
        // In its file too, which it writes now and then: the stranger knows no more than that.
        while (parent.Episodes < 150 || Run.Open(parent.Id, folder.Path).Status().Episodes < 40)
            await Task.Yield();

        var fork = parent.Fork(episodes: 400);
        var stranger = Run.Open(parent.Id, folder.Path).Fork(at: 40, episodes: 60);
        parent.Stop();
        await Task.WhenAll(parent.Completion, fork.Completion, stranger.Completion);

        Assert.InRange(fork.Parent!.Episode, 150, parent.Episodes);
        Assert.Equal(fork.Parent.Episode + 400, fork.Episodes);
        new Straight(Lake, fork.EventLog, fork.Episodes).AssertSame(fork, folder.FileOf(fork));
        new Straight(Lake, stranger.EventLog, 100).AssertSame(stranger, folder.FileOf(stranger));
    }

    [Fact]
    public async Task Run_in_memory_is_forked_in_memory_and_a_fork_is_forked_again()
    {
        var parent = Run.Start(Lake, RunOptions.InMemory);
        await parent;

        var fork = parent.Fork(at: 100, epsilon: 0.2);
        await fork;
        var again = fork.Fork(at: 200, epsilon: 0.7, options: folder.Options);
        await again;

        Assert.Empty(fork.CheckpointList);
        Assert.Equal(new RunParent(fork.Id, 200), again.Parent);
        Assert.Equal(["run_started", "forked", "param_change", "forked", "param_change", "completed"], again.EventLog.Select(e => e.Word));
        Assert.Equal(new Straight(Lake, fork.EventLog, 3000).Values, fork.Agent().Q);
        new Straight(Lake, again.EventLog, 3000).AssertSame(again, folder.FileOf(again));
    }

    [Fact]
    public async Task Fork_that_cannot_be_is_refused_with_every_fault_and_leaves_nothing()
    {
        var parent = await Parent("lake");

        var fault = Assert.Throws<InputException>(() => parent.Fork(at: 3001, learningRate: 9, epsilon: -1, episodes: 0,
            options: new() { Name = "lake" }));
        var done = Assert.Throws<InputException>(() => parent.Fork());

        Assert.Equal(["The run has 3000 episodes: choose one between 0 and 3000 (got 3001).",
            "Learning rate must be between 0.001 and 1.0 (got 9).", "Epsilon must be between 0 and 1 (got -1).",
            "The number of episodes must be between 1 and 1000000000000 (got 0)."], fault.Errors);
        Assert.Equal("The run's target is 3000 episodes, but the fork starts after episode 3000. Set the number of episodes to train "
            + "(episodes).", done.Message);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Fork_into_a_folder_that_cannot_be_written_is_refused()
    {
        var parent = await Parent();
        string file = Path.Combine(folder.Path, "a file");
        await File.WriteAllTextAsync(file, "", Cancel);

        var fault = Assert.Throws<InputException>(() => parent.Fork(at: 10, options: folder.Options with { Store = file }));

        Assert.StartsWith($"The run cannot be stored in {file}: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_name_the_parent()
    {
        var parent = await Parent();
        var fork = parent.Fork(at: 2990);
        await fork;

        var summary = StoreFolder.Find(fork.Id, folder.Path);

        Assert.Equal((parent.Id, 2990), (summary.ParentRunId, summary.ParentEpisode));
        Assert.Equal((parent.Id, 2990), (fork.Status().ParentRunId, fork.Status().ParentEpisode));
        Assert.Equal((null, null), (parent.Status().ParentRunId, parent.Status().ParentEpisode));
    }

    [Fact]
    public async Task Values_that_are_no_numbers_are_not_forked()
    {
        var world = World.FromJson("""{ "map": ["S..G"], "step_reward": 1e308, "max_steps": 50 }""");
        var parent = Run.Start(new(world, new QLearning { LearningRate = 1, DiscountFactor = 1 }, Episodes: 100), RunOptions.InMemory);
        await parent;

        Assert.Equal(RunState.Failed, parent.State);
        Assert.Contains("Fork from an earlier episode", Assert.Throws<InputException>(() => parent.Fork()).Message,
            StringComparison.Ordinal);
    }

    Task<Run> Parent(string? name = null) => folder.ChangedRunAsync(Lake, name);

    public void Dispose() => folder.Dispose();
}
