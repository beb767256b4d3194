using System.Globalization;

namespace GridWorld.Tests;

/// <summary>A sweep comes to the same results however it is trained, stopped, killed and resumed.</summary>
public sealed class SweepRunTests : IDisposable
{
    static readonly SearchParameter[] space =
        [SearchParameter.LogUniform("learning_rate", 0.01, 1), SearchParameter.Choice("epsilon", 0.01, 0.1)];

    readonly TemporaryFolder folder = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    public static TheoryData<SweepSampler, SweepPruner> Kinds => new()
    {
        { SweepSampler.Random, SweepPruner.None },
        { SweepSampler.Sobol, SweepPruner.Racing },
        { SweepSampler.Random, SweepPruner.Halving },
        { SweepSampler.Tpe, SweepPruner.Hyperband },
        { SweepSampler.Tpe, SweepPruner.None },
    };

    [Theory, MemberData(nameof(Kinds))]
    public async Task Results_do_not_depend_on_the_number_of_threads_nor_on_stops(SweepSampler sampler, SweepPruner pruner)
    {
        var sweep = Small(sampler, pruner);
        var straight = await EndedAsync(sweep, threads: 1);

        var broken = sweep.Start(new() { Store = folder.Path, Threads = 3 });
        for (int k = 1; !broken.Completion.IsCompleted || broken.State == RunState.Stopped; k++)
        {
            if (broken.State == RunState.Stopped)
                broken = SweepRun.Resume(broken.Id, folder.Path, new() { Threads = k % 3 + 1 });
            Wait.Until(() => broken.Completion.IsCompleted || broken.Status().Ended >= k * 5, "It does not go on.");
            broken.Stop();
            await broken;
        }

        Assert.Equal(RunState.Completed, broken.State);
        AssertSame(straight, broken);
        Assert.Empty(broken.Verify(5, Stop));
    }

    [Theory]
    [InlineData(SweepSampler.Random, SweepPruner.Halving)]
    [InlineData(SweepSampler.Sobol, SweepPruner.Racing)]
    [InlineData(SweepSampler.Tpe, SweepPruner.Hyperband)]
    public async Task A_sweep_that_is_killed_loses_no_trial_and_counts_none_twice(SweepSampler sampler, SweepPruner pruner)
    {
        var sweep = Small(sampler, pruner) with { Episodes = 12_000 };
        string file = folder.Write("kill.sweep.json", sweep.ToJson()), store = folder.At("killed");
        SweepProcess.TrainAndKill(store, file, moreSeeds: 3);
        SweepProcess.TrainAndKill(store, file, moreSeeds: 5);
        string id = Assert.Single(SweepFolder.List(store)).Id;
        Assert.Equal(RunState.Interrupted, SweepView.Open(id, store).Status().State);

        var resumed = SweepRun.Resume(id, store);
        await resumed;

        AssertSame(await EndedAsync(sweep, threads: 2), resumed);
    }

    // 3 worlds × 4 learners × 5 learning rates × 30 seeds: 1,800 runs, and 120 on fresh seeds. The suite trains a tenth of the seeds.
    [Fact]
    public async Task Study_that_is_killed_twice_is_the_one_that_is_not()
    {
        int seeds = (int)Long.Count("sweep", suite: 3, isLong: 30);
        string file = folder.Write("study.sweep.json", $$$"""
            {
              "name": "study",
              "worlds": ["cliff-walking", "windy", "frozen-lake-4x4"],
              "learners": ["q-learning", "sarsa", "expected-sarsa", "double-q-learning"],
              "episodes": 200, "seeds": {{{seeds}}},
              "space": {"learning_rate": {"choice": [0.05, 0.1, 0.2, 0.5, 1]}}
            }
            """), store = folder.At("killed");
        SweepProcess.TrainAndKill(store, file, moreSeeds: 20);
        SweepProcess.TrainAndKill(store, file, moreSeeds: 20 * seeds / 3);

        var resumed = SweepRun.Resume("study", store);
        await resumed;

        var straight = await EndedAsync(Sweep.Read(file), threads: 2);
        AssertSame(straight, resumed);
        Assert.Equal((60, 12), (straight.Status().Ended, straight.BestTrials().Count));
        Assert.All(straight.BestTrials(), best => Assert.NotNull(best.Interval));
        Long.Say("sweep", $"{straight}, killed twice: hash {resumed.Hash()} as without a kill");
    }

