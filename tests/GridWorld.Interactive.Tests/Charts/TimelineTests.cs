using System.Text.Json;

namespace GridWorld.Tests;

public class TimelineTests
{
    static readonly DateTimeOffset begin = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Kill_ends_the_line_at_the_last_saved_episode_and_the_time_until_the_resumption_is_a_gap()
    {
        var clock = Clock((100, 10), (150, 15), (200, 20), (400, 30));

        var timeline = RunTimeline.Of("doomed", [Event(0, 0, RunEventKind.RunStarted), Event(500, 200, RunEventKind.RunInterrupted),
            Event(500, 200, RunEventKind.RunResumed), Event(510, 400, RunEventKind.Completed)], clock, 400, isInterrupted: false);

        Assert.Equal([[(0, 0), (10, 100), (15, 150), (20, 200)], [(500, 200), (510, 400)]], timeline.Stretches);
        Assert.Equal([new(20, 500, true)], timeline.Gaps);
        Assert.Equal([0, 20, 500, 510], timeline.Marks.Select(m => m.Seconds));
        Assert.Equal(begin, timeline.Begun);
    }

    [Fact]
    public void Checkpoint_has_the_time_at_which_the_line_ends_and_a_known_end_is_where_the_training_ends()
    {
        // The training starts two seconds after the run, and three after the resumption.
        var timeline = RunTimeline.Of("slow to start", [Event(0, 0, RunEventKind.RunStarted), Event(500, 200, RunEventKind.RunInterrupted),
            Event(500, 200, RunEventKind.RunResumed), Event(513, 400, RunEventKind.Completed)],
            Clock((100, 10), (200, 20), (300, 25), (400, 30)), 400, isInterrupted: false,
            new CheckpointInfo(200, 0, null, begin.AddSeconds(22)));

        Assert.Equal([[(0, 0), (2, 0), (12, 100), (22, 200)], [(500, 200), (503, 200), (508, 300), (513, 400)]], timeline.Stretches);
        Assert.Equal([new(22, 500, true)], timeline.Gaps);
    }

    [Fact]
    public void Run_that_was_killed_and_not_resumed_ends_with_its_interruption()
    {
        var timeline = RunTimeline.Of("doomed", [Event(0, 0, RunEventKind.RunStarted)], Clock((100, 10), (120, 14)), 120,
            isInterrupted: true);

        Assert.Equal([[(0, 0), (10, 100), (14, 120)]], timeline.Stretches);
        Assert.Equal((14.0, RunEventKind.RunInterrupted), (timeline.Marks[^1].Seconds, timeline.Marks[^1].Event.Kind));
        Assert.Equal(14, timeline.End);
    }

    [Fact]
    public void Pause_stop_and_fork_are_gaps_without_a_kill()
    {
        var clock = Clock((100, 10), (150, 15), (180, 18), (200, 20));

        var timeline = RunTimeline.Of("calm", [Event(0, 0, RunEventKind.RunStarted), Event(10, 100, RunEventKind.Paused),
            Event(40, 100, RunEventKind.Resumed), Event(45, 150, RunEventKind.Stopped), Event(60, 150, RunEventKind.RunResumed),
            Event(60, 150, RunEventKind.Continued), Event(900, 180, RunEventKind.Forked)], clock, 200, isInterrupted: false);

        Assert.Equal([new(10, 40, false), new(45, 60, false), new(63, 900, false)], timeline.Gaps);
        Assert.Equal((902.0, 200.0), timeline.Stretches[^1][^1]);
    }

    [Fact]
    public void Run_that_went_back_to_a_checkpoint_falls_to_it()
    {
        // The clock knows nothing of the episodes that were dropped, from 51 to 300.
        var clock = Clock((25, 3), (50, 5), (90, 9), (120, 12));

        var timeline = RunTimeline.Of("back", [Event(0, 0, RunEventKind.RunStarted), Event(30, 300, RunEventKind.Completed),
            Event(50, 50, RunEventKind.RunResumed), Event(57, 120, RunEventKind.Stopped)], clock, 120, isInterrupted: false);

        Assert.Equal([[(0, 0), (3, 25), (5, 50), (30, 300)], [(50, 50), (54, 90), (57, 120)]], timeline.Stretches);
    }

