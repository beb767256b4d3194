namespace GridWorld.Tests;

/// <summary>A planner's run: the passes of the planner, and everything that a run can do.</summary>
public sealed class PlannerRunTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static readonly IReadOnlyDictionary<string, PlannerOptions> Planners = new Dictionary<string, PlannerOptions>
    {
        ["synchronous"] = new ValueIterationPlanner(),
        ["in place"] = new ValueIterationPlanner { Order = ValueIterationOrder.InPlace },
        ["backward"] = new ValueIterationPlanner { Order = ValueIterationOrder.Backward },
        ["prioritized"] = new ValueIterationPlanner { Order = ValueIterationOrder.Prioritized },
        ["exact policies"] = new PolicyIterationPlanner(),
        ["modified policies"] = new PolicyIterationPlanner { EvaluationPasses = 3 },
        ["evaluation"] = new PolicyEvaluationPlanner(),
        ["evaluation in place"] = new PolicyEvaluationPlanner { Order = ValueIterationOrder.InPlace },
        ["prioritized evaluation"] = new PolicyEvaluationPlanner { Order = ValueIterationOrder.Prioritized },
    };

    public static TheoryData<string> Names => [.. Planners.Keys];

    public static IEnumerable<TheoryDataRow<string, string>> InAllWorlds() =>
        from planner in Planners.Keys from kind in ContractWorlds.All.Keys select new TheoryDataRow<string, string>(planner, kind);

    static IEnumerable<PlanningPass> Passes(Mdp mdp, PlannerOptions planner, double discount) => planner switch
    {
        ValueIterationPlanner v => Planner.Passes(mdp, discount, v.Order),
        PolicyIterationPlanner { EvaluationPasses: var count } => Planner.Improvements(mdp, discount, count == 0 ? null : count),
        _ => Planner.Passes(mdp, StationaryPolicy.Uniform(mdp), discount, ((PolicyEvaluationPlanner)planner).Order),
    };

    [Theory, MemberData(nameof(Names))]
    public async Task Every_pass_has_the_bits_of_the_planner_and_the_run_ends_with_it(string name)
    {
        if (name == "prioritized evaluation")
            return; // The planner itself has no such passes; Evaluation_of_a_policy_reaches_its_exact_values has them.
        foreach (var world in (World[])[Worlds.FrozenLake4x4(), Worlds.BookGrid(), Worlds.SuttonBarto35()])
        {
            var planned = Passes(world.Compile(), Planners[name], 0.9).ToList();

            var run = world.Train(Planners[name] with { DiscountFactor = 0.9 }, episodes: 10_000, options: RunOptions.InMemory);
            await run;

            Assert.Equal(RunState.Completed, run.State);
            Assert.Equal(planned.Count, run.Episodes);
            Assert.Equal(planned[^1].Backups, run.Status().Steps);
            long before = 0;
            foreach (var (pass, row) in planned.Zip(run.EpisodeRecords()))
            {
                Assert.Equal(new EpisodeRecord(pass.Number, pass.StartValue, (int)(pass.Backups - before), true, false, 0, 1, null, null,
                    pass.Change, pass.PolicyChanges), row);
                before = pass.Backups;
            }

            foreach (var pass in planned.Where((_, k) => k % 17 == 0 || k == planned.Count - 1))
            {
                var agent = run.AgentAt(pass.Number, Loops.Token);
                Assert.Equal(pass.Values, agent.Planned!.Values);
                Assert.All(Enumerable.Range(0, world.States).Where(s => !world.Compile().IsTerminal(s)), s =>
                    Assert.Contains(Greedy.Of(agent.Q.AsSpan(s * 4, 4)).First, pass.BestActions(s)));
            }
        }
    }

    [Theory]
    [InlineData("book-grid", "   +| # -|S   ", 0.9)]
    [InlineData("maze-grid", "   +|## #| #  | ## |S   ", 0.9)]
    public async Task Values_after_k_passes_are_those_of_the_course(string name, string layout, double discount)
    {
        var course = new BerkeleyGrid(layout);

        var run = Worlds.Get(name).Train(new ValueIterationPlanner { DiscountFactor = discount }, episodes: 12, options: folder.Options);
        await run;

        var stored = Run.Open(run.Id, folder.Path);
        for (int k = 0; k <= 12; k++)
        {
            var (values, shown) = (course.ValuesAfter(k, 0.2, discount), stored.AgentAt(k, Loops.Token).Planned!.Values);
            Assert.All(course.States, s => Assert.Equal(values[s], shown[s], 1e-12));
        }
    }

    [Theory]
    [InlineData("evaluation")]
    [InlineData("evaluation in place")]
    [InlineData("prioritized evaluation")]
    public async Task Evaluation_of_a_policy_reaches_its_exact_values(string name)
    {
        var mdp = Worlds.FrozenLake4x4().Compile();
        double[] q = [.. Enumerable.Range(0, 64).Select(i => (double)(i * 7 % 5))];
        double Soft(int state, int action)
        {
            double best = Enumerable.Range(0, 4).Max(a => q[4 * state + a]);
            int ties = Enumerable.Range(0, 4).Count(a => q[4 * state + a] == best);
            return 0.3 / 4 + (q[4 * state + action] == best ? 0.7 / ties : 0);
        }

        var run = Run.Start(new(Worlds.FrozenLake4x4(), Planners[name] with { Epsilon = 0.3, DiscountFactor = 0.9 }, Episodes: 5000)
            { InitialQ = new(q) }, RunOptions.InMemory);
        await run;

        var exact = SmallSolver.Values(mdp, Soft, 0.9);
        Assert.All(Enumerable.Range(0, 16), s => Assert.Equal(exact[s], run.Agent().Planned!.Values[s], 1e-9));
        Assert.InRange(run.Episodes, 5, 400);
    }

    /// <summary>Sutton and Barto, 2nd ed., figure 4.1, which prints one decimal.</summary>
    [Fact]
    public async Task Random_policy_is_evaluated_as_in_figure_4_1()
    {
        var run = Worlds.SuttonBarto41().Train(new PolicyEvaluationPlanner { DiscountFactor = 1 }, episodes: 10,
            options: RunOptions.InMemory);
        await run;

        double[] tenth = [0, -6.1, -8.4, -9, -6.1, -7.7, -8.4, -8.4];
        Assert.All(Enumerable.Range(0, 8), s => Assert.Equal(tenth[s], run.Agent().Planned!.Values[s], 0.0501));
        Assert.Equal(140, run.Status().Steps);
    }

    [Theory, MemberData(nameof(InAllWorlds))]
    public void However_the_passes_are_sliced_and_resumed_not_a_bit_changes(string name, string kind)
    {
        var options = Planners[name] with { DiscountFactor = Schedule.Piecewise([new(0, 0.5), new(4, 0.8)]) };
        var (straight, sliced, resumed) = (New(), New(), New());
        var (rows, slices) = (new EpisodeBuffer(30), 0);

        var whole = straight.Run(30);
        var middle = New();
        middle.Run(7);
        while (!rows.IsFull)
            sliced.Advance(1 + slices++ % 5, 2, rows);
        resumed.Load(middle.Checkpoint(0), []);
        resumed.Run(23);

        ContractWorlds.Same(straight, sliced);
        ContractWorlds.Same(straight, resumed);
        Assert.Equal(whole.Returns.AsSpan(0, 30), rows.Returns.AsSpan(0, 30));
        Assert.Equal(whole.Lengths.AsSpan(0, 30), rows.Lengths.AsSpan(0, 30));

        RunLoop New() => ContractWorlds.RunLoop(ContractWorlds.All[kind], options, 1);
    }

    // A pass updates at most seven states: the world changes before the checkpoint.
    [Theory, MemberData(nameof(Names))]
    public void Passes_resumed_after_a_change_of_the_world_are_those_of_the_changed_world(string name)
    {
        var world = new World(["S.G", ".#.", "..."], new() { Changes = [new(12, "S#G\n...\n...")] });
        RunLoop straight = New(), middle = New(), resumed = New();

        straight.Run(12);
        middle.Run(5);
        resumed.Load(middle.Checkpoint(0), []);
        resumed.Run(7);

        ContractWorlds.Same(straight, resumed);

        RunLoop New() => ContractWorlds.RunLoop(world, Planners[name], 1);
    }

    [Fact]
    public async Task Run_that_was_cut_off_goes_on_as_the_straight_run()
    {
        var specification = new RunSpecification(Worlds.FrozenLake8x8(), Planners["prioritized"], Episodes: 60);
        var run = Run.Start(specification, folder.Options with { StartPaused = true, CheckpointEvery = 4 });
        run.Advance(9);
        Wait.Until(() => run.Episodes == 9 && run.State == RunState.Paused, "The run did not pause after 9 passes.");
        run.Set(discountFactor: 0.9);
        string crashed = Path.Combine(folder.Path, "crashed");
        Directory.CreateDirectory(crashed);
        foreach (string file in Directory.GetFiles(folder.Path, run.Id + "*"))
            File.Copy(file, Path.Combine(crashed, Path.GetFileName(file)));

        var again = Run.Resume(run.Id, crashed, options: new() { Pace = null });
        again.Resume();
        await again;
        run.Resume();
        await run;

        Assert.Equal(60, again.Episodes);
        foreach (var (view, path) in new[] { (run, folder.Path), (again, crashed) })
            new Straight(specification, view.EventLog, 60).AssertSame(Run.Open(view.Id, path), RunFiles.PathOf(path, view.Id));
    }

    [Fact]
    public async Task Fork_plans_on_with_another_discount_from_the_values_so_far()
    {
        var run = Worlds.BookGrid().Train(new ValueIterationPlanner { DiscountFactor = 0.9 }, episodes: 1000, options: RunOptions.InMemory);
        await run;

        var fork = run.Fork(at: 5, discountFactor: 0.5, episodes: 500);
        await fork;

        Assert.Equal(run.AgentAt(5, Loops.Token).Planned!.Values, fork.AgentAt(5, Loops.Token).Planned!.Values);
        var values = new BerkeleyGrid("   +| # -|S   ").ValuesAfter(200, 0.2, 0.5);
        Assert.All(Enumerable.Range(0, 12).Where(s => s != 5), s => Assert.Equal(values[s], fork.Agent().Planned!.Values[s], 1e-11));
        Assert.InRange(fork.Episodes, 10, 200);
    }

    [Fact]
    public async Task A_pass_is_replayed_update_by_update()
    {
        var run = Worlds.FrozenLake4x4().Train(new ValueIterationPlanner { Order = ValueIterationOrder.InPlace, DiscountFactor = 0.9 },
            episodes: 8, options: RunOptions.InMemory);
        await run;

        var steps = run.ReplayEpisode(7, Loops.Token);

        Assert.Equal([0, 1, 2, 3, 4, 6, 8, 9, 10, 13, 14], steps.Select(s => s.State));
        Assert.All(steps, s => Assert.Equal(s.Q.Max(), s.NewValue));
        Assert.All(steps, s => Assert.Equal(s.Q[s.Action], s.NewValue));
        Assert.All(steps, s => Assert.Equal(s.NewValue, run.AgentAt(7, Loops.Token).Planned!.Values[s.State]));
        Assert.All(run.AgentAt(8, Loops.Token).Visits.Chunk(4).Index(), row =>
            Assert.Equal(steps.Any(s => s.State == row.Index) ? 8 : 0, row.Item.Sum()));
    }

    [Fact]
    public async Task Threshold_ends_the_run_as_in_the_book()
    {
        var run = Worlds.FrozenLake4x4().Train(new ValueIterationPlanner { DiscountFactor = 0.9, Threshold = 1e-3 }, episodes: 1000,
            options: RunOptions.InMemory);
        await run;

        var residuals = run.EpisodeRecords().Select(r => r.Residual!.Value).ToList();
        Assert.True(residuals[^1] < 1e-3);
        Assert.All(residuals.SkipLast(1), residual => Assert.True(residual >= 1e-3));
    }

    [Fact]
    public async Task Errors_of_the_states_are_their_next_changes()
    {
        var run = Worlds.FrozenLake4x4().Train(new ValueIterationPlanner { DiscountFactor = 0.9 }, episodes: 6,
            options: RunOptions.InMemory);
        await run;

        var (fifth, sixth) = (run.AgentAt(5, Loops.Token).Planned!, run.AgentAt(6, Loops.Token).Planned!);
        Assert.Equal(fifth.Errors, fifth.Values.Zip(sixth.Values, (before, after) => Math.Abs(after - before)));
        Assert.Equal(fifth.Errors.Max(), run.EpisodeRecords().ElementAt(5).Residual);
    }

    [Fact]
    public void What_has_no_effect_is_neither_offered_nor_changed()
    {
        var run = Worlds.FrozenLake4x4().Train(new ValueIterationPlanner(), options: RunOptions.InMemory with { StartPaused = true });

        Assert.Equal(["discount_factor", "initial_value", "threshold", "order"], new ValueIterationPlanner().Settings.Select(s => s.Name));
        Assert.Equal("value-iteration has no hyperparameter 'epsilon'. Use one of discount_factor, threshold.",
            Assert.Throws<InputException>(() => run.Set(epsilon: 0.5)).Message);
        run.Stop();
    }

    [Fact]
    public void A_simulator_without_a_model_and_sticky_actions_are_refused_in_words()
    {
        Assert.Equal("value-iteration is a planner: it computes from the probabilities and rewards of a world, which a simulator of your "
            + "own does not have. Use a learner, or make a World or an Mdp.",
            Assert.Throws<InputException>(() => LoopBuilder.Build(new Nowhere(), new ValueIterationPlanner())).Message);
        Assert.Equal("policy-iteration requires a world without sticky actions (sticky is 0.5). Use value-iteration.",
            Assert.Throws<InputException>(() =>
                new World(["S.G"], new() { Sticky = 0.5 }).Train(new PolicyIterationPlanner(), options: RunOptions.InMemory)).Message);
    }

    [Fact]
    public async Task With_sticky_actions_values_are_those_of_the_exact_plan()
    {
        var world = new World(["S...G"], new() { Sticky = 0.25 });
        var run = world.Train(new ValueIterationPlanner { DiscountFactor = 0.9 }, episodes: 2000, options: RunOptions.InMemory);
        await run;

        var plan = Planner.Solve(world.Compile(), 0.9, Loops.Token);
        Assert.All(Enumerable.Range(0, 5), s => Assert.Equal(plan.Values[s], run.Agent().Planned!.Values[s], 1e-9));
    }

    [Fact]
    public async Task Planner_and_learner_compare_by_the_steps_to_the_optimum()
    {
        var planner = Worlds.FrozenLake4x4().Train(new ValueIterationPlanner(), episodes: 60, options: RunOptions.InMemory);
        var learner = Worlds.FrozenLake4x4().Train(new QLearning(), episodes: 3000, seed: 3, options: RunOptions.InMemory);
        await planner;
        await learner;

        foreach (var run in (RunView[])[planner, learner])
        {
            var distances = run.DistancesToOptimum(points: 12).ToList();
            Assert.InRange(distances.Count, 8, 12);
            Assert.Equal((0, 0), (distances[0].Episode, distances[0].Step));
            Assert.Equal((run.Status().Episodes, run.Status().Steps), (distances[^1].Episode, distances[^1].Step));
            var plan = Planner.Solve(run.World.Compile(), 0.99, Loops.Token);
            Assert.All(distances, d => Assert.Equal(
                DistanceToOptimum.Of(plan, run.AgentAt(d.Episode!.Value, Loops.Token).Q.AsSpan(), Loops.Token),
                d with { Episode = null, Step = null }));
        }

        Assert.Equal(1, planner.DistancesToOptimum().Last().OptimalActionShare);
    }

    readonly struct Nowhere : ISimulator
    {
        public int States => 2;

        public int Actions => 2;

        public int Start(ref Rng random) => 0;

        public TimeStep Step(int state, int action, ref int lastAction, ref Rng random) => TimeStep.Terminated(1, 0);
    }
}
