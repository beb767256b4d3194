namespace GridWorld.Tests;

/// <summary>van Hasselt's 3×3 grid, NIPS 2010: −12 or +10 a step, +5 and the end in the goal; γ 0.95, ε = 1/√n(s), 10,000 steps.</summary>
public class DoubleGridTests
{
    // Mean reward of 10,000 steps and of the last 1,000, and max Q at the start; its true value is 0.3627. Wrong: the other learner.
    [Theory]
    [InlineData(false, 1.0, -0.982, 0.002, -0.986, 0.006, 14.8, 0.1, -4.92)]
    [InlineData(false, 0.8, -0.948, 0.003, -0.921, 0.008, 6.62, 0.07, -3.30)]
    [InlineData(true, 1.0, -0.327, 0.009, -0.172, 0.011, -4.92, 0.08, 14.8)]
    [InlineData(true, 0.8, 0.030, 0.003, 0.160, 0.006, -3.30, 0.07, 6.62)]
    public void Estimates_and_rewards_are_those_of_the_paper(bool isDouble, double power, double mean, double meanError, double late,
    double lateError, double value, double valueError, double wrong)
    {
        LearnerOptions options = isDouble ? new OwnCounts(power) : new QLearning { LearningRate = Schedule.Power(1, power) };
        var sample = Sample.Of(500, seed => Train(options, seed));

        sample.Near(0, mean, meanError);
        sample.Near(1, late, lateError);
        sample.Near(2, value, valueError, wrong: wrong);
    }

    // The library's learner counts visits of a pair, whichever table learns: rates half as large, the same claims.
    [Fact]
    public void Double_q_learning_underestimates_and_earns_more_than_q_learning()
    {
        var twice = Sample.Of(200, seed => Train(new DoubleQLearning { LearningRate = Schedule.Power(1, 0.8) }, seed));
        var once = Sample.Of(200, seed => Train(new QLearning { LearningRate = Schedule.Power(1, 0.8) }, seed));

        Assert.True(twice.Mean(2) < 0.3627 && once.Mean(2) > 0.3627);
        Assert.True(twice.Mean(1) > once.Mean(1) + 0.5, $"{twice.Mean(1)} against {once.Mean(1)}");
    }

    static double[] Train(LearnerOptions options, ulong seed)
    {
        var earned = new double[1];
        var loop = LoopBuilder.Build(new Grid(earned),
            options with { DiscountFactor = 0.95, Epsilon = Schedule.Power(1, 0.5, ScheduleUnit.StateVisits) }, seed);
        var buffer = new EpisodeBuffer(10_001);
        loop.Advance(9000, int.MaxValue, buffer);
        double before = earned[0];
        loop.Advance(1000, int.MaxValue, buffer);
        return [earned[0] / 10_000, (earned[0] - before) / 1000, loop.Values.Row(6).ToArray().Max()];
    }

    readonly struct Grid(double[] earned) : ISimulator
    {
        public int States => 9;

        public int Actions => 4;

        public int Start(ref Rng world) => 6;

        public TimeStep Step(int state, int action, ref int lastAction, ref Rng world)
        {
            double reward = state == 2 ? 5 : world.Next() >> 63 == 0 ? -12 : 10;
            earned[0] += reward;
            var (x, y) = action switch
            {
                0 => (state % 3, Math.Max(0, state / 3 - 1)),
                1 => (Math.Min(2, state % 3 + 1), state / 3),
                2 => (state % 3, Math.Min(2, state / 3 + 1)),
                _ => (Math.Max(0, state % 3 - 1), state / 3),
            };
            return state == 2 ? TimeStep.Terminated(2, reward) : TimeStep.Mid(y * 3 + x, reward);
        }
    }

    /// <summary>Double Q-learning as in the paper: each table counts its own updates.</summary>
    sealed record OwnCounts(double Power) : LearnerOptions
    {
        public override string Name => "own-counts";

        public override TrainingLoop Build(LoopBuilder loop) =>
            loop.For(new Learner(loop.NewTable(0), [loop.NewTable(0), loop.NewTable(0)],
            [new int[loop.States * loop.Actions], new int[loop.States * loop.Actions]], Power));
    }

    readonly struct Learner(QTable mean, QTable[] tables, int[][] counts, double power) : ILearner
    {
        public QTable Values => mean;

        public void Apply(in Hyperparameters hyperparameters)
        {
        }

        public double Learn<TBehavior>(in Transition t, ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
            int learns = (int)(model.Next() >> 63);
            var (own, other) = (tables[learns], tables[1 - learns]);
            double next = other.Row(t.NextState)[Greedy.Of(own.Row(t.NextState)).First];
            own[t.Pair] += (t.Reward + t.Discount * next - own[t.Pair]) / Math.Pow(++counts[learns][t.Pair], power);
            return (own[t.Pair] + other[t.Pair]) / 2;
        }

        public void EndEpisode<TBehavior>(ref TBehavior behavior, ref Rng model) where TBehavior : struct, IBehavior
        {
        }

        public void Save(StateWriter state)
        {
        }

        public void Load(StateReader state)
        {
        }
    }
}