    // 27 trials of 81 episodes, η = 3: 27 × 3 + 9 × 6 + 3 × 18 + 1 × 54 episodes where survivors go on; 27 × 3 + 9 × 9 + 3 × 27 + 81 where
    // they begin again. In a corridor of two cells every episode has the same number of steps.
    [Fact]
    public async Task Halving_pauses_and_resumes_the_very_run()
    {
        string world = folder.Write("corridor.txt", "SG");
        var sweep = Small(SweepSampler.Random, SweepPruner.Halving) with
        {
            Worlds = [world], Trials = 27, Episodes = 81, Seeds = 2, TestSeeds = 0,
            Space = [SearchParameter.Uniform("learning_rate", 0.1, 1)],
            Settings = new([new("epsilon", 0), new("ties", "first"), new("initial_value", 0), new("max_steps", 1)]),
        };

        var ended = await EndedAsync(sweep, threads: 2);

        Assert.Equal(2 * (27 * 3 + 9 * 6 + 3 * 18 + 54), ended.Status().Steps);
        Assert.Equal((26, 1),
            (ended.TrialResults().Count(t => t.State == TrialState.Pruned), ended.TrialResults().Count(t => t.State == TrialState.Done)));
        Assert.Equal([3, 9, 27, 81], ended.TrialResults().Select(t => t.Episodes).Distinct().Order());
    }

    [Fact]
    public async Task The_best_settings_are_tested_on_fresh_seeds_that_count_down_from_the_last()
    {
        var sweep = Small(SweepSampler.Grid, SweepPruner.None) with
        {
            Space = [SearchParameter.Choice("learning_rate", 0.001, 0.5)], Trials = null, Learners = ["q-learning", "sarsa"], TestSeeds = 4,
        };

        var ended = await EndedAsync(sweep, threads: 2);

        var best = ended.BestTrials();
        Assert.Equal(["q-learning", "sarsa"], best.Select(b => b.Learner));
        Assert.All(best, b => Assert.Equal(0.5, b.Settings["learning_rate"].Number));
        foreach (var (one, test) in best.Zip(ended.TrialResults().Where(t => t.IsTest)))
        {
            var seeds = ended.Seeds(test.Number);
            Assert.Equal([ulong.MaxValue - 3, ulong.MaxValue - 2, ulong.MaxValue - 1, ulong.MaxValue], seeds.Select(s => s.Seed));
            Assert.Equal(seeds.Average(s => s.MeanReturnLast100!.Value), one.TestObjective!.Value, precision: 9);
            Assert.True(one.Interval!.Contains(one.TestObjective.Value));
        }
    }

    [Fact]
    public async Task A_seed_of_a_trial_opens_as_a_full_run()
    {
        var ended = await EndedAsync(Small(SweepSampler.Random, SweepPruner.None), threads: 2);

        var run = ended.OpenSeed(3, 2);

        var stored = ended.Seeds(3).Single(s => s.Seed == 2);
        Assert.Equal((stored.Steps, stored.MeanReturnLast100, stored.QChecksum),
            (run.Status().Steps, run.Status().MeanReturnLast100, run.Status().QChecksum));
        Assert.Equal($"{ended.Id}/3/2", run.Id);
    }

    [Fact]
    public async Task A_seed_of_a_trial_that_went_on_opens_as_it_ended()
    {
        var ended = await EndedAsync(Small(SweepSampler.Random, SweepPruner.Halving) with { Trials = 9, Episodes = 81 }, threads: 2);
        var winner = Assert.Single(ended.TrialResults(), t => t is { IsTest: false, State: TrialState.Done });

        var run = ended.OpenSeed(winner.Number, 1);

        Assert.Equal((81, ended.Seeds(winner.Number)[0].QChecksum), (run.Status().Episodes, run.Status().QChecksum));
    }

