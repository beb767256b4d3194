namespace GridWorld.Tests;

public sealed class ResumeTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static RunSpecification Lake(long? episodes) => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 7, Episodes: episodes);

    [Fact]
    public async Task Finished_run_goes_on_exactlys_of_the_straight_run()
    {
        var run = Run.Start(Lake(1234), folder.Options);
        await run;

        var more = Run.Resume(run.Id, folder.Path, moreEpisodes: 3000);
        await more;

        Assert.Equal(RunState.Completed, more.State);
        Assert.Equal(4234, more.Episodes);
        new Straight(Lake(1234), [], 4234).AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
        new Straight(Lake(1234), [], 4234).AssertSame(more, folder.FileOf(run));
        Assert.Equal([RunEventKind.RunStarted, RunEventKind.Completed, RunEventKind.RunResumed, RunEventKind.Continued,
            RunEventKind.Completed],
            more.EventLog.Select(e => e.Kind));
        Assert.Equal([1, 2, 3, 4, 5], more.EventLog.Select(e => e.Seq));
    }

    public static TheoryData<string, Behavior> Learners =>
        [.. LearnerCatalog.All.SelectMany(l => Enum.GetValues<Behavior>().Select(b => new TheoryDataRow<string, Behavior>(l.Name, b)))];

    [Theory, MemberData(nameof(Learners))]
    public async Task Every_learner_goes_on_to_the_same_bits(string name, Behavior behavior)
    {
        var learner = LearnerCatalog.Create(name) with
        {
            Behavior = behavior,
            LearningRate = Schedule.FromJson("""{"schedule":"power","unit":"state-action"}"""),
            Epsilon = Schedule.FromJson("""{"schedule":"linear","from":1,"to":0.05,"over":150}"""),
        };
        var specification = new RunSpecification(Worlds.BlockingMaze(), learner, Seed: 5, Episodes: 20, MaxSteps: 100);
        var run = Run.Start(specification, folder.Options);
        await run;

        await Run.Resume(run.Id, folder.Path, moreEpisodes: 30);

        new Straight(specification, [], 50).AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
    }

    [Fact]
    public async Task Commands_given_before_the_end_are_there_after_a_resume()
    {
        var run = Run.Start(Lake(null), folder.Options with { StartPaused = true });
        run.Set(learningRate: 0.5);
        run.Resume();
        run.Set(epsilon: 0.3);
        run.SaveCheckpoint("halfway");
        run.Stop();
        await run;
        long stoppedAt = run.Episodes;

        var more = Run.Resume(run.Id, folder.Path, moreEpisodes: 500);
        more.Set(epsilon: 0.05);
        await more;

        Assert.Equal(stoppedAt + 500, more.Episodes);
        Assert.Equal(0.5, more.Status().Settings.LearningRate);
        Assert.Contains(more.CheckpointList, c => c.Name == "halfway");
        new Straight(Lake(null), more.EventLog, stoppedAt + 500).AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
    }

    [Fact]
    public async Task Command_before_the_first_checkpoint_is_there_after_a_crash()
    {
        var run = Run.Start(Lake(800), folder.Options with { StartPaused = true });
        run.Set(epsilon: 0.7);
        string crashed = Crashed();

        var again = Run.Resume(run.Id, crashed);
        await again;

        Assert.Equal(0.7, again.Status().Settings.Epsilon);
        new Straight(Lake(800), again.EventLog, 800).AssertSame(again, RunFiles.PathOf(crashed, run.Id));
        run.Stop();
        await run;
    }

    [Fact]
    public async Task Run_can_be_taken_up_at_a_named_checkpoint()
    {
        var run = Run.Start(Lake(2000), folder.Options with { StartPaused = true });
        run.SaveCheckpoint("start");
        run.Resume();
        await run;

        var again = Run.Resume(run.Id, folder.Path, checkpoint: "start");
        await again;

        Assert.Equal(0, again.EventLog.Single(e => e.Kind == RunEventKind.RunResumed).Episode);
        Assert.Single(again.EventLog, e => e.Kind == RunEventKind.Completed);
        new Straight(Lake(2000), [], 2000).AssertSame(again, folder.FileOf(run));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("start")]
    public async Task Run_goes_on_at_the_pace_it_had_last(string? checkpoint)
    {
        var run = Run.Start(Lake(null), folder.Options with { StartPaused = true });
        run.SaveCheckpoint("start");
        run.Pace = 3000;
        run.Stop();
        await run;

        var again = Run.Resume(run.Id, folder.Path, checkpoint: checkpoint);

        Assert.Equal(3000, again.Pace);
        again.Stop();
        await again;
    }

    [Fact]
    public async Task Run_goes_on_at_its_pace_after_a_crash()
    {
        var run = Run.Start(Lake(null), folder.Options with { StartPaused = true, Pace = 3000 });

        var again = Run.Resume(run.Id, Crashed());

        Assert.Equal(3000, again.Pace);
        foreach (var one in new[] { run, again })
        {
            one.Stop();
            await one;
        }
    }

    [Fact]
    public async Task Options_of_a_resume_set_the_pace()
    {
        var run = Run.Start(Lake(100), folder.Options with { Pace = 1_000_000 });
        await run;

        var again = Run.Resume(run.Id, folder.Path, moreEpisodes: 1, options: folder.Options);

        Assert.Null(again.Pace);
        await again;
    }

    [Fact]
    public async Task Unknown_checkpoint_names_those_there_are()
    {
        var run = Run.Start(Lake(10), folder.Options);
        await run;
        run.SaveCheckpoint("the end");

        var fault = Assert.Throws<InputException>(() => Run.Resume(run.Id, folder.Path, checkpoint: "beginning"));

        Assert.Equal($"The run {run.Id} has no checkpoint 'beginning'. Named checkpoints: the end.", fault.Message);
    }

    [Fact]
    public async Task Going_back_to_a_checkpoint_drops_what_came_after()
    {
        var run = Run.Start(Lake(2000), folder.Options with { StartPaused = true });
        run.SaveCheckpoint("start");
        run.Set(epsilon: 0.3);
        run.Advance(300);
        while (run.State != RunState.Paused)
            await Task.Yield();
        run.SaveCheckpoint("mine");
        run.Set(learningRate: 0.5);
        run.Resume();
        await run;
        run.SaveCheckpoint("late");

        var again = Run.Resume(run.Id, folder.Path, checkpoint: "mine", options: folder.Options with { StartPaused = true });

        // Epsilon was changed before the checkpoint, the learning rate after it, though at the same boundary.
        Assert.Equal((300, 0.3, 0.1), (again.Episodes, again.Status().Settings.Epsilon, again.Status().Settings.LearningRate));
        Assert.Equal(["mine", "start"], again.CheckpointList.Select(c => c.Name).OfType<string>().Order());
        Assert.All(again.CheckpointList, c => Assert.InRange(c.Episode, 0, 300));
        Assert.Equal([("learning_rate", "0.1", "0.5"), (null, null, null)], again.EventLog.Where(e => e.Kind == RunEventKind.Dropped)
            .Select(e => (e.Param, e.OldValue, e.NewValue)));
        Assert.Equal("From the checkpoint 'mine'. Dropped: episodes 301 to 2000; 1 change; the checkpoint 'late'.",
            again.EventLog.Single(e => e.Kind == RunEventKind.RunResumed).Message);
        var stored = Run.Open(run.Id, folder.Path);
        Assert.Equal(again.EventLog, stored.EventLog);
        Assert.Equal(again.Agent().Q, stored.Agent().Q);
        Assert.Equal(300, stored.Agent().Episode);

        again.Set(epsilon: 0.05);
        again.Resume();
        await again;
        new Straight(Lake(2000), again.EventLog, 2000).AssertSame(again, folder.FileOf(run));
        new Straight(Lake(2000), again.EventLog, 2000).AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
        Assert.Empty(StoreFolder.Verify(run.Id, folder.Path, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_killed_on_the_way_back_does_not_return_to_the_abandoned_course()
    {
        var run = Run.Start(Lake(2000), folder.Options with { StartPaused = true });
        run.SaveCheckpoint("start");
        run.Resume();
        await run;

        var again = Run.Resume(run.Id, folder.Path, checkpoint: "start", options: folder.Options with { StartPaused = true });
        again.Set(epsilon: 0.9);
        var resumed = Run.Resume(run.Id, Crashed());
        await resumed;

        Assert.Equal(0.9, resumed.Status().Settings.Epsilon);
        new Straight(Lake(2000), again.EventLog, 2000).AssertSame(resumed, resumed.StorePath!);
        again.Stop();
        await again;
    }

    [Fact]
    public async Task Pages_that_a_named_checkpoint_shares_survive_going_back()
    {
        var maze = new RunSpecification(Worlds.DynaMaze(), new DynaQ(), Seed: 3, Episodes: 300);
        var run = Run.Start(maze, folder.Options with { StartPaused = true });
        run.Advance(3);
        while (run.State != RunState.Paused)
            await Task.Yield();
        run.SaveCheckpoint("early");
        run.Resume();
        await run;

        for (int i = 0; i < 3; i++)
        {
            var again = Run.Resume(run.Id, folder.Path, checkpoint: "early", options: folder.Options with { CheckpointEvery = 1 });
            await again;
            again.SaveCheckpoint($"mine {i}");
            Assert.Empty(StoreFolder.Verify(run.Id, folder.Path, cancellationToken: TestContext.Current.CancellationToken));
            Assert.DoesNotContain(again.EventLog, e => e.Kind == RunEventKind.StoreError);
        }
    }

    [Fact]
    public async Task Run_continued_after_its_end_is_stored_on()
    {
        var run = Run.Start(Lake(300), folder.Options);
        await run;

        run.Continue(300);
        await run;

        Assert.Empty(Directory.GetFiles(folder.Path).Except([folder.FileOf(run)]));
        new Straight(Lake(300), [], 600).AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
    }

    [Fact]
    public async Task Run_that_another_took_up_meanwhile_is_not_continued()
    {
        var run = Run.Start(Lake(300), folder.Options);
        await run;
        await Run.Resume(run.Id, folder.Path, moreEpisodes: 5);

        var fault = Assert.Throws<InputException>(() => run.Continue(300));

        Assert.Contains("has trained the run", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sampled_metrics_survive()
    {
        var run = Run.Start(Lake(150), folder.Options with { SampleEveryEpisode = true });
        await run;
        var live = run.RawEpisodes(1, 1000);

        var more = Run.Resume(run.Id, folder.Path, moreEpisodes: 150);
        await more;

        var stored = Run.Open(run.Id, folder.Path).RawEpisodes(1, 1000);
        Assert.Equal(300, stored.Length);
        Assert.All(stored, e => Assert.NotNull(e.MeanQ));
        foreach (var (one, other) in live.Zip(stored))
        {
            Assert.Equal(one with { ActionCounts = null }, other with { ActionCounts = null });
            Assert.Equal(one.ActionCounts, other.ActionCounts);
        }
    }

    /// <summary>What a crash would leave at this moment.</summary>
    string Crashed()
    {
        string crashed = Directory.CreateDirectory(Path.Combine(folder.Path, "crashed")).FullName;
        foreach (string file in Directory.GetFiles(folder.Path))
            File.Copy(file, Path.Combine(crashed, Path.GetFileName(file)));
        return crashed;
    }

    public void Dispose() => folder.Dispose();
}
