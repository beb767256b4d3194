using System.Diagnostics.Metrics;

namespace GridWorld.Tests;

public sealed class CommandTests
{
    static RunSpecification Lake => new(Worlds.FrozenLake8x8(), new QLearning(), Seed: 7, Episodes: null);

    [Fact]
    public async Task Changes_in_quick_succession_take_effect_in_the_order_of_their_events()
    {
        for (int i = 0; i < 20; i++)
        {
            var run = Run.Start(Lake, RunOptions.InMemory);
            run.Set(learningRate: 0.2);
            var last = run.Set(learningRate: 0.7)[0];
            run.Set(epsilon: 0.5);
            run.Set(epsilon: 0.3);
            run.Stop();
            await run;

            var changes = run.EventLog.Where(e => e.Kind == RunEventKind.ParamChange).ToList();
            Assert.Equal(["0.2", "0.7", "0.5", "0.3"], changes.Select(e => e.NewValue));
            Assert.Equal(["0.1", "0.2", "0.1", "0.5"], changes.Select(e => e.OldValue));
            if (run.Episodes <= last.Episode)
                continue;
            Assert.Equal(0.7, run.Status().Settings.LearningRate);
            Assert.Equal(new Straight(Lake, run.EventLog, run.Episodes).Values, run.Agent().Q);
        }
    }

    [Fact]
    public async Task Change_of_a_paused_run_shows_before_it_trains_on()
    {
        var run = Run.Start(Lake, RunOptions.InMemory with { StartPaused = true });

        run.Set(learningRate: 0.7);

        Assert.Equal(0.7, run.Status().Settings.LearningRate);
        run.Stop();
        await run;
    }

    [Fact]
    public async Task Checkpoint_and_changes_for_one_boundary_keep_their_order()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 10; i++)
        {
            var run = Run.Start(Lake, folder.Options);
            run.Set(learningRate: 0.2);
            run.SaveCheckpoint("between");
            run.Set(learningRate: 0.7);
            run.Stop();
            await run;

            var back = Run.Resume(run.Id, folder.Path, checkpoint: "between", options: folder.Options with { StartPaused = true });
            Assert.Equal(0.2, back.Status().Settings.LearningRate);
            back.Stop();
            await back;
        }
    }

    [Fact]
    public async Task Listener_may_ask_the_run_it_listens_to()
    {
        var asked = new TaskCompletionSource<AgentSnapshot>();
        Run? run = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == Telemetry.Name && instrument.Name == "gridworld.steps")
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (Volatile.Read(ref run) is { State: RunState.Training } mine && Thread.CurrentThread.Name == $"GridWorld {mine.Id}")
                asked.TrySetResult(mine.Agent());
        });
        listener.Start();

        run = Run.Start(Lake, RunOptions.InMemory);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        run.Stop();
        await run;
    }

    [Fact]
    public async Task Continuing_by_more_episodes_than_can_be_counted_is_refused()
    {
        var run = Run.Start(Lake with { Episodes = 5 }, RunOptions.InMemory);
        await run;

        Assert.Contains("between 1 and 1000000000000", Assert.Throws<InputException>(() => run.Continue(long.MaxValue)).Message,
            StringComparison.Ordinal);
        Assert.Equal((RunState.Completed, 5L), (run.State, run.Status().TargetEpisodes));
    }
}
