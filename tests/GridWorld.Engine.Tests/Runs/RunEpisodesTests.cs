namespace GridWorld.Tests;

/// <summary>Running a number of episodes, then pausing: for whoever watches an agent learn step after step.</summary>
public class RunEpisodesTests
{
    static readonly RunOptions Waiting = RunOptions.InMemory with { StartPaused = true };

    [Fact]
    public async Task Resume_for_some_episodes_pauses_after_exactly_those_and_changes_no_bit()
    {
        var straight = Worlds.CliffWalking().Train(episodes: 60, options: RunOptions.InMemory);
        var watched = Worlds.CliffWalking().Train(episodes: 60, options: Waiting);

        foreach (var (count, reached) in ((int, long)[])[(1, 1), (1, 2), (30, 32), (7, 39)])
        {
            watched.Advance(count);
            await Paused(watched);
            Assert.Equal(reached, watched.Episodes);
            Assert.False(watched.Completion.IsCompleted);
        }

        watched.Advance(1000);
        await watched;
        await straight;

        Assert.Equal((RunState.Completed, 60), (watched.State, watched.Episodes));
        Assert.Equal(straight.Agent().Q, watched.Agent().Q);
        Assert.Equal(straight.RawEpisodes(1, 60), watched.RawEpisodes(1, 60));
        Assert.Equal(4, watched.EventLog.Count(e => e.Kind == RunEventKind.Paused));
    }

    [Fact]
    public async Task Ended_run_goes_on_and_its_target_is_raised_only_as_far_as_needed()
    {
        var run = Worlds.CliffWalking().Train(episodes: 20, options: RunOptions.InMemory);
        await run;

        run.Advance(5);
        await run;

        Assert.Equal((RunState.Completed, 25), (run.State, run.Episodes));
        Assert.Equal("25", Assert.Single(run.EventLog, e => e.Kind == RunEventKind.Continued).NewValue);
    }

    [Fact]
    public async Task Stopped_run_goes_on_for_some_episodes_with_its_target_as_it_was()
    {
        var run = Worlds.CliffWalking().Train(episodes: 1000, options: Waiting);
        run.Stop();
        await run.Completion;

        run.Advance(3);
        await Paused(run);

        Assert.Equal((3, 1000L), (run.Episodes, run.Status().TargetEpisodes));
        Assert.DoesNotContain(run.EventLog, e => e.Kind == RunEventKind.Continued);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Number_out_of_range_is_refused(long episodes)
    {
        var run = Worlds.CliffWalking().Train(episodes: 5, options: Waiting);

        Assert.Contains($"(got {episodes})", Assert.Throws<InputException>(() => run.Advance(episodes)).Message);
    }

    static Task Paused(Run run) => Task.Run(() => Wait.Until(() => run.State == RunState.Paused, "The run should have paused."));
}