    [Fact]
    public async Task A_seed_of_a_trial_with_the_settings_of_another_opens_too()
    {
        var ended = await EndedAsync(Small(SweepSampler.Random, SweepPruner.None) with
        {
            Space = [SearchParameter.Choice("learning_rate", 0.1)], Trials = 2, Seeds = 1, TestSeeds = 0,
        }, threads: 1);

        var run = ended.OpenSeed(2, 1);

        Assert.Equal(1, ended.TrialResults()[1].SameAs);
        Assert.Equal(ended.Seeds(1)[0].QChecksum, run.Status().QChecksum);
    }

    // A file is mailed without the worlds that it was made from, and to people who have not registered its objective.
    [Fact]
    public async Task A_file_is_read_and_verified_without_its_worlds_and_with_an_unknown_objective()
    {
        SweepObjectives.Register("forgotten", episodes => episodes.Count, higherIsBetter: true, replace: true);
        string world = folder.Write("corridor.txt", "S..G");
        var sweep = Small(SweepSampler.Random, SweepPruner.None) with { Worlds = [world], Trials = 3 };
        var (known, unknown) = (await EndedAsync(sweep, threads: 2),
            await EndedAsync(sweep with { Objective = "forgotten", Name = "other" }, threads: 2));
        File.Delete(world);
        using (var file = SweepFile.Take(unknown.StorePath, TimeProvider.System))
            file.Write((c, now) => (SweepHeader.Read(c) is var header
                ? header with { Definition = header.Definition.Replace("forgotten", "never_heard_of") } : null)!.Write(c));

        var (view, other) = (SweepView.Open(known.Id, folder.Path), SweepView.Open(unknown.Id, folder.Path));

        Assert.Equal(known.TrialResults(), view.TrialResults());
        Assert.Equal(known.BestTrials(), view.BestTrials());
        Assert.Empty(view.Verify(2, Stop));
        Assert.Equal(known.Seeds(2)[0].Steps, view.OpenSeed(2, 1).Status().Steps);
        Assert.Equal(3, other.TrialResults().Count(t => t is { IsTest: false, State: TrialState.Done }));
        Assert.Contains("There is no objective 'never_heard_of'", Assert.Throws<InputException>(() => other.BestTrials()).Message);
    }

    [Fact]
    public async Task Settings_that_are_asked_for_twice_are_trained_once()
    {
        var sweep = Small(SweepSampler.Random, SweepPruner.None) with
        {
            Space = [SearchParameter.Choice("learning_rate", 0.1, 0.5)], Trials = 12, Seeds = 2, TestSeeds = 0,
        };

        var trials = (await EndedAsync(sweep, threads: 2)).TrialResults();

        Assert.Equal(10, trials.Count(t => t.SameAs is not null));
        Assert.Equal(2, trials.Select(t => t.Objective).Distinct().Count());
        Assert.All(trials.Where(t => t.SameAs is not null), t =>
            Assert.Equal((trials[(int)t.SameAs! - 1].Objective, trials[(int)t.SameAs - 1].Settings), (t.Objective, t.Settings)));
    }

    [Theory]
    [InlineData("mean_return")]
    [InlineData("steps_to:-40")]
    [InlineData("optimality_gap")]
    [InlineData("least_return")]
    public async Task Objective_is_the_mean_over_seeds_of_what_its_definition_says(string objective)
    {
        SweepObjectives.Register("least_return", episodes => episodes.Min(e => e.Return), higherIsBetter: true, replace: true);
        var sweep = Small(SweepSampler.Grid, SweepPruner.None) with
        {
            Space = [], Trials = null, Seeds = 3, TestSeeds = 0, Objective = objective,
            Settings = new([new("learning_rate", 0.5), new("epsilon", 0.01)]), Episodes = 400,
        };

        var trial = Assert.Single((await EndedAsync(sweep, threads: 2)).TrialResults());

        var scores = new List<double>();
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var run = Run.Start(new(Worlds.CliffWalking(), new QLearning { LearningRate = 0.5, Epsilon = 0.01 }, seed, 400),
                RunOptions.InMemory);
            await run;
            var episodes = run.EpisodeRecords();
            scores.Add(objective switch
            {
                "mean_return" => episodes.Average(e => e.Return),
                "least_return" => episodes.Min(e => e.Return),
                "steps_to:-40" => episodes.Take(100 + Enumerable.Range(0, 301)
                    .First(k => episodes.Skip(k).Take(100).Average(e => e.Return) >= -40)).Sum(e => (double)e.Length),
                // The optimum is −13 (Sutton and Barto, example 6.6); a random walk's return comes from its linear equations.
                _ => 1 - Math.Min(1, (episodes.TakeLast(100).Average(e => e.Return) - RandomReturn()) / (-13 - RandomReturn())),
            });
        }

