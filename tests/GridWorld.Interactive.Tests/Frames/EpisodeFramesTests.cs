namespace GridWorld;

public class EpisodeFramesTests
{
    [Fact]
    public void Episode_has_every_step_and_adds_up_to_what_the_run_says_of_it()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 120);
        var record = run.View.Episodes(77, 1)[0];

        var steps = run.Episode(77);

        Assert.Equal(["episode", "step", "state", "x", "y", "action", "reward", "next_state", "terminated", "truncated", "explored", "q_up", "q_right", "q_down", "q_left"], steps.Columns.Select(c => c.Name));
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
        Assert.Equal(run.View.Episodes(48, 3).Sum(e => e.Length), steps.Rows.Count);
    }

    [Fact]
    public void Episode_that_never_was_is_a_fault() => Assert.Throws<InputException>(() => Trained.In(Worlds.CliffWalking(), episodes: 5).Episode(6));
}
