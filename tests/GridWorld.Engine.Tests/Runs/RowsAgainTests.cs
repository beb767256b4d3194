namespace GridWorld.Tests;

/// <summary>Rows that are run again, many and few, whoever asks for them.</summary>
public sealed class RowsAgainTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // More than the 1,048,576 rows that memory keeps.
    [Fact]
    public async Task More_rows_than_memory_keeps_bear_their_own_numbers()
    {
        const int episodes = 1_100_000;
        var specification = new RunSpecification(Worlds.Get("empty-2x1"), new QLearning(), Seed: 5, Episodes: episodes);
        var run = Run.Start(specification, RunOptions.InMemory);
        await run;
        var beginning = Run.Start(specification with { Episodes = 1000 }, RunOptions.InMemory);
        await beginning;

        var again = run.Rewind().Records(1, episodes, run.OptionsOfFork, Cancel).ToArray();

        Assert.Equal(Enumerable.Range(1, episodes).Select(e => (long)e), again.Select(e => e.Episode));
        Assert.Equal(beginning.RawEpisodes(1, 1000), again[..1000]);
        Assert.Equal(run.RawEpisodes(episodes - 999_999, 1_000_000), again[^1_000_000..]);
    }

    public static TheoryData<string> Ways => ["paused", "slow"];

    [Theory, MemberData(nameof(Ways))]
    public async Task Fork_from_before_the_kept_rows_is_there_however_it_is_to_go_on(string way)
    {
        var run = Run.Start(new(Worlds.Get("empty-2x1"), new QLearning(), Episodes: 3_000_000), RunOptions.InMemory);
        await run;
        var options = way == "paused" ? RunOptions.InMemory with { StartPaused = true } : RunOptions.InMemory with { Pace = 0.001 };

        var fork = await Task.Run(() => run.Fork(at: 1000, options: options), Cancel).WaitAsync(TimeSpan.FromMinutes(2), Cancel);

        Assert.Equal((1000, way == "paused" ? RunState.Paused : RunState.Training), (fork.Episodes, fork.State));
        Assert.Equal(1000, fork.MetricBuckets(1, 1000, 10).Sum(b => b.Count));
        fork.Stop();
        await fork;
    }
}
