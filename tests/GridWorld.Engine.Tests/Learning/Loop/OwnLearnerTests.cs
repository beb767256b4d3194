namespace GridWorld.Tests;

/// <summary>The learner and the process of docs/your-own-learner.md.</summary>
public class OwnLearnerTests
{
    [Fact]
    public void Own_learner_comes_to_act_optimally_and_goes_on_bit_for_bit()
    {
        var options = new QVLearning { LearningRate = 0.2, DiscountFactor = 0.9, Epsilon = Schedule.Linear(1, 0, 2000) };
        var (straight, resumed) = (ContractWorlds.Course(ContractWorlds.All["plain"], options, 1), ContractWorlds.Course(ContractWorlds.All["plain"], options, 1));
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

        Assert.Equal(50, run.Episode);
    }

    [Theory]
    [InlineData("qv-learning")]
    [InlineData("q-learning")] // a catalog's name on another learner would come back as that one
    public void Own_learner_is_not_written_to_a_file_that_could_not_be_read(string name) =>
        Assert.Equal($"The learner {name} is not the catalog's, so that a stored run could not be resumed. Keep the run in memory: options: RunOptions.InMemory.",
            Assert.Throws<InputException>(() => Worlds.CliffWalking().Train(new QVLearning { Called = name }, options: new() { Store = Path.Combine(Path.GetTempPath(), "never-made") })).Message);

    [Fact]
    public void Own_option_is_checked_where_the_learner_is_made() => Assert.Equal("Value rate must be above 0 and at most 1 (got 2).",
        Assert.Throws<InputException>(() => Worlds.CliffWalking().Train(new QVLearning { ValueRate = 2 }, options: RunOptions.InMemory)).Message);

    // The gambler's chances are exact: bold play from half the goal wins with probability 0.4, from a quarter 0.16, from an eighth 0.064.
    [Fact]
    public void Own_process_is_learned_to_its_exact_values()
    {
        var loop = LoopBuilder.Build(new Gambler(8, 0.4), new QLearning { DiscountFactor = 1, LearningRate = Schedule.Power(1, 0.8), Epsilon = 0.3 }, 1, terminalStates: [0, 8]);

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

    sealed record QVLearning : LearnerOptions
    {
        public override string Name => Called;

        public string Called { get; init; } = "qv-learning";

        public double ValueRate { get; init; } = 0.1;

        public override TrainingLoop Build(LoopBuilder loop)
        {
            if (!(ValueRate > 0 && ValueRate <= 1))
                throw new InputException($"Value rate must be above 0 and at most 1 (got {ValueRate}).");
            return loop.For(new QVLearner(loop.NewTable(InitialValue), new double[loop.States], ValueRate));
        }
    }

    struct QVLearner(QTable q, double[] v, double valueRate) : ILearner
    {
        double learningRate;

        public static bool ChangesOneEntry => true;

        public readonly QTable Values => q;

        public void Apply(in Hyperparameters hyperparameters) => learningRate = hyperparameters.LearningRate;

        public readonly double Learn<TBehavior>(in Transition transition, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
            double target = transition.Reward + transition.Discount * v[transition.NextState];
            v[transition.State] += valueRate * (target - v[transition.State]);
            return transition.Value + learningRate * (target - transition.Value);
        }

        public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
        }

        public readonly void Save(StateWriter state)
        {
            state.Write<double>("q", q.Values);
            state.Write<double>("v", v);
        }

        public readonly void Load(StateReader state)
        {
            state.Read("q", q.Values);
            state.Read("v", v.AsSpan());
        }
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
