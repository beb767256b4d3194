using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace GridWorld.Tests;

/// <summary>
/// Meter and activities, as whoever listens by their name gets them. Other tests' runs are heard too: each test looks at a world of its own
/// name.
/// </summary>
[Collection(nameof(WholeProcess))]
public sealed partial class TelemetryTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counters_come_to_the_steps_and_episodes_that_were_trained()
    {
        using var heard = new Heard();
        var run = Corridor("counted").Train(new Sarsa(), episodes: 250, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(Stop);

        Assert.Equal(run.Steps, heard.Sum("gridworld.steps", "gridworld.world", "counted"));
        Assert.Equal(250, heard.Sum("gridworld.episodes", "gridworld.world", "counted"));
        Assert.All(heard.Values.Where(v => Equals(v.Tags.GetValueOrDefault("gridworld.world"), "counted")),
            v => Assert.Equal("sarsa", v.Tags["gridworld.learner"]));
    }

    [Fact]
    public async Task A_training_is_one_activity_with_its_events_under_the_activity_that_began_it()
    {
        using var heard = new Heard();
        using var mine = new Activity("my experiment").Start();
        var run = Corridor("traced").Train(new QLearning(), episodes: null, seed: ulong.MaxValue, options: RunOptions.InMemory);
        run.Set(epsilon: 0.05);
        run.SaveCheckpoint("kept");
        run.Stop();
        await run.Completion.WaitAsync(Stop);

        var activity = heard.Training(run);
        Assert.Equal(mine.SpanId, activity.ParentSpanId);
        Assert.Equal(["param_change", "checkpoint", "stopped"], activity.Events.Select(e => e.Name));
        Assert.Equal(("traced", "q-learning", "18446744073709551615", "stopped", run.Episodes, run.Steps),
            (activity.GetTagItem("gridworld.world"), activity.GetTagItem("gridworld.learner"), activity.GetTagItem("gridworld.seed"),
            activity.GetTagItem("gridworld.run.state"), activity.GetTagItem("gridworld.episodes"), activity.GetTagItem("gridworld.steps")));
        var kept = Assert.Single(heard.Activities,
            a => a.OperationName == "checkpoint" && Equals(a.GetTagItem("gridworld.checkpoint.name"), "kept"));
        Assert.Equal(activity.SpanId, kept.ParentSpanId);
    }

    [Fact]
    public async Task A_training_that_fails_is_an_activity_in_error()
    {
        using var heard = new Heard();
        var run = new World(["S.G"],
            new() { StepReward = 1e308, MaxSteps = 100 }).Train(new QLearning { LearningRate = 1, DiscountFactor = 1 }, episodes: 100,
            options: RunOptions.InMemory);
        await run.Completion.WaitAsync(Stop);

        var activity = heard.Training(run);
        Assert.Equal((ActivityStatusCode.Error, run.EventLog[^1].Message), (activity.Status, activity.StatusDescription));
    }

    [Fact]
    public async Task What_is_run_again_is_a_replay_and_no_training()
    {
        using var heard = new Heard();
        var run = Corridor("replayed").Train(new QLearning(), episodes: 300, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(Stop);
        double steps = heard.Sum("gridworld.steps", "gridworld.world", "replayed");

        run.AgentAt(123, Stop);

        Assert.Equal(steps, heard.Sum("gridworld.steps", "gridworld.world", "replayed"));
        Assert.Single(heard.Activities, a => a.OperationName == "replay" && Equals(a.GetTagItem("gridworld.episode"), 123L));
        Assert.Contains(heard.Values, v => v.Instrument.Name == "gridworld.replay.duration" && v.Value > 0);
    }

    [Fact]
    public async Task Runs_are_active_while_they_train_or_pause()
    {
        using var heard = new Heard();
        double before = Assert.Single(heard.Observe("gridworld.runs.active"));
        var run = Corridor("active").Train(new QLearning(), episodes: null, options: RunOptions.InMemory with { StartPaused = true });
        Wait.Until(() => heard.Observe("gridworld.runs.active")[0] > before, "The run was not counted.");
        double during = heard.Observe("gridworld.runs.active")[0];
        run.Stop();
        await run.Completion.WaitAsync(Stop);

        Assert.Equal((before + 1, before), (during, heard.Observe("gridworld.runs.active")[0]));
    }

    [Fact]
    public async Task Names_and_units_are_those_that_OpenTelemetry_asks_for()
    {
        using var heard = new Heard();
        await using (var server = new ServerFixture())
            await server.Send("GET", "/api/metrics", "Authorization: Bearer wrong");
        await Corridor("named").Train(new QLearning(), episodes: 5, options: RunOptions.InMemory).Completion.WaitAsync(Stop);
        Planner.Solve(Corridor("named").Compile(), cancellationToken: Stop);
        var instruments = heard.Values.Select(v => v.Instrument).Distinct().ToList();

        Assert.Contains(instruments, i => i.Name == "gridworld.server.refusals");
        Assert.Contains(instruments, i => i.Name == "gridworld.solve.duration");
        Assert.All(instruments, i => Assert.Matches(Name(), i.Name));
        Assert.All(instruments, i => Assert.Matches(Unit(), i.Unit));
        Assert.All(instruments, i => Assert.EndsWith(".", i.Description));
    }

    [Fact]
    public async Task Unwatched_it_costs_the_training_no_allocation()
    {
        var specification = Corridor("unwatched").Train(new QLearning(), episodes: 1, options: RunOptions.InMemory).Specification;
        RunTelemetry.Count(specification, 1, 1);
        await Task.Yield();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 1000; k++)
        {
            RunTelemetry.Count(specification, 1, 1);
            using var measured = GridWorld.Telemetry.Measure("replay", GridWorld.Telemetry.ReplayTime);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task OpenTelemetry_exports_them()
    {
        var (metrics, spans) = (new List<Metric>(), new List<Activity>());
        using var meter = Sdk.CreateMeterProviderBuilder().AddMeter(GridWorld.Telemetry.Name).AddInMemoryExporter(metrics).Build();
        using var tracer = Sdk.CreateTracerProviderBuilder().AddSource(GridWorld.Telemetry.Name).AddInMemoryExporter(spans).Build();
        var run = Corridor("exported").Train(new QLearning(), episodes: 100, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(Stop);
        meter.ForceFlush();
        tracer.ForceFlush();

        Assert.Equal(run.Steps, Points(metrics.Single(m => m.Name == "gridworld.steps")).Single(p => p.World == "exported").Sum);
        Assert.Contains(spans, s => s.OperationName == "train" && Equals(s.GetTagItem("gridworld.run.id"), run.Id));

        static IEnumerable<(string? World, long Sum)> Points(Metric metric)
        {
            foreach (var point in metric.GetMetricPoints())
            {
                string? world = null;
                foreach (var tag in point.Tags)
                    world = tag.Key == "gridworld.world" ? (string?)tag.Value : world;
                yield return (world, point.GetSumLong());
            }
        }
    }

    static World Corridor(string name) => World.Parse("S...G", name);

    // Lower case, dots between the parts, no unit in the name.
    [GeneratedRegex(@"^gridworld(\.[a-z][a-z_]*)+$")]
    private static partial Regex Name();

    // UCUM: seconds, or a count of what the braces say.
    [GeneratedRegex(@"^(s|\{[a-z]+\})$")]
    private static partial Regex Unit();
}
