namespace GridWorld.Tests;

/// <summary>Traces take no more memory than they may, and change nothing of the run.</summary>
public class TraceTests
{
    [Fact]
    public async Task Trace_ends_with_the_last_episode_that_fits()
    {
        // No way leads to the goal: each episode has exactly 100,000 steps.
        var endless = new World(["S#G"], WorldRules.Default with { MaxSteps = 100_000 });
        var specification = new RunSpecification(endless, new QLearning(), Episodes: 7);

        var run = Run.Start(specification, RunOptions.InMemory with { TraceEpisodes = 7 });
        await run;

        Assert.Equal([1, 2, 3, 4, 5], run.Traces.Select(t => t.Episode));
        Assert.All(run.Traces, t => Assert.Equal(100_000, t.Steps.Count));
        Assert.Equal(7, run.RawEpisodes(1, 7).Count(e => e.MeanQ is not null));
    }

    [Fact]
    public async Task Trace_of_an_episode_that_is_too_long_is_left_out_and_so_are_those_after_it()
    {
        var endless = new World(["S#G"], WorldRules.Default with { MaxSteps = 600_000 });

        var run = Run.Start(new(endless, new QLearning(), Episodes: 1), RunOptions.InMemory with { TraceEpisodes = 3 });
        await run;

        Assert.Empty(run.Traces);
        Assert.Equal(600_000, run.Steps);
    }
}
