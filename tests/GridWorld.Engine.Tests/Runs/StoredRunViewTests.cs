namespace GridWorld.Tests;

public sealed class StoredRunViewTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Finished_run_reads_from_its_file_as_it_did_live()
    {
        var run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning { DiscountFactor = 0.9 }, Seed: 3, Episodes: 5000),
            folder.Options with { Name = "lake" });
        run.SaveCheckpoint("early");
        await run;
        var live = run;

        var stored = Run.Open("lake", folder.Path);
        live.SolveExactly();
        stored.SolveExactly();

        Assert.Equal((live.Id, live.Name, live.Specification), (stored.Id, stored.Name, stored.Specification));
        Assert.IsNotType<Run>(stored);
        Assert.Equal(live.Status() with { StepsPerSecond = 0 }, stored.Status() with { StepsPerSecond = 0 });
        Assert.Equal(live.EventLog, stored.EventLog);
        Assert.Equal(live.EventsAfter(1), stored.EventsAfter(1));
        Assert.Equal(live.CheckpointList, stored.CheckpointList);
        Assert.Equal(live.MetricBuckets(1, 5000, 300), stored.MetricBuckets(1, 5000, 300));
        Assert.Equal(live.MetricBuckets(4990, 9999, 300), stored.MetricBuckets(4990, 9999, 300));
        Assert.Equal(live.LengthBuckets(17, 4711, 41), stored.LengthBuckets(17, 4711, 41));
        Assert.Equal(live.RawEpisodes(100, 250), stored.RawEpisodes(100, 250));
        Assert.Equal(live.RawEpisodes(4999, 250), stored.RawEpisodes(4999, 250));
        Assert.Equal(live.RawEpisodes(6000, 250), stored.RawEpisodes(6000, 250));
        Assert.Equal(live.Agent().Q, stored.Agent().Q);
        Assert.Equal(live.Agent().Visits, stored.Agent().Visits);
        Assert.Equal(live.Diagnostics().MeanTdError, stored.Diagnostics().MeanTdError);
        Assert.Equal(live.Diagnostics().Flags, stored.Diagnostics().Flags);
    }

    [Fact]
    public async Task Run_that_trains_is_tailed()
    {
        var run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Episodes: null), folder.Options with { Pace = 20_000 });
        var view = Run.Open(run.Id, folder.Path);

        long seen = 0;
        while (seen < 400)
        {
            var buckets = view.MetricBuckets(1, long.MaxValue, 10);
            long now = buckets.Count == 0 ? 0 : buckets[^1].End;
            Assert.True(now >= seen);
            Assert.Equal(now, buckets.Sum(b => b.Count));
            seen = now;
        }

        run.Set(epsilon: 0.5);
        Assert.Equal(RunEventKind.ParamChange, view.EventLog[^1].Kind);
        run.Pause();
        Assert.Equal(RunEventKind.Paused, view.EventLog[^1].Kind);
        run.Stop();
        await run;
        Assert.Equal(RunState.Stopped, view.Status().State);
        Assert.Equal(run.MetricBuckets(1, run.Episodes, 50), view.MetricBuckets(1, run.Episodes, 50));
    }

    public void Dispose() => folder.Dispose();
}
