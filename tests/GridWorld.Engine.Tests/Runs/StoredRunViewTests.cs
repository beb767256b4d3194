namespace GridWorld.Tests;

public sealed class StoredRunViewTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Finished_run_reads_from_its_file_as_it_did_live()
    {
        var run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning { DiscountFactor = 0.9 }, Seed: 3, Episodes: 5000), folder.Options with { Name = "lake" });
        run.SaveCheckpoint("early");
        await run;
        var live = run.View;

        var stored = StoreFolder.View("lake", folder.Path);
        live.SettleTruth();
        stored.SettleTruth();

        Assert.Equal((live.Id, live.Name, live.Specification), (stored.Id, stored.Name, stored.Specification));
        Assert.Null(stored.Run);
        Assert.Equal(live.Status() with { StepsPerSecond = 0 }, stored.Status() with { StepsPerSecond = 0 });
        Assert.Equal(live.Events(), stored.Events());
        Assert.Equal(live.Events(1), stored.Events(1));
        Assert.Equal(live.Checkpoints(), stored.Checkpoints());
        Assert.Equal(live.Metrics(1, 5000, 300), stored.Metrics(1, 5000, 300));
        Assert.Equal(live.Metrics(4990, 9999, 300), stored.Metrics(4990, 9999, 300));
        Assert.Equal(live.Lengths(17, 4711, 41), stored.Lengths(17, 4711, 41));
        Assert.Equal(live.Episodes(100, 250), stored.Episodes(100, 250));
        Assert.Equal(live.Episodes(4999, 250), stored.Episodes(4999, 250));
        Assert.Equal(live.Episodes(6000, 250), stored.Episodes(6000, 250));
        Assert.Equal(live.Agent().Q, stored.Agent().Q);
        Assert.Equal(live.Agent().Visits, stored.Agent().Visits);
        Assert.Equal(live.Diagnostics().MeanTdError, stored.Diagnostics().MeanTdError);
        Assert.Equal(live.Diagnostics().Flags, stored.Diagnostics().Flags);
    }

    [Fact]
    public async Task Run_that_trains_is_tailed()
    {
        var run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Episodes: null), folder.Options with { Pace = 20_000 });
        var view = StoreFolder.View(run.Id, folder.Path);

        long seen = 0;
        while (seen < 400)
        {
            var buckets = view.Metrics(1, long.MaxValue, 10);
            long now = buckets.Length == 0 ? 0 : buckets[^1].End;
            Assert.True(now >= seen);
            Assert.Equal(now, buckets.Sum(b => b.Count));
            seen = now;
        }

        run.Set(epsilon: 0.5);
        Assert.Equal(RunEvents.ParamChange, view.Events()[^1].Event);
        run.Pause();
        Assert.Equal(RunEvents.Paused, view.Events()[^1].Event);
        run.Stop();
        await run;
        Assert.Equal(RunState.Stopped, view.Status().State);
        Assert.Equal(run.View.Metrics(1, run.Episode, 50), view.Metrics(1, run.Episode, 50));
    }

    public void Dispose() => folder.Dispose();
}
