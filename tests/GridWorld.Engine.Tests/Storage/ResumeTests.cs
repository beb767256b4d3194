namespace GridWorld;

public sealed class ResumeTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static RunSpecification Lake(long? episodes) => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 7, Episodes: episodes);

    [Fact]
    public async Task Finished_run_goes_on_to_the_bits_of_the_straight_run()
    {
        var run = Run.Start(Lake(1234), folder.Options);
        await run;

        var more = Run.Resume(run.Id, folder.Path, moreEpisodes: 3000);
        await more;

        Assert.Equal(RunState.Completed, more.State);
        Assert.Equal(4234, more.Episode);
        new Straight(Lake(1234), [], 4234).AssertSame(StoreFolder.View(run.Id, folder.Path), folder.FileOf(run));
        new Straight(Lake(1234), [], 4234).AssertSame(more.View, folder.FileOf(run));
        Assert.Equal([RunEvents.Started, RunEvents.Completed, RunEvents.TakenUp, RunEvents.Continued, RunEvents.Completed], more.EventLog.Select(e => e.Event));
        Assert.Equal([1, 2, 3, 4, 5], more.EventLog.Select(e => e.Seq));
    }

    public static TheoryData<string, Behaviour> Learners => [.. LearnerCatalog.All.SelectMany(l => Enum.GetValues<Behaviour>().Select(b => new TheoryDataRow<string, Behaviour>(l.Name, b)))];

    [Theory, MemberData(nameof(Learners))]
    public async Task Every_learner_goes_on_to_the_same_bits(string name, Behaviour behaviour)
    {
        var learner = LearnerCatalog.Create(name) with
        {
            Behaviour = behaviour,
            LearningRate = Schedule.FromJson("""{"schedule":"power","unit":"state-action"}"""),
            Epsilon = Schedule.FromJson("""{"schedule":"linear","from":1,"to":0.05,"over":150}"""),
        };
        var specification = new RunSpecification(Worlds.BlockingMaze(), learner, Seed: 5, Episodes: 20, MaxSteps: 100);
        var run = Run.Start(specification, folder.Options);
        await run;

        await Run.Resume(run.Id, folder.Path, moreEpisodes: 30);

        new Straight(specification, [], 50).AssertSame(StoreFolder.View(run.Id, folder.Path), folder.FileOf(run));
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
        long stoppedAt = run.Episode;

        var more = Run.Resume(run.Id, folder.Path, moreEpisodes: 500);
        more.Set(epsilon: 0.05);
        await more;

        Assert.Equal(stoppedAt + 500, more.Episode);
        Assert.Equal(0.5, more.View.Status().LearningRate);
        Assert.Contains(more.CheckpointList, c => c.Name == "halfway");
        new Straight(Lake(null), more.EventLog, stoppedAt + 500).AssertSame(StoreFolder.View(run.Id, folder.Path), folder.FileOf(run));
    }

    [Fact]
    public async Task Command_before_the_first_checkpoint_is_there_after_a_crash()
    {
        var run = Run.Start(Lake(800), folder.Options with { StartPaused = true });
        run.Set(epsilon: 0.7);
        string crashed = Crashed();

        var again = Run.Resume(run.Id, crashed);
        await again;

        Assert.Equal(0.7, again.View.Status().Epsilon);
        new Straight(Lake(800), again.EventLog, 800).AssertSame(again.View, StoreFile.PathOf(crashed, run.Id));
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

        Assert.Equal(0, again.EventLog.Single(e => e.Event == RunEvents.TakenUp).Episode);
        Assert.Single(again.EventLog, e => e.Event == RunEvents.Completed);
        new Straight(Lake(2000), [], 2000).AssertSame(again.View, folder.FileOf(run));
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

        Assert.Equal($"The run {run.Id} has no checkpoint 'beginning'. It has: the end.", fault.Message);
    }

    [Fact]
    public async Task Change_before_a_named_checkpoint_is_refused_where_it_would_make_it_untrue()
    {
        var run = Run.Start(Lake(3000), folder.Options with { StartPaused = true });
        run.SaveCheckpoint("start");
        run.Resume();
        await run;
        run.SaveCheckpoint("end");
        var again = Run.Resume(run.Id, folder.Path, checkpoint: "start", options: folder.Options with { StartPaused = true });

        var fault = Assert.Throws<InputException>(() => again.Set(epsilon: 0.9));

        Assert.Contains("Use Fork", fault.Message, StringComparison.Ordinal);
        again.Resume();
        await again;
        new Straight(Lake(3000), [], 3000).AssertSame(again.View, folder.FileOf(run));
    }

    [Fact]
    public async Task Change_that_was_given_later_but_for_an_earlier_episode_takes_effect_in_its_place()
    {
        var run = Run.Start(Lake(700), folder.Options with { StartPaused = true });
        run.SaveCheckpoint("start");
        run.Resume();
        await run;
        run = Run.Resume(run.Id, folder.Path, moreEpisodes: 300, options: folder.Options with { StartPaused = true });
        run.Set(learningRate: 0.3);
        run.Resume();
        await run;

        var again = Run.Resume(run.Id, folder.Path, checkpoint: "start", options: folder.Options with { Pace = 3000 });
        while (again.Episode < 3)
            await Task.Yield();
        long at = again.Set(epsilon: 0.9)[0].Episode;
        again.Pace = null;
        await again;

        Assert.InRange(at, 3, 600);
        Assert.Equal((0.1, 0.9), (again.View.Episodes(at, 1)[0].Epsilon, again.View.Episodes(at + 1, 1)[0].Epsilon));
        Assert.Equal((0.1, 0.3), (again.View.Episodes(700, 1)[0].LearningRate, again.View.Episodes(701, 1)[0].LearningRate));
        new Straight(Lake(700), again.EventLog, 1000).AssertSame(again.View, folder.FileOf(run));
        Assert.Equal(again.View.Agent().Q, again.View.Rewind().At(1000, TestContext.Current.CancellationToken).Q);
        Assert.Equal(new Straight(Lake(700), again.EventLog, 650).Values, again.At(650, TestContext.Current.CancellationToken).Q);
    }

    [Fact]
    public async Task Run_continued_after_its_end_is_stored_on()
    {
        var run = Run.Start(Lake(300), folder.Options);
        await run;

        run.Continue(300);
        await run;

        Assert.Empty(Directory.GetFiles(folder.Path).Except([folder.FileOf(run)]));
        new Straight(Lake(300), [], 600).AssertSame(StoreFolder.View(run.Id, folder.Path), folder.FileOf(run));
    }

    [Fact]
    public async Task Run_that_another_took_up_meanwhile_is_not_continued()
    {
        var run = Run.Start(Lake(300), folder.Options);
        await run;
        await Run.Resume(run.Id, folder.Path, moreEpisodes: 5);

        var fault = Assert.Throws<InputException>(() => run.Continue(300));

        Assert.Contains("has gone on with the run", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sampled_metrics_survive()
    {
        var run = Run.Start(Lake(150), folder.Options with { SampleEveryEpisode = true });
        await run;
        var live = run.View.Episodes(1, 1000);

        var more = Run.Resume(run.Id, folder.Path, moreEpisodes: 150);
        await more;

        var stored = StoreFolder.View(run.Id, folder.Path).Episodes(1, 1000);
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
