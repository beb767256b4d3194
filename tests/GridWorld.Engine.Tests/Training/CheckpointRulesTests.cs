namespace GridWorld.Tests;

/// <summary>When a run is saved, by a clock in the test's hand.</summary>
public sealed class CheckpointRulesTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static RunSpecification Lake => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 7, Episodes: null);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Checkpoints_come_every_so_many_episodes_while_they_cost_nothing()
    {
        // The clock stands still: no checkpoint costs time, none is due by time, and none is thinned out for lying close.
        var run = Run.Start(Lake with { Episodes = 5000 },
            folder.Options with { CheckpointEvery = 500, Time = new SetClock(), StepBudget = long.MaxValue });
        await run;

        long[] episodes = [.. run.CheckpointList.Select(c => c.Episode)];
        Assert.Equal(5000, episodes[^1]);
        Assert.True(episodes.Length > 1, "Only the last one was taken.");
        Assert.All(episodes.Zip(episodes.Skip(1)).SkipLast(1),
            pair => Assert.True(pair.Second - pair.First >= 500, $"{pair.First} and {pair.Second} are too close."));
    }

    [Fact]
    public async Task Checkpoint_that_is_not_due_by_episodes_comes_at_ten_seconds_and_no_sooner()
    {
        var clock = new SetClock();
        var run = Run.Start(Lake, folder.Options with { CheckpointEvery = 1_000_000_000_000, Time = clock, StepBudget = long.MaxValue });
        clock.Advance(TimeSpan.FromSeconds(9.99));
        Await(run, 1000);
        Assert.Empty(run.CheckpointList);

        clock.Advance(TimeSpan.FromSeconds(0.01));
        Wait.Until(() => run.CheckpointList.Count == 1, "No checkpoint came at ten seconds.");

        Assert.Equal(clock.GetUtcNow(), run.CheckpointList[0].Timestamp);
        Await(run, 1000);
        Assert.Single(run.CheckpointList);
        run.Stop();
        await run;
    }

    [Fact]
    public async Task Checkpoints_rest_thirty_three_times_as_long_as_the_last_one_cost()
    {
        var clock = new CostlyStore();
        var run = Run.Start(Lake, folder.Options with { CheckpointEvery = 1, Time = clock, StepBudget = long.MaxValue });
        // Until then, however slow the disk is: while it writes, no checkpoint is due.
        Wait.Until(() => run.CheckpointList.Count > 3, "Four checkpoints were not taken.");
        run.Stop();
        await run;

        // The last is taken because the run ends.
        var taken = run.CheckpointList.SkipLast(1).Select(c => c.Timestamp).ToList();
        Assert.True(taken.Count >= 3, $"{taken.Count} checkpoints were taken.");
        var least = TimeSpan.FromMilliseconds(2 * CostlyStore.OfAStoresReading) / 0.03;
        Assert.All(taken.Zip(taken.Skip(1)),
            pair => Assert.True(pair.Second - pair.First >= least,
            $"{pair.Second - pair.First} after the one before: sooner than {least}."));
    }

    [Theory]
    [InlineData(0,
        "No checkpoint contains any training: train a new run with a smaller learning rate, a smaller discount factor or bounded rewards.")]
    [InlineData(1,
        "The last good checkpoint is kept: resume from it with a smaller learning rate, a smaller discount factor or bounded rewards.")]
    public async Task Run_that_fails_promises_a_checkpoint_only_where_one_holds_training(long savedAfter, string advice)
    {
        // Three rewards an episode are a number, but what is learned from them grows by each.
        var growing = new World(["S.G"], new() { StepReward = 1e307, MaxSteps = 3 });
        var run = Run.Start(new(growing, new QLearning { LearningRate = 1, DiscountFactor = 1 }, Seed: 7, Episodes: 100_000),
            folder.Options with { StartPaused = true, CheckpointEvery = 1_000_000 });
        if (savedAfter > 0)
        {
            run.Advance(savedAfter);
            Wait.Until(() => run.State == RunState.Paused && run.Episodes == savedAfter, $"It does not pause after episode {savedAfter}.");
        }

        run.SaveCheckpoint("good");
        run.Resume();
        await run;

        Assert.Equal(RunState.Failed, run.State);
        Assert.EndsWith($". {advice}", run.EventLog[^1].Message, StringComparison.Ordinal);
        Assert.Equal(savedAfter, run.CheckpointList[^1].Episode);
    }

    [Fact]
    public async Task Light_snapshot_comes_within_half_a_second_of_training()
    {
        var clock = new SetClock();
        var run = Run.Start(Lake, folder.Options with { CheckpointEvery = 1_000_000_000_000, Time = clock, StepBudget = long.MaxValue });
        var file = Run.Open(run.Id, folder.Path);
        Await(run, 1000);
        Assert.Equal(0, file.Status().Episodes);

        clock.Advance(TimeSpan.FromSeconds(0.5));
        Wait.Until(() => file.Status().Episodes >= 1000, "Nothing was written after half a second.");

        Assert.Empty(run.CheckpointList);
        run.Stop();
        await run;
    }

    [Fact]
    public async Task Pause_in_an_episode_that_does_not_end_waits_no_longer_than_200_ms_and_leaves_the_last_checkpoint()
    {
        // No way leads to the goal, and the limit is far.
        var endless = World.Parse("S#G");
        var clock = new CostlyStore();
        var run = Run.Start(new(endless, new QLearning(), Episodes: null, MaxSteps: int.MaxValue),
            folder.Options with { Time = clock, StepBudget = long.MaxValue });
        Wait.Until(() => run.Steps > 1000, "It did not train.");

        var begun = clock.GetUtcNow();
        run.Pause();

        Assert.InRange(clock.GetUtcNow() - begun, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2));
        Assert.Equal((RunState.Paused, 0), (run.State, run.Episodes));
        Assert.Empty(run.CheckpointList);
        Wait.Until(() => Run.Open(run.Id, folder.Path).Status().Steps == run.Steps, "Where it paused was not written.");
        run.Stop();
        await run;
    }

    [Fact]
    public async Task Moment_that_is_saved_by_itself_and_by_name_is_listed_once()
    {
        var run = Run.Start(Lake with { Episodes = 50 }, folder.Options);
        await run;
        var before = run.CheckpointList;

        run.SaveCheckpoint("end");

        Assert.Equal((50L, null), (before[^1].Episode, before[^1].Name));
        Assert.Equal([.. before.SkipLast(1).Select(c => (c.Episode, c.Name)), (50L, "end")],
            run.CheckpointList.Select(c => (c.Episode, c.Name)));
        Assert.Equal(run.CheckpointList, Run.Open(run.Id, folder.Path).CheckpointList);
    }

    [Fact]
    public async Task Pace_that_is_changed_while_the_run_is_paused_is_in_the_file_at_once()
    {
        var run = Run.Start(Lake, folder.Options with { StartPaused = true, Time = new SetClock() });

        run.Pace = 123;

        Wait.Until(() => StoredPace() == 123, "The pace was not written.");
        run.Stop();
        await run;

        double? StoredPace()
        {
            using var connection = StoreFile.Read(folder.FileOf(run));
            return StoredProgress.Read(connection).Pace;
        }
    }

    static void Await(Run run, long more)
    {
        long from = run.Episodes;
        Wait.Until(() => run.Episodes >= from + more, $"{more} episodes were not over in time.");
    }

    /// <summary>Whoever reads it takes 3 ms; the thread that writes the store, 20.</summary>
    sealed class CostlyStore : TimeProvider
    {
        public const int OfAStoresReading = 20;
        long now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() =>
            Interlocked.Add(ref now,
            Thread.CurrentThread.Name?.StartsWith("GridWorld store", StringComparison.Ordinal) == true ? OfAStoresReading : 3);

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMilliseconds(Interlocked.Read(ref now));
    }
}
