namespace GridWorld.Tests;

/// <summary>The learner and the process of docs/your-own-learner.md.</summary>
public class OwnLearnerTests
{
    [Fact]
    public void Own_learner_comes_to_act_optimally_and_goes_on_bit_for_bit()
    {
        var options = new QVLearning { LearningRate = 0.2, DiscountFactor = 0.9, Epsilon = Schedule.Linear(1, 0, 2000) };
        var (straight, resumed) = (ContractWorlds.RunLoop(ContractWorlds.All["plain"], options, 1),
            ContractWorlds.RunLoop(ContractWorlds.All["plain"], options, 1));
        straight.Run(1000);
        resumed.Load(straight.Checkpoint(0), []);

        straight.Run(1500);
        resumed.Run(1500);

        ContractWorlds.Same(straight, resumed);
        Assert.Empty(ContractWorlds.Suboptimal(straight.Loop.Values, Planner.Solve(straight.Mdp, 0.9, Loops.Token)));
    }

    [Fact]
    public async Task Own_learner_trains_in_a_run_that_is_kept_in_memory()
    {
        var run = Worlds.CliffWalking().Train(new QVLearning(), episodes: 50, options: RunOptions.InMemory);
        await run.Completion;

        Assert.Equal(50, run.Episodes);
    }

    [Theory]
    [InlineData("qv-not-registered")]
    [InlineData("q-learning")] // a catalog's name on another learner would come back as that one
    public void Own_learner_is_not_written_to_a_file_that_could_not_be_resumed(string name) =>
        Assert.Equal($"The learner {name} is not registered, so a stored run could not be resumed. "
            + "Register it with LearnerCatalog.Register, or keep the run in memory with options: RunOptions.InMemory.",
            Assert.Throws<InputException>(() => Worlds.CliffWalking().Train(
                new QVLearning { Called = name }, options: new() { Store = Path.Combine(Path.GetTempPath(), "never-made") })).Message);

    [Fact]
    public void Own_settings_are_checked_with_all_others() => Assert.Equal(
        ["Epsilon must be between 0 and 1 (got 2).", "Value rate must be between 0.001 and 1.0 (got 2).",
        "Bonus must be between -1 and 1 (got 3)."],
        Assert.Throws<InputException>(() => Worlds.CliffWalking().Train(new QVLearning { Epsilon = 2, ValueRate = 2, Bonus = 3 },
            options: RunOptions.InMemory)).Errors);

    [Theory]
    [InlineData("Rate", "snake_case")]
    [InlineData("name", "not be 'name'")]
    [InlineData("", "snake_case")]
    public void Setting_needs_a_name_that_files_and_pages_can_bear(string name, string words) => Assert.Contains(words,
        Assert.Throws<InputException>(() => LearnerSetting.Schedule(name, "", 0, 1, (QVLearning o) => o.ValueRate, (o, _) => o)).Message);

    [Fact]
    public void Name_is_declared_once() => Assert.Equal("faulty declares more than one setting epsilon. Use a different name for each.",
        Assert.Throws<InputException>(new Faulty("epsilon").Check).Message);

    [Fact]
    public void Learner_has_room_for_sixteen_hyperparameters()
    {
        new Faulty([.. Enumerable.Range(0, 11).Select(i => $"own{i}")]).Check();

        Assert.Equal("faulty can have at most 16 schedules, including those of all learners (got 17).",
            Assert.Throws<InputException>(new Faulty([.. Enumerable.Range(0, 12).Select(i => $"own{i}")]).Check).Message);
    }

    // The gambler's chances are exact: bold play from half the goal wins with probability 0.4, from a quarter 0.16, from an eighth 0.064.
    [Fact]
    public void Own_process_is_learned_to_its_exact_values()
    {
        var loop = LoopBuilder.Build(new Gambler(8, 0.4),
            new QLearning { DiscountFactor = 1, LearningRate = Schedule.Power(1, 0.8), Epsilon = 0.3 }, 1, terminalStates: [0, 8]);

        loop.Train(300_000);

        foreach (var (state, chance) in new[] { (4, 0.4), (2, 0.16), (1, 0.064), (6, 0.64) })
            Assert.Equal(chance, loop.Values.Row(state).ToArray().Max(), 0.02);
    }

    [Fact]
    public void Own_learner_keeps_truth_values_in_its_state()
    {
        var state = new StateWriter();
        state.Write<bool>("seen", [true, false, true]);
        state.Write("done", true);

        var reader = new StateReader(state.Sections);

        Assert.Equal([true, false, true], reader.Read<bool>("seen"));
        Assert.True(reader.ReadOne<bool>("done"));
    }

    [Fact]
    public void Every_episode_is_ended_even_if_the_next_one_follows_inside_the_loop()
    {
        var ended = new List<int>();
        var loop = Loops.Of(Worlds.CliffWalking(), new Ending(ended));

        loop.Run(20);

        Assert.Equal(20, ended.Count);
    }

    sealed record Ending(List<int> Ended) : LearnerOptions
    {
        public override string Name => "ending";

        public override TrainingLoop Build(LoopBuilder loop) => loop.For(new EndingLearner(loop.NewTable(0), Ended));
    }

    readonly struct EndingLearner(QTable table, List<int> ended) : ILearner
    {
        public static bool ChangesOneEntry => true;

        public QTable Values => table;

        public void Apply(in Hyperparameters hyperparameters)
        {
        }

        public double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior =>
            t.Value + 0.5 * (t.Reward + t.Discount * t.Next.Value - t.Value);

        public void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior => ended.Add(1);

        public void Save(StateWriter state) => state.Write<double>("q", table.Values);

        public void Load(StateReader state) => state.Read("q", table.Values);
    }

    sealed record Faulty(params string[] Names) : LearnerOptions
    {
        public override string Name => "faulty";

        protected override IEnumerable<LearnerSetting> OwnSettings =>
            Names.Select(name => LearnerSetting.Schedule(name, "", 0, 1, (Faulty o) => o.Epsilon, (o, s) => o with { Epsilon = s }));

        public override TrainingLoop Build(LoopBuilder loop) => throw new NotSupportedException();
    }

    readonly record struct Gambler(int Goal, double Heads) : ISimulator
    {
        public int States => Goal + 1;

        public int Actions => Goal / 2;

        public int Start(ref Rng world) => 1 + world.Below(Goal - 1);

        public TimeStep Step(int state, int action, ref int lastAction, ref Rng world)
        {
            int stake = Math.Min(action + 1, Math.Min(state, Goal - state));
            int next = world.NextDouble() < Heads ? state + stake : state - stake;
            return next == Goal ? TimeStep.Terminated(next, 1) : next == 0 ? TimeStep.Terminated(next, 0) : TimeStep.Mid(next, 0);
        }
    }
}
