namespace GridWorld.Tests;

/// <summary>Cliff walking: Sutton and Barto, 2nd ed., example 6.6, and van Seijen et al., 2009 (their figure is 6.3 in the book). ε 0.1, γ 1.</summary>
public class CliffTests
{
    static readonly Mdp Cliff = Worlds.CliffWalking().Compile();

    static double[] Returns(string learner, double learningRate, int episodes, ulong seed) =>
        Loops.Of(Cliff, LearnerCatalog.Create(learner) with { LearningRate = learningRate, DiscountFactor = 1 }, seed).Run(episodes).Returns;

    // The wrong algorithm is the one of the other two whose number is nearest.
    [Theory]
    [InlineData("sarsa", -1771, 407, -71.468, 0.094, 6.67, -80.431, -26.805, 0.089, 6.30, -20.8)]
    [InlineData("q-learning", -1708, 391, -80.431, 0.101, 7.11, -71.468, -50.034, 0.100, 7.08, -26.805)]
    [InlineData("expected-sarsa", -1568, 359, -57.532, 0.047, 3.32, -71.468, -20.800, 0.029, 2.02, -26.805)]
    public void Learning_curves_are_those_of_the_example(string learner, double first, double firstSpread, double early, double earlyError, double earlySpread, double earlyWrong,
        double late, double lateError, double lateSpread, double lateWrong)
    {
        var sample = Sample.Of(600, seed =>
        {
            var returns = Returns(learner, 0.5, 500, seed);
            return [returns[0], returns[..100].Average(), returns[400..].Average()];
        });

        sample.Near(0, first, firstSpread / Math.Sqrt(5000), firstSpread);
        sample.Near(1, early, earlyError, earlySpread, earlyWrong);
        sample.Near(2, late, lateError, lateSpread, lateWrong);
    }

    [Theory]
    [InlineData("sarsa", 0.1, -139.37, -134.93)]
    [InlineData("sarsa", 0.5, -71.20, -57.55)]
    [InlineData("sarsa", 1, -72.36, -45.81)]
    [InlineData("q-learning", 0.1, -150.08, -139.37)]
    [InlineData("q-learning", 0.5, -80.68, -71.20)]
    [InlineData("q-learning", 1, -74.82, -45.81)]
    [InlineData("expected-sarsa", 0.1, -134.93, -139.37)]
    [InlineData("expected-sarsa", 0.5, -57.55, -71.20)]
    [InlineData("expected-sarsa", 1, -45.81, -72.36)]
    public void Interim_performance_is_the_published(string learner, double learningRate, double expected, double wrong) =>
        Sample.Of(400, seed => [Returns(learner, learningRate, 100, seed).Average()]).Near(0, expected, 0.14, wrong: wrong);

    // Ours: episodes 2,001 to 22,000 of 8 runs; theirs: 4 runs of 100,000, whose error is taken as that of as many of ours.
    [Theory]
    [InlineData("sarsa", 0.2, -22.59, -20.77)]
    [InlineData("sarsa", 0.5, -26.84, -20.71)]
    [InlineData("sarsa", 0.8, -52.10, -20.74)]
    [InlineData("q-learning", 0.5, -50.80, -26.84)]
    [InlineData("q-learning", 1, -50.94, -20.79)]
    [InlineData("expected-sarsa", 0.5, -20.71, -26.84)]
    [InlineData("expected-sarsa", 1, -20.79, -26.84)]
    public void Asymptotic_performance_is_the_published(string learner, double learningRate, double expected, double wrong)
    {
        var sample = Sample.Of(8, seed => [Returns(learner, learningRate, 22_000, seed)[2000..].Average()]);

        sample.Near(0, expected, sample.Spread(0) / Math.Sqrt(20), wrong: wrong);
    }

    [Fact]
    public void Sarsa_falls_apart_at_learning_rate_one() => Assert.True(Sample.Of(8, seed => [Returns("sarsa", 1, 2000, seed)[1000..].Average()]).Mean(0) < -150);

    [Fact]
    public void Expected_sarsa_is_best_early_at_learning_rate_one()
    {
        var means = new[] { 0.2, 0.4, 0.6, 0.8, 0.9, 1.0 }.Select(a => Sample.Of(200, seed => [Returns("expected-sarsa", a, 100, seed).Average()]).Mean(0)).ToArray();

        Assert.Equal(means.Order(), means);
    }

    // The exact limits: ε-greedy play of q* for Q-learning, the best ε-soft policy for Expected SARSA.
    [Theory]
    [InlineData("q-learning", 0.1, -50.8000476667694)]
    [InlineData("q-learning", 0.05, -29.8927129971608)]
    [InlineData("expected-sarsa", 0.1, -20.7076773986692)]
    [InlineData("expected-sarsa", 0.05, -17.5192318559022)]
    public void Long_run_return_is_the_exact_limit(string learner, double epsilon, double limit)
    {
        var sample = Sample.Of(24, seed => [Loops.Of(Cliff, LearnerCatalog.Create(learner) with { LearningRate = 0.25, DiscountFactor = 1, Epsilon = epsilon }, seed).Run(12_000).Returns[4_000..].Average()]);

        sample.Near(0, limit, 0, wrong: learner == "q-learning" ? -20.7 : -26.8);
    }

    [Fact]
    public void Q_learning_walks_the_edge_and_sarsa_the_safe_path()
    {
        var edge = Loops.Of(Cliff, new QLearning { LearningRate = 0.5, DiscountFactor = 1 });
        var safe = Loops.Of(Cliff, new Sarsa { LearningRate = Schedule.Power(0.5, 0.6, ScheduleUnit.Episodes), DiscountFactor = 1 });

        edge.Run(5000);
        safe.Run(20_000);

        Assert.Equal(-13, GreedyReturn(edge));
        Assert.InRange(GreedyReturn(safe), -17, -15); // row 1 or the top row
    }

    static double GreedyReturn(TrainingLoop loop)
    {
        double sum = 0;
        for (int s = 36, steps = 0; s != 47 && steps < 100; steps++)
        {
            int a = Greedy.Of(loop.Values.Row(s)).First;
            sum += Cliff.Reward(s, a);
            s = Cliff.Next(s, a);
        }

        return sum;
    }
}
