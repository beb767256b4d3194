namespace GridWorld.Tests;

/// <summary>A schedule says from when it counts.</summary>
public class ScheduleStartTests
{
    [Fact]
    public void It_counts_from_its_start_and_stands_still_before()
    {
        var schedule = Schedule.Linear(1, 0, 100).StartingAt(500);

        Assert.Equal([1, 1, 0.75, 0], new long[] { 0, 500, 525, 700 }.Select(episode => schedule.At(new(episode, 0, 0, 0))));
        Assert.Equal(schedule, Schedule.FromJson("""{"schedule":"linear","from":1,"to":0,"over":100,"start":500}"""));
        Assert.Equal(schedule, Schedule.FromJson(schedule.ToJson()));
    }

    [Fact]
    public void Without_one_it_counts_from_the_beginning_and_is_written_as_ever()
    {
        var schedule = Schedule.FromJson("""{"schedule":"linear","from":1,"to":0,"over":100,"start":"now"}""");

        Assert.Equal(0.5, schedule.At(new(50, 0, 0, 0)));
        Assert.Equal("""{"schedule":"linear","from":1,"to":0,"over":100,"unit":"episodes"}""", schedule.ToJson());
    }

    [Theory]
    [InlineData("""{"schedule":"linear","from":1,"to":0,"over":100,"start":-1}""", "at least 0")]
    [InlineData("""{"schedule":"power","start":3}""", "episodes or steps")]
    [InlineData("""{"schedule":"constant","value":1,"start":3}""", "constant")]
    public void A_start_that_makes_no_sense_is_refused(string json, string why) =>
        Assert.Contains(why, Assert.Throws<InputException>(() => Schedule.FromJson(json)).Message);

    [Fact]
    public async Task Set_while_training_it_counts_from_that_moment_and_the_event_says_so()
    {
        var run = Worlds.CliffWalking().Train(episodes: 300, options: RunOptions.InMemory with { StartPaused = true });
        run.Advance(100);
        await Paused(run);

        var change = run.Set(epsilon: Schedule.Linear(1, 0, 100))[0];
        var fixedChange = run.Set(learningRate: Schedule.Linear(1, 0.5, 1000).StartingAt(0))[0];
        run.Resume();
        await run;

        Assert.Contains($"\"start\":{change.Episode}", change.NewValue);
        Assert.Contains("\"start\":0", fixedChange.NewValue);
        double Epsilon(long episode) => run.RawEpisodes(episode, 1)[0].Epsilon;
        Assert.Equal([1, 0.5, 0], new[] { change.Episode + 1, change.Episode + 51, change.Episode + 101 }.Select(Epsilon));
        Assert.Equal(run.ReplayEpisode(change.Episode + 60, TestContext.Current.CancellationToken).Sum(s => s.Reward),
            run.RawEpisodes(change.Episode + 60, 1)[0].Return);
    }

    [Fact]
    public void An_event_of_an_earlier_version_counts_from_the_beginning()
    {
        var specification = new RunSpecification(Worlds.CliffWalking(), new QLearning(), 1, 200, 1000);
        var old = new RunLoop(specification, specification.World.Compile());
        old.AdvanceTo(100,
            [new(1, "", 50, RunEventKind.ParamChange, default, "epsilon", "0.1",
            """{"schedule":"linear","from":1,"to":0,"over":100,"unit":"episodes"}""")], TestContext.Current.CancellationToken);

        Assert.Equal(0.5, old.Options.Epsilon.At(new(50, 0, 0, 0)));
        Assert.Equal(0, old.Options.Epsilon.At(new(100, 0, 0, 0)));
    }

    static async Task Paused(Run run)
    {
        while (run.State != RunState.Paused)
            await Task.Yield();
    }
}