    [Fact]
    public void Clock_that_was_set_back_moves_nothing_back()
    {
        var timeline = RunTimeline.Of("winter", [Event(0, 0, RunEventKind.RunStarted), Event(20, 100, RunEventKind.Paused),
            Event(-3580, 100, RunEventKind.Resumed), Event(-3570, 200, RunEventKind.Completed)], Clock((100, 20), (200, 30)), 200,
            isInterrupted: false);

        Assert.Empty(timeline.Gaps);
        Assert.Equal([0, 20, 20, 20], timeline.Marks.Select(m => m.Seconds));
    }

    [Fact]
    public async Task Chart_has_the_episodes_and_the_times_of_the_runs_own_events()
    {
        using var folder = new TemporaryFolder();
        var run = Worlds.CliffWalking().Train(new QLearning(), 300, name: "<b>watched</b>",
            options: new() { Store = folder.Path, StartPaused = true });
        run.Advance(100);
        Wait.Until(() => run.State == RunState.Paused && run.Episodes == 100, "It did not pause after 100 episodes.");
        run.Set(epsilon: 0.5);
        run.Resume();
        await run.Completion;

        foreach (var view in new[] { run, Run.Open(run.Id, folder.Path) })
        {
            var chart = view.Timeline();

            var data = JsonDocument.Parse(chart.ToJson()).RootElement.GetProperty("data").EnumerateArray().ToArray();
            double[] seconds = [.. view.EventLog.Select(e => (e.Timestamp - view.EventLog[0].Timestamp).TotalSeconds)];
            Assert.Equal(view.EventLog.Select(e => (double)e.Episode), Numbers(data[^1], "y"));
            Assert.Equal(seconds, Numbers(data[^1], "x"));
            Assert.Equal((seconds[^1], 300.0), (Numbers(data[^2], "x")[^1], Numbers(data[^2], "y")[^1]));
            Assert.All(data, trace => Assert.Equal(Numbers(trace, "x").Order(), Numbers(trace, "x")));
            Assert.All(data, trace => Assert.Equal(Numbers(trace, "y").Order(), Numbers(trace, "y")));
            Assert.Contains("ε 0.1 → 0.5 after 100 episodes", chart.ToString());
            Assert.Contains("completed after 300 episodes", chart.ToString());
        }
    }

    [Fact]
    public void Moment_of_the_past_has_the_events_until_then()
    {
        var past = Trained.In(Worlds.CliffWalking(), episodes: 200).Past(50, TestContext.Current.CancellationToken);

        Assert.Equal(50, RunTimeline.Of(past).Stretches[^1][^1].Episode);
        Assert.DoesNotContain("completed", past.Timeline().ToString());
    }

    [Fact]
    public void Picture_names_each_event_once_and_no_name_covers_another()
    {
        RunEvent[] events = [Event(0, 0, RunEventKind.RunStarted), .. Enumerable.Range(1, 12).SelectMany(i => new[]
        {
            Event(10 * i, 100 * i, RunEventKind.Paused), Event(10 * i + 1, 100 * i, RunEventKind.Resumed),
        }), Event(130, 1300, RunEventKind.Completed)];
        var clock = Clock([.. Enumerable.Range(1, 13).Select(i => (100L * i, 9.0 * i))]);

        var chart = TimelineChart.Of(RunTimeline.Of("restless", events, clock, 1300, isInterrupted: false));

        var names = chart.Drawing.Shapes.OfType<Label>().Where(l => l.Text is "started" or "paused" or "resumed" or "completed").ToList();
        Assert.InRange(names.Count, 20, 26);
        Assert.All(names.GroupBy(l => l.Y), row => Assert.All(row.Zip(row.Skip(1)),
            pair => Assert.True(pair.First.X + StrokeFont.Width(pair.First.Text, pair.First.Size) < pair.Second.X)));
        Assert.All(names, l => Assert.InRange(l.X + StrokeFont.Width(l.Text, l.Size), 0, chart.Drawing.Width));
    }

    static RunEvent Event(int second, long episode, RunEventKind kind) => new(1, "x", episode, kind, begin.AddSeconds(second));

    static TrainingClock Clock(params (long Episode, double Seconds)[] marks) =>
        TrainingClock.With([.. marks.Select(m => m.Episode)], [.. marks.Select(m => m.Seconds)]);

    static double[] Numbers(JsonElement trace, string axis) => [.. trace.GetProperty(axis).EnumerateArray().Select(v => v.GetDouble())];
}
