using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GridWorld.Tests;

/// <summary>
/// Whoever listens to a run and throws loses what it would have heard; the run goes its way, and the other listeners hear on.
/// </summary>
public sealed class ObserverTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Listeners_that_throw_disturb_no_run()
    {
        var heard = new List<RunEventKind>();
        int thrown = 0;
        using var measurements = new MeterListener { InstrumentPublished = (instrument,
            listener) => { if (instrument.Meter.Name == Telemetry.Name) listener.EnableMeasurementEvents(instrument); } };
        measurements.SetMeasurementEventCallback<long>((_, _, _, _) => Throw());
        measurements.SetMeasurementEventCallback<double>((_, _, _, _) => Throw());
        measurements.Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> creation) => creation.Name == "solve"
                ? throw new InvalidOperationException("Not heard.") : ActivitySamplingResult.AllData,
            ActivityStarted = activity => { if (activity.OperationName == "replay") Throw(); },
            ActivityStopped = _ => Throw(),
        };
        ActivitySource.AddActivityListener(activities);
        RunTelemetry.EventAdded += Fail;
        RunTelemetry.EventAdded += Hear;
        Run? run = null;
        try
        {
            run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 987_001, Episodes: 3000), folder.Options);
            run.SaveCheckpoint("one");
            await run;
            run.ReplayEpisode(1500, TestContext.Current.CancellationToken);
            Assert.NotNull(run.SolveExactly());
            Assert.Null(Activity.Current);
        }
        finally
        {
            RunTelemetry.EventAdded -= Fail;
            RunTelemetry.EventAdded -= Hear;
        }

        Assert.True(thrown > 0);
        Assert.Equal((RunState.Completed, null), (run.State, run.Status().Message));
        Assert.Equal(run.EventLog.Select(e => e.Kind), heard);
        Assert.Equal(new Straight(run.Specification, [], 3000).Values, run.Agent().Q);

        void Throw()
        {
            Interlocked.Increment(ref thrown);
            throw new InvalidOperationException("Not heard.");
        }

        void Fail(RunEvent e, RunSpecification specification) => Throw();

        void Hear(RunEvent e, RunSpecification specification)
        {
            lock (heard)
            {
                if (specification.Seed == 987_001)
                    heard.Add(e.Kind);
            }
        }
    }

    [Fact]
    public async Task Run_that_is_continued_at_the_moment_of_its_end_keeps_its_file()
    {
        Run? run = null;
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Volatile.Read(ref run) is { Pace: null } mine && mine.Id.Equals(activity.GetTagItem("gridworld.run.id")))
                {
                    mine.Pace = 100;
                    mine.Continue(1_000_000);
                }
            },
        };
        ActivitySource.AddActivityListener(activities);
        run = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Episodes: 5), folder.Options with { StartPaused = true });
        run.Resume();
        Wait.Until(() => run is { Pace: not null, State: RunState.Training }, "It does not train at the pace.");

        Assert.Contains("already", Assert.Throws<InputException>(() => StoreFolder.Delete(run.Id, folder.Path)).Message,
            StringComparison.Ordinal);

        run.Stop();
        await run;
    }
}
