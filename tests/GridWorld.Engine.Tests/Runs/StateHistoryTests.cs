namespace GridWorld.Tests;

public sealed class StateHistoryTests : IDisposable
{
    const int Before = 14;

    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The learners whose updates reach states that an episode did not visit, and those whose tables are not the acting one, are among them.
    public static TheoryData<string> Learners => ["q-learning", "double-q-learning", "sarsa-lambda", "monte-carlo", "dyna-q",
        "value-iteration"];

    [Theory, MemberData(nameof(Learners))]
    public async Task Changes_are_those_of_a_straight_training_that_looks_after_every_episode(string learner)
    {
        var run = await StoredRunAsync(new(Worlds.FrozenLake4x4(slippery: false), LearnerCatalog.Create(learner), Seed: 3, Episodes: 900));
        var straight = Straight(run);

        foreach (int state in (int[])[0, Before, 5])
        {
            var history = run.HistoryOf(state, cancellationToken: Cancel);

            Assert.Equal((0, straight.Count - 1), (history.After, history.Episodes));
            var changes = Enumerable.Range(1, straight.Count - 1)
                .Where(k => !Greedy(straight[k - 1], state).SequenceEqual(Greedy(straight[k], state))).ToList();
            Assert.Equal(changes.Select(k => (long)k), history.Changes.Select(c => c.Episode));
            Assert.Equal(changes.Count, history.ChangeCount);
            Assert.All(history.Changes, c =>
            {
                Assert.Equal(Greedy(straight[(int)c.Episode - 1], state), c.Before);
                Assert.Equal(Greedy(straight[(int)c.Episode], state), c.After);
            });
        }
    }

    [Theory, MemberData(nameof(Learners))]
    public async Task Last_changes_of_all_states_are_those_of_a_straight_training(string learner)
    {
        var run = await StoredRunAsync(new(Worlds.FrozenLake4x4(slippery: false), LearnerCatalog.Create(learner), Seed: 3, Episodes: 900));
        var straight = Straight(run);

        var changes = run.PolicyChanges(cancellationToken: Cancel);

        Assert.Equal((0, straight.Count - 1), (changes.After, changes.Episodes));
        Assert.Equal(Enumerable.Range(0, 16).Select(state => (long)Enumerable.Range(1, straight.Count - 1)
            .LastOrDefault(k => !Greedy(straight[k - 1], state).SequenceEqual(Greedy(straight[k], state)))), changes.LastChange);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(500)]
    [InlineData(10_000)]
    public async Task Points_are_the_values_after_their_episodes_bit_for_bit(int points)
    {
        var run = await folder.ChangedRunAsync(Lake);
        var straight = new Reference(Lake, run.EventLog);

        var history = Run.Open(run.Id, folder.Path).HistoryOf(Before, points, cancellationToken: Cancel);

        Assert.Equal(Math.Min(points, 3001), history.Points.Count);
        Assert.Equal((0, 3000), (history.Points[0].Episode, history.Points[^1].Episode));
        Assert.All(history.Points, p => Assert.Equal(straight.ToEpisode(p.Episode).Q[(Before * 4)..(Before * 4 + 4)], p.Q));
    }

    [Fact]
    public async Task Points_are_in_order_and_exact_in_every_report_and_changes_complete_after_its_first_episode()
    {
        var run = await folder.ChangedRunAsync(Lake);
        var straight = Straight(run);
        var reports = new Reports<StateHistory>();

        var whole = run.HistoryOf(Before, 50, reports, Cancel);

        Assert.Equal((3000, 0), (reports.All[0].After, reports.All[^1].After));
        Assert.True(reports.All[0].Points.Count > 2, "The first report has the values at checkpoints.");
        Assert.All(reports.All, report =>
        {
            Assert.Equal(report.Points.Select(p => p.Episode).Distinct().Order(), report.Points.Select(p => p.Episode));
            Assert.All(report.Points, p => Assert.Equal(straight[(int)p.Episode][(Before * 4)..(Before * 4 + 4)], p.Q));
            Assert.Equal(whole.Changes.Where(c => c.Episode > report.After).Select(c => c.Episode), report.Changes.Select(c => c.Episode));
        });
        Assert.True(reports.All.Select(r => r.After).Distinct().Count() > 2, "The run was replayed in parts.");
    }

    [Fact]
    public async Task Last_changes_are_exact_in_every_report()
    {
        var run = await folder.ChangedRunAsync(Lake);
        var reports = new Reports<PolicyChanges>();

        var whole = run.PolicyChanges(reports, Cancel);

        Assert.All(reports.All, report =>
            Assert.Equal(whole.LastChange.Select(k => k > report.After ? k : 0), report.LastChange));
        Assert.True(reports.All.Count > 1, "The run was replayed in parts.");
    }

