namespace GridWorld.Tests;

/// <summary>
/// Maximization bias: Sutton and Barto, 2nd ed., example 6.7, figure 6.5. Ten actions in B, each worth N(−0.1, 1); α 0.1, ε 0.1, γ 1.
/// </summary>
public class MaximizationBiasTests
{
    const double Runs = 20_000; // of the reference

    // Shares of episodes that start to the left: 1, 5, 10, 20, 50, 100, 200, 300, and the mean of 201–300. Wrong: the other's.
    [Theory]
    [InlineData(false, new[] { 0.503, 0.680, 0.867, 0.936, 0.824, 0.458, 0.149, 0.124 }, 0.1322, 0.0733)]
    [InlineData(true, new[] { 0.504, 0.503, 0.454, 0.293, 0.142, 0.093, 0.074, 0.070 }, 0.0733, 0.1322)]
    public void Share_of_left_is_that_of_the_figure(bool isDouble, double[] expected, double late, double wrong)
    {
        int[] episodes = [1, 5, 10, 20, 50, 100, 200, 300];
        var sample = Sample.Of(5000, seed =>
        {
            var lengths = Train(isDouble, seed, 300, 0.1);
            return [.. episodes.Select(e => lengths[e - 1] == 2 ? 1.0 : 0), lengths[200..].Average(l => l - 1)];
        });

        for (int i = 0; i < episodes.Length; i++)
            sample.Near(i, expected[i], Math.Sqrt(expected[i] * (1 - expected[i]) / Runs) + 0.0003,
                Math.Sqrt(expected[i] * (1 - expected[i])));
        sample.Near(8, late, 0.001, wrong: wrong);
    }

    // With learning rates that fall, both forget the bias: left is then only explored, ε / 2 of the time.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_the_long_run_left_is_explored_only(bool isDouble)
    {
        var sample = Sample.Of(16, seed => [Train(isDouble, seed, 60_000, Schedule.Power(1, 0.8))[40_000..].Average(l => l - 1)]);

        Assert.InRange(sample.Mean(0), 0.049, isDouble ? 0.055 : 0.075);
    }

    static double[] Train(bool isDouble, ulong seed, int episodes, Schedule learningRate) =>
        LoopBuilder.Build(new TwoRooms(), new TwoWays(isDouble) { LearningRate = learningRate, DiscountFactor = 1 }, seed,
        terminalStates: [2]).Run(episodes).Lengths;

    /// <summary>A is state 0, B state 1, the end state 2.</summary>
    readonly struct TwoRooms : ISimulator
    {
        public int States => 3;

        public int Actions => 10;

        public int Start(ref Rng world) => 0;

        // In A half of the actions go left to B, the others right to the end; in B every action ends. Box and Muller, 1958.
        public TimeStep Step(int state, int action, ref int lastAction, ref Rng world) => state switch
        {
            0 when action < 5 => TimeStep.Mid(1, 0),
            0 => TimeStep.Terminated(2, 0),
            _ => TimeStep.Terminated(2,
                -0.1 + Math.Sqrt(-2 * Math.Log(1 - world.NextDouble())) * Math.Cos(2 * Math.PI * world.NextDouble())),
        };
    }

    sealed record TwoWays(bool IsDouble) : LearnerOptions
    {
        public override string Name => "two-ways";

        public override TrainingLoop Build(LoopBuilder loop)
        {
            QTable[] tables = [loop.NewTable(0), new(loop.States, 2 * loop.Actions)];
            return IsDouble
                ? loop.For(new Joined<DoubleQLearner<AnyActions>>(new(tables[0], tables[1]), tables))
                : loop.For(new Joined<QLearner>(new(tables[0]), tables));
        }
    }

    /// <summary>Tables have as many actions in A as in B: the five that go the same way share one value, and so are one action.</summary>
    struct Joined<TLearner>(TLearner learner, QTable[] tables) : ILearner where TLearner : struct, ILearner
    {
        TLearner learner = learner;

        public readonly QTable Values => tables[0];

        public void Apply(in Hyperparameters hyperparameters) => learner.Apply(hyperparameters);

        public double Learn<TBehavior>(in Transition transition, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
            double value = tables[0][transition.Pair] = learner.Learn(transition, ref behavior, ref model);
            if (transition.State == 0)
            {
                Join(tables[0].Row(0), transition.Action);
                Join(tables[1].Row(0)[..10], transition.Action);
                Join(tables[1].Row(0)[10..], transition.Action);
            }

            return value;

            static void Join(Span<double> row, int action) => row.Slice(action / 5 * 5, 5).Fill(row[action]);
        }

        public readonly void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
        }

        public readonly void Save(StateWriter state) => learner.Save(state);

        public void Load(StateReader state) => learner.Load(state);
    }
}
