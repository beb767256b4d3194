namespace GridWorld.Tests;

public sealed class PastTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static RunSpecification Lake => new(Worlds.FrozenLake4x4(), new QLearning { DiscountFactor = 0.99 }, Seed: 21, Episodes: 3000);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(699)]
    [InlineData(700)]
    [InlineData(1777)]
    [InlineData(3000)]
    public async Task Past_is_the_run_that_ended_there_live_or_stored(long episode)
    {
        var run = await Changed();
        var changes = run.EventLog.Where(e => e.Kind == RunEventKind.ParamChange && e.Episode <= episode).ToList();
        // A run that ended there; none can end untrained.
        var then = new Straight(Lake, changes, Math.Max(episode, 1));

        foreach (var view in (RunView[])[run, Run.Open(run.Id, folder.Path)])
        {
            var past = view.Past(episode, Cancel);

            Assert.IsNotType<Run>(past);
            Assert.Equal((episode, view.Status().TargetEpisodes), (past.Status().Episodes, past.Status().TargetEpisodes));
            Assert.Equal((episode < 700 ? 0.1 : 0.3, 0.4), (past.Status().Settings.LearningRate, past.Status().Settings.Epsilon));
            Assert.Equal(run.EventLog.Where(e => e.Episode <= episode), past.EventLog);
            Assert.Equal(past.EventLog[^1].Seq, past.Status().LastEventSeq);
            Assert.All(past.CheckpointList, c => Assert.InRange(c.Episode, 0, episode));
            if (episode == 0)
            {
                Assert.Empty(past.MetricBuckets(1, long.MaxValue, 100));
                Assert.Empty(past.RawEpisodes(1, 100));
                Assert.All(past.Agent().Visits, n => Assert.Equal(0, n));
                continue;
            }

            Assert.Equal(then.Values, past.Agent().Q);
            Assert.Equal(then.Checkpoint.Step, past.Status().Steps);
            foreach (int points in (int[])[1, 7, 100, 5000])
            {
                Assert.Equal(then.History.Returns(1, long.MaxValue, points), past.MetricBuckets(1, long.MaxValue, points));
                Assert.Equal(then.History.Lengths(episode / 3, episode, points), past.LengthBuckets(episode / 3, episode, points));
            }

            Assert.Equal(then.History.Records(1, 10_000), past.RawEpisodes(1, 10_000));
            Assert.Equal(then.History.MeanReturn(100), past.Status().MeanReturnLast100);
            Assert.Equal(DistanceToOptimum.Of(Planner.Solve(Lake.World.Compile(), 0.99, Cancel), then.Values, Cancel).GreedyValue,
                past.SolveExactly()!.Distance!.GreedyValue);
            Assert.Equal(episode, past.Diagnostics().Episode);
            Assert.Equal(past.Agent().Visits.Chunk(4).Count(row => row.Sum() > 0), past.Diagnostics().VisitedStates);
            Assert.Equal(episode < 100, past.Diagnostics().Flags.Any(f => f.Word == "exploring"));
        }
    }

    [Fact]
    public async Task Past_of_a_run_that_goes_on_stays_as_it_was()
    {
        var run = Run.Start(Lake with { Episodes = null }, folder.Options with { Pace = 50_000 });
        while (run.Episodes < 200)
            await Task.Yield();
        var past = run.Past(150, Cancel);
        var (q, curve) = (past.Agent().Q, past.MetricBuckets(1, 1000, 20));
        run.Set(epsilon: 0.9);
        while (run.Episodes < 400)
            await Task.Yield();

        Assert.Same(past, run.Past(150, Cancel));
        Assert.Equal(curve, past.MetricBuckets(1, 1000, 20));
        Assert.Equal(150, curve.Sum(b => b.Count));
        Assert.Equal(new Straight(Lake, [], 150).Values, q);
        run.Stop();
        await run;
    }

    [Fact]
    public async Task Past_that_memory_keeps_no_rows_of_is_run_again()
    {
        var run = Run.Start(Lake with { World = Worlds.Get("empty-2x1"), Episodes = 3_000_000 }, RunOptions.InMemory);
        await run;

        var past = run.Past(1000, Cancel);

        Assert.DoesNotContain(run.RawEpisodes(1000, 1), e => e.Episode == 1000);
        var then = new Straight(run.Specification, [], 1000);
        Assert.Equal(then.History.Returns(1, 1000, 10), past.MetricBuckets(1, long.MaxValue, 10));
        Assert.Equal(then.History.Records(1000, 1), past.RawEpisodes(1000, 1));
        Assert.Equal(then.Values, past.Agent().Q);
    }

    [Fact]
    public async Task Past_of_a_past_goes_further_back_and_never_forth()
    {
        var run = await Changed();
        var past = run.Past(1000, Cancel);

        Assert.Equal(run.AgentAt(500, Cancel).Q, past.Past(500, Cancel).Agent().Q);
        Assert.Equal(run.ReplayEpisode(1000, Cancel).Count, past.ReplayEpisode(1000, Cancel).Count);
        Assert.Equal("The run has 1000 episodes: choose one between 0 and 1000 (got 1001).",
            Assert.Throws<InputException>(() => past.Past(1001, Cancel)).Message);
        Assert.Equal("The run has 3000 episodes: choose one between 0 and 3000 (got -1).",
            Assert.Throws<InputException>(() => run.Past(-1, Cancel)).Message);
    }

    [Fact]
    public async Task Change_given_later_makes_another_past()
    {
        var run = await Changed();
        var before = run.Past(3000, Cancel);

        run = Run.Resume(run.Id, folder.Path, moreEpisodes: 10, options: folder.Options with { StartPaused = true });
        var stored = Run.Open(run.Id, folder.Path);
        var known = stored.Past(3000, Cancel);
        run.Set(epsilon: 0.05);

        Assert.Equal(0.4, before.Status().Settings.Epsilon);
        Assert.Equal((0.4, 0.05), (known.Status().Settings.Epsilon, stored.Past(3000, Cancel).Status().Settings.Epsilon));
        run.Stop();
        await run;
    }

    [Fact]
    public async Task Moments_of_large_tables_continue_the_one_read_before_and_are_those_of_the_run()
    {
        var specification = new RunSpecification(Worlds.Get("empty-200x200"), new QLearning(), Seed: 4, Episodes: 40);
        var run = Run.Start(specification, folder.Options);
        await run;
        run = Run.Resume(run.Id, folder.Path, moreEpisodes: 20, options: folder.Options with { StartPaused = true });
        foreach (long episode in (long[])[10, 11, 30, 29, 0, 40])
            Same(episode, []);

        run.Set(epsilon: 0.9); // at the boundary of the moment that was read last
        run.Resume();
        await run;
        foreach (long episode in (long[])[45, 41, 60, 39])
            Same(episode, [.. run.EventLog.Where(e => e.Kind == RunEventKind.ParamChange && e.Episode <= episode)]);

        void Same(long episode, List<RunEvent> changes)
        {
            var then = run.Past(episode, Cancel).Agent();
            if (episode == 0)
                Assert.All(then.Visits, n => Assert.Equal(0, n));
            else
                Assert.Equal(new Straight(specification with { Episodes = 60 }, changes, episode).Values, then.Q);
        }
    }

    Task<Run> Changed() => folder.ChangedRunAsync(Lake);

    public void Dispose() => folder.Dispose();
}
