using Microsoft.Data.Analysis;

namespace GridWorld.Tests;

public class RunFramesTests
{
    [Fact]
    public void QTable_has_a_row_forevery_state_and_action_with_typed_columns()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 300);
        var agent = run.Agent();

        var table = run.QTable();

        Assert.Equal(["state", "x", "y", "action", "q", "visits", "is_greedy", "q_optimal"], table.Columns.Select(c => c.Name));
        Assert.Equal([typeof(int), typeof(int), typeof(int), typeof(int), typeof(double), typeof(long), typeof(bool), typeof(double)],
            table.Columns.Select(c => c.DataType));
        Assert.Equal(48 * 4, table.Rows.Count);
        Assert.Equal([36, 0, 3, 0], table.Rows[36 * 4].Take(4));
        Assert.Equal(agent.Q, table["q"].Cast<double>());
        Assert.Equal(agent.Visits, table["visits"].Cast<long>());
        Assert.Equal(run.Steps, table["visits"].Cast<long>().Sum());
    }

    [Fact]
    public void Action_is_greedy_where_no_other_has_a_greater_value()
    {
        var table = Trained.In(Worlds.CliffWalking(), episodes: 2000).QTable();

        var greedyAtStart = Enumerable.Range(36 * 4, 4).Select(row => (bool)table["is_greedy"][row]).ToList();

        Assert.Equal([true, false, false, false], greedyAtStart);
    }

    [Fact]
    public void History_has_the_values_of_a_state_after_evenly_spaced_episodes()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 400);

        var history = run.History(36, points: 5);

        Assert.Equal(["episode", "q_up", "q_right", "q_down", "q_left", "greedy"], history.Columns.Select(c => c.Name));
        Assert.Equal([0L, 100, 200, 300, 400], history["episode"].Cast<long>());
        Assert.Equal("up, right, down, left", history["greedy"][0]);
        Assert.Equal(run.AgentAt(300, TestContext.Current.CancellationToken).Q[36 * 4 + 1], history["q_right"][3]);
    }

    [Fact]
    public void Metrics_has_a_row_forevery_episode_that_agrees_with_the_run()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 250);
        var episodes = run.RawEpisodes(1, 1000);

        var metrics = run.Metrics();

        Assert.Equal(["episode", "return", "length", "terminated", "truncated", "epsilon", "learning_rate", "mean_q", "episodes",
            "return_min", "return_max", "return_std"], metrics.Columns.Select(c => c.Name));
        Assert.Equal(Enumerable.Range(1, 250).Select(i => (long)i), metrics["episode"].Cast<long>());
        Assert.Equal(episodes.Select(e => e.Return), metrics["return"].Cast<double>());
        Assert.Equal(episodes.Select(e => e.Terminated), metrics["terminated"].Cast<bool>());
        Assert.All(metrics["episodes"].Cast<long>(), count => Assert.Equal(1, count));
    }

    [Fact]
    public void Metrics_in_few_points_counts_every_episode_once()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 1000);

        var metrics = run.Metrics(points: 20);

        Assert.InRange(metrics.Rows.Count, 2, 20);
        Assert.Equal(1000, metrics["episodes"].Cast<long>().Sum());
        double mean = metrics["return"].Cast<double>().Zip(metrics["episodes"].Cast<long>(), (r, n) => r * n).Sum() / 1000;
        Assert.Equal(run.RawEpisodes(1, 1000).Average(e => e.Return), mean, 9);
        Assert.All(Enumerable.Range(0, (int)metrics.Rows.Count), row => Assert.Null(metrics["terminated"][row]));
    }

    [Fact]
    public void Metrics_of_a_part_starts_and_ends_where_asked()
    {
        var metrics = Trained.In(Worlds.CliffWalking(), episodes: 100).Metrics(11, 20);

        Assert.Equal(Enumerable.Range(11, 10).Select(i => (long)i), metrics["episode"].Cast<long>());
    }

    [Fact]
    public void Faulty_range_names_every_fault()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 10);

        var fault = Assert.Throws<InputException>(() => run.Metrics(0, -5, 0));

        Assert.Equal(3, fault.Message.Split('\n').Length);
        Assert.Contains("The first episode must be at least 1 (got 0).", fault.Message);
    }

    [Fact]
    public async Task Events_are_numbered_and_changes_have_both_values()
    {
        var run = Worlds.CliffWalking().Train(episodes: 20, options: RunOptions.InMemory with { StartPaused = true });
        run.Set(epsilon: 0.05);
        run.Resume();
        await run.Completion;

        var events = run.Events();

        int change = events["event"].Cast<string>().ToList().IndexOf("param_change");
        Assert.Equal(["seq", "episode", "event", "param", "old_value", "new_value", "message", "timestamp"],
            events.Columns.Select(c => c.Name));
        Assert.Equal(["epsilon", "0.1", "0.05"], events.Rows[change].Skip(3).Take(3));
        Assert.Equal(typeof(DateTime), events["timestamp"].DataType);
        Assert.Equal("completed", events["event"].Cast<string>().Last());
    }

    [Fact]
    public void Checkpoints_has_its_columns_even_when_there_are_none() =>
        Assert.Equal(["episode", "step", "name", "timestamp"], Trained.In(Worlds.CliffWalking(), episodes: 1)
        .Checkpoints().Columns.Select(c => c.Name));

    [Fact]
    public void Table_can_be_filtered_and_grouped()
    {
        var table = Trained.In(Worlds.CliffWalking(), episodes: 300).QTable();

        var greedy = table.Filter((PrimitiveDataFrameColumn<bool>)table["is_greedy"]);
        var perState = table.GroupBy("state").Max("q");

        Assert.InRange(greedy.Rows.Count, 48, 192);
        Assert.Equal(48, perState.Rows.Count);
    }
}