        Assert.Equal(scores.Average(), trial.Objective!.Value, precision: 6);
    }

    [Fact]
    public async Task Three_trials_with_the_same_error_stop_the_sweep_and_it_can_be_resumed()
    {
        bool isBroken = true;
        SweepObjectives.Register("fragile", _ => isBroken ? throw new InvalidOperationException("no data") : 1, true, replace: true);
        var sweep = Small(SweepSampler.Random, SweepPruner.None) with { Objective = "fragile", Trials = 4000, Seeds = 1 };

        var failed = await EndedAsync(sweep, threads: 2);
        long ended = failed.Status().Ended;
        isBroken = false;
        var resumed = SweepRun.Resume(failed.Id, folder.Path);
        await resumed;

        Assert.Equal((RunState.Failed, RunState.Completed), (failed.State, resumed.State));
        Assert.InRange(ended, 3, 3999);
        Assert.StartsWith("3 trials failed with the same error", failed.Message);
        Assert.Contains("no data", failed.Message);
        Assert.All(resumed.TrialResults(), t => Assert.Equal((TrialState.Done, 1.0), (t.State, t.Objective)));
    }

    [Fact]
    public async Task A_budget_ends_the_search_after_the_same_trial_on_any_number_of_threads()
    {
        var sweep = Small(SweepSampler.Random, SweepPruner.None) with { Trials = 500, BudgetSteps = 100_000, Seeds = 1 };

        var (one, three) = (await EndedAsync(sweep, threads: 1), await EndedAsync(sweep, threads: 3));

        AssertSame(one, three);
        Assert.InRange(one.TrialResults().Count(t => !t.IsTest), 65, 499);
    }

    [Fact]
    public async Task A_result_that_was_altered_is_found()
    {
        var ended = await EndedAsync(Small(SweepSampler.Random, SweepPruner.None), threads: 2);
        var seed = ended.Seeds(2)[0];
        using (var file = SweepFile.Take(ended.StorePath, TimeProvider.System))
            file.Write((c, _) => SeedTable.Write(c, 2, seed with { Score = 0 }, new()));

        string fault = Assert.Single(SweepView.Open(ended.Id, folder.Path).Verify(cancellationToken: Stop));

        Assert.StartsWith("Trial 2, seed 1 does not train to the stored result", fault);
    }

    static double RandomReturn()
    {
        var mdp = Worlds.CliffWalking().Compile();
        return PolicyEvaluation.Evaluate(mdp, StationaryPolicy.Uniform(mdp), 1, Stop).StartValue!.Value;
    }

    static Sweep Small(SweepSampler sampler, SweepPruner pruner) => new()
    {
        Name = "small", Episodes = 60, Seeds = 6, TestSeeds = 3, Space = space, Sampler = sampler, Pruner = pruner, Trials = 24,
    };

    async Task<SweepRun> EndedAsync(Sweep sweep, int threads)
    {
        var run = sweep.Start(new() { Store = folder.Path, Threads = threads });
        await run;
        return run;
    }

    static void AssertSame(SweepView expected, SweepView actual)
    {
        Assert.NotNull(expected.Hash());
        Assert.Equal(expected.TrialResults(), actual.TrialResults());
        Assert.Equal(expected.Hash(), actual.Hash());
        Assert.Equal(expected.BestTrials(), actual.BestTrials());
        Assert.Equal(Seeds(expected), Seeds(actual));

        static List<string> Seeds(SweepView sweep) => SweepFile.Read(sweep.StorePath, c => SeedTable.ReadAll(c))
            .ConvertAll(s => string.Create(CultureInfo.InvariantCulture, $"{s.Trial} {s.Rung} {s.Result}"));
    }
}
