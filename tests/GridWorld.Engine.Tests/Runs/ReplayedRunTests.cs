using System.Security.Cryptography;

namespace GridWorld.Tests;

/// <summary>A session that was recorded before, shown over time with training off.</summary>
public sealed class ReplayedRunTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly SetClock clock = new();

    static RunSpecification Cliff => new(Worlds.CliffWalking(), new QLearning { LearningRate = 0.5 }, Seed: 11, Episodes: 2000);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_number_shown_is_the_recorded_runs_at_that_moment_and_nothing_is_trained()
    {
        var run = await RecordAsync();
        byte[] before = SHA256.HashData(await File.ReadAllBytesAsync(folder.FileOf(run), TestContext.Current.CancellationToken));
        var file = Run.Open(run.Id, folder.Path);
        var rows = file.RawEpisodes(1, 2000);
        var replay = Open(run).Replay();
        replay.Speed = replay.Progress.Duration / 4; // over in four seconds, however fast it was trained: what is shown is held for 50 ms

        var (seen, within) = (-1L, 0);
        for (int moment = 0; moment <= 16; moment++, clock.Advance(TimeSpan.FromSeconds(4.0 / 16 + 1e-4)))
        {
            long episode = replay.Episodes;
            Assert.InRange(episode, seen, 2000);
            seen = episode;
            var status = replay.Status();
            Assert.Equal((moment == 16 ? RunState.Completed : RunState.Training, episode, 2000L),
                (status.State, status.Episodes, status.TargetEpisodes));
            Assert.Equal(rows.Take((int)episode), replay.RawEpisodes(1, 5000));
            Assert.Equal(rows.Take((int)episode), replay.EpisodeRecords());
            Assert.Equal(run.EventLog.Where(e => e.Episode <= episode), replay.EventLog);
            Assert.Equal(rows.Take((int)episode).TakeLast(100).Select(r => r.Return).DefaultIfEmpty(double.NaN).Average(),
                status.MeanReturnLast100 ?? double.NaN, 1e-9);
            Assert.Equal(episode < 700 ? 0.5 : 0.25, status.Settings.LearningRate);
            foreach (int points in (int[])[5, 100, 1000])
                AssertBuckets(rows.AsSpan(0, (int)episode), replay.MetricBuckets(1, long.MaxValue, points));

            // The run from its very beginning, without a store: to that episode, and as far into the next.
            var straight = new RunLoop(Cliff, Cliff.World.Compile());
            straight.AdvanceTo(episode, run.EventLog, TestContext.Current.CancellationToken);
            var agent = replay.Agent();
            within += agent.Step > straight.Loop.Steps ? 1 : 0;
            Assert.InRange(agent.Step - straight.Loop.Steps, 0, episode < 2000 ? rows[episode].Length - 1 : 0);
            if (agent.Step > straight.Loop.Steps)
                straight.Advance(agent.Step - straight.Loop.Steps, 1, new(1));
            Assert.Equal(agent.Step, status.Steps);
            Assert.Contains(agent.State,
                straight.Loop.InEpisode ? [straight.Loop.State] : new[] { straight.Loop.State, Cliff.World.Starts[0].State });
            Assert.Equal(straight.Loop.Values.Values.ToArray(), agent.Q);
            Assert.Equal(straight.Loop.Visits.ToArray(), agent.Visits);
        }

        file.SolveExactly();
        Assert.True(within > 4, "It is also shown within episodes.");
        Assert.Equal(file.Status() with { StepsPerSecond = 0 }, replay.Status() with { StepsPerSecond = 0, Replay = null });
        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(folder.FileOf(run), TestContext.Current.CancellationToken)));
        Assert.Equal([folder.FileOf(run)], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(0.0001)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Moments_come_when_they_came_at_that_speed(double speed)
    {
        var run = await RecordAsync();
        var replay = Open(run).Replay(speed);
        var shown = TimeSpan.Zero;

        foreach (var checkpoint in run.CheckpointList.Where(c => c.Episode > 0))
        {
            // As the process that trained it measured the time.
            var due = TimeSpan.FromSeconds(run.Reached([checkpoint.Episode])[0].Seconds!.Value / speed) + TimeSpan.FromTicks(10);
            clock.Advance(due - shown > TimeSpan.FromMilliseconds(50) ? due - shown : TimeSpan.FromMilliseconds(50));
            shown = due - shown > TimeSpan.FromMilliseconds(50) ? due : shown + TimeSpan.FromMilliseconds(50);
            Assert.True(replay.Episodes >= checkpoint.Episode, $"{replay.Episodes} is shown when {checkpoint.Episode} was over.");
            if (speed < 1)
                Assert.InRange(replay.Episodes, checkpoint.Episode, checkpoint.Episode + 5);
        }
    }

    [Fact]
    public async Task It_is_held_and_goes_to_any_episode()
    {
        var run = await RecordAsync();
        var replay = run.Replay();
        replay.Pause();

        foreach (long episode in (long[])[1234, 0, 1999, 2000, 1, 699, 700])
        {
            replay.Seek(episode);

            Assert.Equal(episode, replay.Episodes);
            Assert.Equal(run.AgentAt(episode, TestContext.Current.CancellationToken).Q, replay.Agent().Q);
        }

        Assert.Equal(RunState.Paused, replay.Status().State);
        var recorded = Open(run).Replay(2);
        recorded.Pause();
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((0, true), (recorded.Progress.Seconds, recorded.Progress.IsPaused));
        recorded.Resume();
        clock.Advance(TimeSpan.FromSeconds(recorded.Progress.Duration / 4));
        Assert.Equal(recorded.Progress.Duration / 2, recorded.Progress.Seconds, 3);
        recorded.Speed = 4;
        Assert.Equal(recorded.Progress.Duration / 2, recorded.Progress.Seconds, 3);
        Assert.Equal(RunState.Training, recorded.Status().State);
    }

    [Fact]
    public async Task Run_of_milliseconds_may_be_shown_over_any_time()
    {
        var replay = Open(await RecordAsync()).Replay();

        var duration = TimeSpan.FromSeconds(replay.Progress.Duration * 1e9);
        replay.ShowOver(duration);
        clock.Advance(duration / 2);

        Assert.Equal(1e-9, replay.Progress.Speed, 1e-12);
        Assert.Equal(replay.Progress.Duration / 2, replay.Progress.Seconds, 1e-6);
        Assert.Contains("must be above 0", Assert.Throws<InputException>(() => replay.ShowOver(TimeSpan.Zero)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_shown_is_said()
    {
        var run = await RecordAsync();

        foreach (double speed in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Assert.Contains($"Speed must be between 1E-06 and 1000000 (got {speed}).",
                Assert.Throws<InputException>(() => run.Replay(speed)).Message, StringComparison.Ordinal);
        Assert.Contains("choose one between 0 and 2000 (got 2001)", Assert.Throws<InputException>(() => run.Replay().Seek(2001)).Message,
            StringComparison.Ordinal);
    }

    StoredRunView Open(Run run) => new(folder.FileOf(run), clock);

    async Task<Run> RecordAsync()
    {
        var run = Run.Start(Cliff, folder.Options with { StartPaused = true, Pace = 200_000 });
        run.Advance(700);
        Wait.Until(() => run.State == RunState.Paused, "It did not pause after 700 episodes.");
        run.Set(learningRate: 0.25);
        run.Pace = null;
        run.Resume();
        await run;
        return run;
    }

    static void AssertBuckets(ReadOnlySpan<EpisodeRecord> rows, IReadOnlyList<MetricBucket> buckets)
    {
        Assert.Equal(rows.Length, buckets.Sum(b => b.Count));
        foreach (var b in buckets)
        {
            var returns = rows[(int)(b.Start - 1)..(int)b.End].ToArray().Select(r => r.Return).ToArray();
            Assert.Equal((returns.Min(), returns.Max(), returns.Length), (b.Min, b.Max, b.Count));
            Assert.Equal(returns.Average(), b.Mean, 1e-9);
        }
    }
}