    [Fact]
    public async Task Past_moment_has_the_history_up_to_it()
    {
        var run = await folder.ChangedRunAsync(Lake);
        var whole = run.HistoryOf(Before, cancellationToken: Cancel);

        var past = run.Past(1000, Cancel).HistoryOf(Before, cancellationToken: Cancel);

        Assert.Equal(1000, past.Episodes);
        Assert.Equal(whole.Changes.Select(c => c.Episode).Where(k => k <= 1000), past.Changes.Select(c => c.Episode));
    }

    [Fact]
    public async Task More_changes_than_a_history_lists_are_counted()
    {
        // At a learning rate of 1, the best of four noisy values changes all the time.
        var specification = new RunSpecification(Worlds.FrozenLake4x4(), new QLearning { LearningRate = 1, Epsilon = 0.2 }, Seed: 1,
            Episodes: 60_000);
        var run = Run.Start(specification, RunOptions.InMemory);
        await run;
        var straight = new Reference(specification, []);
        var changes = new List<long>();
        for (long k = 1; k <= 60_000; k++)
        {
            int[] before = Greedy(straight.Q, Before);
            if (!before.SequenceEqual(Greedy(straight.ToEpisode(k).Q, Before)))
                changes.Add(k);
        }

        var history = run.HistoryOf(Before, cancellationToken: Cancel);

        Assert.InRange(changes.Count, StateHistory.MostChanges + 1, int.MaxValue);
        Assert.Equal(changes.Count, history.ChangeCount);
        Assert.Equal(changes.TakeLast(StateHistory.MostChanges), history.Changes.Select(c => c.Episode));
    }

    [Fact]
    public void Run_without_episodes_has_its_first_values_and_no_changes()
    {
        var run = Run.Start(Lake, RunOptions.InMemory with { StartPaused = true });

        var history = run.HistoryOf(Before, cancellationToken: Cancel);

        Assert.Equal([0.0, 0, 0, 0], Assert.Single(history.Points).Q);
        Assert.Equal((0, 0), (history.After, history.ChangeCount));
        Assert.Equal(new long[16], run.PolicyChanges(cancellationToken: Cancel).LastChange);
        run.Stop();
    }

    [Fact]
    public async Task Bad_arguments_are_named_all_at_once()
    {
        var run = Run.Start(Lake with { Episodes = 1 }, RunOptions.InMemory);
        await run;

        var refusal = Assert.Throws<InputException>(() => run.HistoryOf(16, points: 1, cancellationToken: Cancel));

        Assert.Equal(["state must be between 0 and 15 (got 16).", "points must be between 2 and 10000 (got 1)."], refusal.Errors);
    }

    [Fact]
    public async Task Canceled_history_ends_within_an_episode_of_any_length()
    {
        var run = Run.Start(new(Worlds.Empty(300, 300), new QLearning { Epsilon = 1 }, Seed: 1, Episodes: 40, MaxSteps: 10_000_000),
            RunOptions.InMemory with { StepBudget = 60_000_000 });
        await run;
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() =>
            run.HistoryOf(0, progress: new Reports<StateHistory>(_ => stop.Cancel()), cancellationToken: stop.Token));
    }

    public void Dispose() => folder.Dispose();

    static RunSpecification Lake => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 21, Episodes: 3000);

    async Task<Run> StoredRunAsync(RunSpecification specification)
    {
        var run = Run.Start(specification, folder.Options);
        await run;
        return run;
    }

    /// <summary>The Q-table after each episode, from 0.</summary>
    static List<double[]> Straight(RunView run)
    {
        var straight = new Reference(run.Specification with { Episodes = run.Status().Episodes }, run.EventLog);
        var tables = new List<double[]> { straight.Q };
        while (straight.Episode < run.Status().Episodes)
            tables.Add(straight.ToEpisode(straight.Episode + 1).Q);
        return tables;
    }

    static int[] Greedy(double[] q, int state)
    {
        double[] row = q[(state * 4)..(state * 4 + 4)];
        return [.. Enumerable.Range(0, 4).Where(a => row[a] == row.Max())];
    }

    /// <summary>Reports at once, on the calling thread.</summary>
    sealed class Reports<T>(Action<T>? also = null) : IProgress<T>
    {
        public List<T> All { get; } = [];

        public void Report(T value)
        {
            All.Add(value);
            also?.Invoke(value);
        }
    }
}
