namespace GridWorld.Tests;

/// <summary>Every seed of an ensemble comes to the bits of the run that has this seed alone.</summary>
public class EnsembleTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int, int> Cases => new()
    {
        { "cliff-walking", "q-learning", 1, 1 },
        { "empty-10x10", "q-learning", 11, 3 },
        { "frozen-lake-4x4", "double-q-learning", 3, 2 },
        { "blocking-maze", "dyna-q", 2, 2 },
        { "windy-kings", "sarsa", 5, 1 },
        { "windy-stochastic", "expected-sarsa", 9, 4 },
    };

    [Theory, MemberData(nameof(Cases))]
    public async Task A_seed_gives_the_bits_of_its_single_run(string world, string learner, int seeds, int threads)
    {
        var specification = new RunSpecification(Worlds.Get(world), LearnerCatalog.Create(learner), Seed: 7, Episodes: 300);

        var ensemble = Ensemble.Start(specification, seeds, EnsembleOptions.InMemory with { Threads = threads });
        await ensemble;

        Assert.Equal(RunState.Completed, ensemble.State);
        foreach (var seed in ensemble.Seeds)
        {
            var alone = Run.Start(specification with { Seed = seed.Seed }, RunOptions.InMemory);
            await alone;
            var status = alone.Status();
            Assert.Equal((alone.Steps, status.Episodes, alone.TotalReturn, status.MeanReturnLast100, status.QChecksum, alone.FinalHash()),
                (seed.Steps, seed.Episodes, seed.TotalReturn, seed.MeanReturnLast100, seed.QChecksum, seed.Hash));
        }

        Assert.Equal(Enumerable.Range(7, seeds).Select(s => (ulong)s), ensemble.Seeds.Select(s => s.Seed));
    }

    [Fact]
    public async Task A_change_takes_effect_in_every_seed_after_the_same_episode()
    {
        var specification = new RunSpecification(Worlds.CliffWalking(), new QLearning(), Seed: 1, Episodes: null);
        var ensemble = Ensemble.Start(specification, 5, EnsembleOptions.InMemory with { Threads = 2 });
        Wait.Until(() => ensemble.Status().Episodes > 100, "It never trained.");

        var change = Assert.Single(ensemble.Set(epsilon: 0.01));
        Wait.Until(() => ensemble.Status().Episodes > change.Episode + 100, "It never trained on.");
        ensemble.Stop();
        await ensemble;

        Assert.True(change.Episode > 100);
        Assert.Single(ensemble.Seeds.Select(s => s.Episodes).Distinct());
        foreach (var seed in ensemble.Seeds)
        {
            var straight = new RunLoop(specification with { Seed = seed.Seed }, specification.World.Compile());
            straight.AdvanceTo(change.Episode, [], Stop);
            straight.Apply(change);
            straight.AdvanceTo(seed.Episodes, [], Stop);
            Assert.Equal((straight.Loop.Steps, Sum(straight)), (seed.Steps, Sum(await ReopenedAsync(ensemble, seed))));
        }

        static double Sum(RunLoop runLoop) => RunStatus.Checksum(runLoop.Loop.Values.Values);

        static async Task<RunLoop> ReopenedAsync(Ensemble ensemble, SeedResult seed)
        {
            var run = ensemble.OpenSeed(seed.Seed);
            Wait.Until(() => run.Status().Episodes >= seed.Episodes, "The seed was not trained again.");
            run.Stop();
            await run;
            return run.Rewind().LoopAt(seed.Episodes, Stop);
        }
    }

    [Fact]
    public async Task A_paused_ensemble_stands_still_and_comes_to_the_same_bits()
    {
        var specification = new RunSpecification(Worlds.CliffWalking(), new QLearning(), Seed: 1, Episodes: 20_000);
        var straight = Ensemble.Start(specification, 3, EnsembleOptions.InMemory);
        var paused = Ensemble.Start(specification, 3, EnsembleOptions.InMemory with { StartPaused = true });
        Assert.Equal((RunState.Paused, 0L), (paused.State, paused.Status().Steps));

        for (int k = 0; k < 5 && !paused.Completion.IsCompleted; k++)
        {
            paused.Resume();
            Wait.Until(() => paused.Status().Steps > k * 1000, "It did not go on.");
            if (paused.State != RunState.Training)
                break;
            paused.Pause();
            long steps = paused.Status().Steps;
            Assert.Equal((RunState.Paused, steps), (paused.State, paused.Status().Steps));
        }

        if (paused.State == RunState.Paused)
            paused.Resume();
        await paused;
        await straight;
        Assert.Equal(straight.Seeds, paused.Seeds);
    }

    [Fact]
    public async Task An_ensemble_that_is_killed_again_and_again_comes_to_the_bits_of_one_that_is_not()
    {
        using var folder = new TemporaryFolder();
        EnsembleProcess.StartAndKill(folder.Path, null, from: 0);
        string id = SweepFolder.List(folder.Path).Single().Id;
        Assert.Equal(RunState.Interrupted, Ensemble.Open(id, folder.Path).Status().State);
        EnsembleProcess.StartAndKill(folder.Path, id, Ensemble.Open(id, folder.Path).Status().Episodes);

        var resumed = Ensemble.Resume(id, folder.Path);
        await resumed;

        var changes = resumed.Changes;
        var mdp = EnsembleProcess.Specification.World.Compile();
        Assert.Equal((RunState.Completed, 1), (resumed.State, changes.Count));
        Assert.All(resumed.Seeds, seed =>
        {
            var straight = new SeedTraining(EnsembleProcess.Specification with { Seed = seed.Seed }, mdp);
            straight.AdvanceTo(1_000_000, changes, () => false);
            Assert.Equal(straight.Finish(isJudged: true), seed);
        });
        Assert.Equal(resumed.Seeds, Ensemble.Open(id, folder.Path).Seeds);
        Assert.Equal(resumed.SeedCurve(6), Ensemble.Open(id, folder.Path).SeedCurve(6));
    }

    [Fact]
    public async Task A_stopped_ensemble_goes_on_with_more_episodes_as_one_that_never_stopped()
    {
        using var folder = new TemporaryFolder();
        var specification = new RunSpecification(Worlds.CliffWalking(), new Sarsa(), Seed: 3, Episodes: null);
        var ensemble = Ensemble.Start(specification, 4, new() { Store = folder.Path, Name = "mine" });
        Wait.Until(() => ensemble.Status().Episodes > 50, "It never trained.");
        ensemble.Stop();
        await ensemble;
        long stopped = ensemble.Status().Episodes;

        var resumed = Ensemble.Resume("mine", folder.Path, moreEpisodes: 500);
        await resumed;

        Assert.Equal((RunState.Completed, stopped + 500), (resumed.State, resumed.Status().Episodes));
        var straight = Ensemble.Start(specification with { Episodes = stopped + 500 }, 4, EnsembleOptions.InMemory);
        await straight;
        Assert.Equal(straight.Seeds, resumed.Seeds);
    }

    [Fact]
    public async Task A_seed_opens_as_a_run_by_its_name_and_another_result_is_noticed()
    {
        using var folder = new TemporaryFolder();
        var ensemble = Ensemble.Start(new(Worlds.CliffWalking(), new QLearning(), Seed: 1, Episodes: 200), 3,
            new() { Store = folder.Path });
        await ensemble;

        var run = Run.Open($"{ensemble.Id}/2", folder.Path);

        Assert.Equal((ensemble.Seeds[1].Steps, $"{ensemble.Id}/2"), (run.Status().Steps, run.Name));
        Assert.Equal(200, run.Status().Episodes);
        Assert.Empty(StoreFolder.Verify($"{ensemble.Id}/2", folder.Path, cancellationToken: Stop));
        Assert.Null(ensemble.Verify(2, Stop));
        using (var file = SweepFile.Take(ensemble.StorePath!, TimeProvider.System))
            file.Write((c, _) => SeedTable.Write(c, 1, ensemble.Seeds[1] with { Hash = new('0', 32) }, new()));
        Assert.Contains($"{ensemble.Id}/2 does not train to the stored result",
            Assert.Single(StoreFolder.Verify($"{ensemble.Id}/2", folder.Path, cancellationToken: Stop)));
        Assert.Contains("Seed 2 does not train to the stored result",
            Ensemble.Open(ensemble.Id, folder.Path).Verify(2, Stop));
    }

    [Theory]
    [InlineData("/9", "has no seed 9.")]
    [InlineData("/x", "does not name a seed. Write ENSEMBLE/SEED, or SWEEP/TRIAL/SEED.")]
    [InlineData("/1/2", "is an ensemble: write")]
    public async Task A_seed_that_does_not_exist_is_refused(string name, string message)
    {
        using var folder = new TemporaryFolder();
        var ensemble = Ensemble.Start(new(Worlds.CliffWalking(), new QLearning(), Episodes: 5), 3, new() { Store = folder.Path });
        await ensemble;

        Assert.Contains(message, Assert.Throws<InputException>(() => Run.Open(ensemble.Id + name, folder.Path)).Message);
    }

    [Fact]
    public async Task A_seed_whose_values_become_infinite_fails_alone_or_with_its_reason()
    {
        var world = World.FromJson("""{"map": ["S.G"], "step_reward": 1e308}""");
        var ensemble = Ensemble.Start(new(world, new QLearning { LearningRate = 1, DiscountFactor = 1 }, Episodes: 500), 2,
            EnsembleOptions.InMemory);
        await ensemble;

        Assert.Equal((RunState.Failed, 2), (ensemble.State, ensemble.Status().Failed));
        Assert.StartsWith("Seed 1 failed: ", ensemble.Status().Message);
        Assert.All(ensemble.Seeds, s => Assert.Equal((TrialState.Failed, null), (s.State, s.Hash)));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_stops_no_training_and_says_so()
    {
        using var folder = new TemporaryFolder();
        var ensemble = Ensemble.Start(new(Worlds.CliffWalking(), new QLearning(), Episodes: null), 2, new() { Store = folder.Path });
        File.Move(ensemble.StorePath!, folder.At("elsewhere"));

        Wait.Until(() => ensemble.StoreError is not null, "No one noticed.");
        long steps = ensemble.Status().Steps;
        Wait.Until(() => ensemble.Status().Steps > steps, "It stopped.");
        ensemble.Stop();
        await ensemble;

        Assert.Contains(ensemble.StorePath!, ensemble.StoreError);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        var specification = new RunSpecification(Worlds.CliffWalking(), new QLearning(), Seed: ulong.MaxValue);

        Assert.Equal(["Seeds must be between 1 and 1000000 (got 0)."],
            Assert.Throws<InputException>(() => Ensemble.Start(specification, 0, EnsembleOptions.InMemory)).Errors);
        Assert.Equal([$"The last of 2 seeds must be at most {ulong.MaxValue} (got first seed {ulong.MaxValue}).",
            "Threads must be at least 1 (got 0)."],
            Assert.Throws<InputException>(() => Ensemble.Start(specification, 2, EnsembleOptions.InMemory with { Threads = 0 })).Errors);
    }
}
