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
        const long steps = 20_011;
        var specification = new RunSpecification(Worlds.Get(world), LearnerCatalog.Create(learner), Seed: 7, Episodes: null);
        var ensemble = new Ensemble(specification, seeds);
        ensemble.Train(steps - 13, threads, Stop);
        ensemble.Train(13, threads, Stop);

        for (int k = 0; k < seeds; k++)
        {
            var (ours, alone) = (ensemble.Runs[k],
                Run.Start(specification with { Seed = 7 + (ulong)k }, RunOptions.InMemory with { StepBudget = steps }));
            await alone.Completion;
            var agent = alone.Agent();
            Assert.Equal((alone.Steps, alone.Episode, alone.TotalReturn), (ours.Steps, ours.Episodes, ours.TotalReturn));
            Assert.Equal(agent.Q, ours.Values.Values.ToArray());
            Assert.Equal(agent.Visits, Enumerable.Range(0, agent.Q.Length)
                .Select(pair => ours.VisitsOf(pair / ours.Values.Actions, pair % ours.Values.Actions)));
            Assert.Equal(alone.RawEpisodes(1, 100).Select(e => (e.Return, e.Length)), ours.Records(1, 100)
                .Select(e => (e.Return, e.Length)));
        }
    }

    [Fact]
    public void A_seed_stops_at_the_target_of_the_specification()
    {
        var ensemble = new Ensemble(new(Worlds.CliffWalking(), new QLearning(), Episodes: 3), 4);

        ensemble.Train(1_000_000, cancellation: Stop);

        Assert.All(ensemble.Runs, run => Assert.Equal(3, run.Episodes));
    }

    [Fact]
    public void Rows_come_back_however_the_training_was_sliced_and_beyond_one_buffer()
    {
        var specification = new RunSpecification(Worlds.FrozenLake4x4(), new QLearning(), Seed: 7, Episodes: 9000);
        Ensemble sliced = new(specification, 2), whole = new(specification, 2);
        whole.Train(long.MaxValue, threads: 1, Stop);
        while (sliced.Runs.Any(run => run.Episodes < 9000))
            sliced.Train(7919, threads: 2, Stop);

        var rows = whole.Runs[1].Records(1, 10_000).ToArray();

        Assert.Equal(Enumerable.Range(1, 9000).Select(e => (long)e), rows.Select(r => r.Episode));
        Assert.Equal(rows, sliced.Runs[1].Records(1, 10_000));
        Assert.Equal(rows[4090..8195], sliced.Runs[1].Records(4091, 4105));
        Assert.Equal(rows.Sum(r => r.Return), whole.Runs[1].TotalReturn);
        Assert.Equal(whole.Runs[1].Steps, rows.Sum(r => (long)r.Length));
    }

    // Allocated on this thread, which bounds what is kept: the rows of a seed alone took 119 kB.
    [Fact]
    public void A_seed_of_a_small_world_takes_little_memory()
    {
        const int seeds = 200;
        var specification = new RunSpecification(Worlds.FrozenLake4x4(), new QLearning(), Episodes: 1000);
        new Ensemble(specification, 1).Train(long.MaxValue, threads: 1, Stop); // the thread's buffer

        long before = GC.GetAllocatedBytesForCurrentThread();
        var ensemble = new Ensemble(specification, seeds);
        ensemble.Train(long.MaxValue, threads: 1, Stop);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / seeds;

        Assert.All(ensemble.Runs, run => Assert.Equal(1000, run.Episodes));
        Assert.True(each <= 20_000, $"A seed takes {each} bytes.");
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        var specification = new RunSpecification(Worlds.CliffWalking(), new QLearning(), Seed: ulong.MaxValue);

        Assert.Equal(["Seeds must be between 1 and 1000000 (got 0)."],
            Assert.Throws<InputException>(() => new Ensemble(specification, 0)).Errors);
        Assert.Equal([$"Seeds go up to {ulong.MaxValue}; 2 seeds from {ulong.MaxValue} on go beyond."],
            Assert.Throws<InputException>(() => new Ensemble(specification, 2)).Errors);
        Assert.Equal(["Steps must be at least 1 (got 0).", "Threads must be at least 1 (got 0)."],
            Assert.Throws<InputException>(() => new Ensemble(specification, 1).Train(0, 0, Stop)).Errors);
    }
}
