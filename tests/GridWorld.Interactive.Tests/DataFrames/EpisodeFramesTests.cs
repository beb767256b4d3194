namespace GridWorld.Tests;

public class EpisodeFramesTests
{
    [Fact]
    public void Episode_has_every_step_and_adds_up_to_what_the_run_says_of_it()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 120);
        var record = run.RawEpisodes(77, 1)[0];

        var steps = run.Episode(77);

        Assert.Equal(["episode", "step", "state", "x", "y", "action", "reward", "next_state", "terminated", "truncated", "explored", "q_up",
            "q_right", "q_down", "q_left"], steps.Columns.Select(c => c.Name));
        Assert.Equal(record.Length, steps.Rows.Count);
        Assert.Equal(record.Return, steps["reward"].Cast<double>().Sum());
        Assert.Equal([77L, 1, 36, 0, 3], steps.Rows[0].Take(5).Select(Convert.ToInt64));
        Assert.True((bool)steps["terminated"][steps.Rows.Count - 1]);
        Assert.Equal(steps["next_state"].Cast<int>().SkipLast(1), steps["state"].Cast<int>().Skip(1));
    }

    [Fact]
    public void Trajectories_are_the_last_episodes_oldest_first()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 50);

        var steps = run.Trajectories(3);

        Assert.Equal([48, 49, 50], steps["episode"].Cast<long>().Distinct());
        Assert.Equal(run.RawEpisodes(48, 3).Sum(e => e.Length), steps.Rows.Count);
    }

    [Fact]
    public void Episode_that_never_was_is_a_fault() =>
    Assert.Throws<InputException>(() => Trained.In(Worlds.CliffWalking(), episodes: 5).Episode(6));

    [Fact]
    public void Columns_are_typed()
    {
        var types = Trained.In(Worlds.CliffWalking(), episodes: 5).Episode(5).Columns.Select(c => c.DataType);

        Assert.Equal([typeof(long), typeof(int), typeof(int), typeof(int), typeof(int), typeof(int), typeof(double), typeof(int),
            typeof(bool), typeof(bool), typeof(bool), typeof(double), typeof(double), typeof(double), typeof(double)], types);
    }

    [Fact]
    public async Task Episode_that_was_cut_off_ends_with_a_truncated_step()
    {
        var run = Run.Start(new(Worlds.CliffWalking(), new QLearning(), Seed: 1, Episodes: 1, MaxSteps: 3), RunOptions.InMemory);
        await run.Completion;

        Assert.Equal([false, false, true], run.Episode(1)["truncated"].Cast<bool>());
    }

    [Fact]
    public void More_episodes_than_there_are_mean_all()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 5);

        Assert.Equal([1, 2, 3, 4, 5], run.Trajectories(1000)["episode"].Cast<long>().Distinct());
        Assert.Equal("The number of episodes must be at least 1 (got 0).",
            Assert.Throws<InputException>(() => run.Trajectories(0)).Message);
    }

    [Fact]
    public async Task Run_without_an_episode_has_no_rows_but_all_columns()
    {
        var run = Worlds.CliffWalking().Train(options: RunOptions.InMemory with { StartPaused = true });

        var table = run.Trajectories();
        run.Stop();
        await run.Completion;

        Assert.Equal((0L, 15), (table.Rows.Count, table.Columns.Count));
    }
}
