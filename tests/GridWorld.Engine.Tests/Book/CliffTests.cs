namespace GridWorld.Tests;

/// <summary>
/// Cliff walking: Sutton and Barto, 2nd ed., example 6.6, and van Seijen et al., 2009 (their figure is 6.3 in the book). ε 0.1, γ 1.
/// </summary>
public class CliffTests
{
    static readonly Mdp Cliff = Worlds.CliffWalking().Compile();

    static double[] Returns(string learner, double learningRate, int episodes, ulong seed) =>
        Loops.Of(Cliff, LearnerCatalog.Create(learner) with { LearningRate = learningRate, DiscountFactor = 1 }, seed)
        .Run(episodes).Returns;

    // The wrong algorithm is the one of the other two whose number is nearest.
    [Theory]
    [InlineData("sarsa", -1771, 407, -71.468, 0.094, 6.67, -80.431, -26.805, 0.089, 6.30, -20.8)]
    [InlineData("q-learning", -1708, 391, -80.431, 0.101, 7.11, -71.468, -50.034, 0.100, 7.08, -26.805)]
    [InlineData("expected-sarsa", -1568, 359, -57.532, 0.047, 3.32, -71.468, -20.800, 0.029, 2.02, -26.805)]
    public void Learning_curves_are_those_of_the_example(string learner, double first, double firstSpread, double early, double earlyError,
    double earlySpread, double earlyWrong,
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

    static readonly string[] Learners = ["sarsa", "q-learning", "expected-sarsa"];

    // Learning rate; interim (episodes 1 to 100) and asymptotic (100,000 episodes) of each learner; 0: it diverges.
    static readonly double[][] Published =
    [
        [0.1, -139.37, -22.03, -150.08, -50.84, -134.93, -20.85],
        [0.2, -99.52, -22.59, -108.94, -50.94, -92.59, -20.77],
        [0.3, -83.38, -23.40, -93.01, -50.80, -73.95, -20.72],
        [0.4, -75.48, -24.74, -85.06, -50.72, -63.65, -20.79],
        [0.5, -71.20, -26.84, -80.68, -50.80, -57.55, -20.71],
        [0.6, -69.46, -31.13, -77.56, -50.74, -53.57, -20.78],
        [0.7, -68.91, -38.58, -75.45, -50.81, -50.61, -20.71],
        [0.8, -68.75, -52.10, -73.91, -50.92, -48.58, -20.74],
        [0.9, -68.89, 0, -73.33, -50.67, -47.07, -20.72],
        [1.0, -72.36, 0, -74.82, -50.94, -45.81, -20.79],
    ];

    public static IEnumerable<TheoryDataRow<string, double>> Settings() =>
        from learner in Learners from row in Published select new TheoryDataRow<string, double>(learner, row[0]);

    public static IEnumerable<TheoryDataRow<string, double>> Settled() =>
        Settings().Where(s => Numbers(s.Data.Item1, s.Data.Item2).Asymptotic < 0);

    static (double Interim, double Asymptotic, double WrongInterim, double WrongAsymptotic) Numbers(string learner, double learningRate)
    {
        var row = Published.Single(r => r[0] == learningRate);
        int own = 1 + 2 * Array.IndexOf(Learners, learner);
        // The other two learners are the wrong algorithms; SARSA passes Q-learning's long-run result on its way down.
        double nearest = new[] { 1, 3, 5 }.Where(c => c != own).Select(c => row[c]).MinBy(v => Math.Abs(v - row[own]));
        return (row[own], row[own + 1], nearest, learner == "expected-sarsa" ? row[2] == 0 ? -70 : row[2] : row[6]);
    }

    [Theory, MemberData(nameof(Settings))]
    public void Interim_performance_is_the_published(string learner, double learningRate)
    {
        var published = Numbers(learner, learningRate);

        Sample.Of(400, seed => [Returns(learner, learningRate, 100, seed).Average()])
            .Near(0, published.Interim, 0.14, wrong: published.WrongInterim);
    }

    // Ours: episodes 2,001 to 12,000 of 8 runs; theirs: 4 runs of 100,000, whose error is taken as that of as many of ours, and
    // from which the first 100 episodes are taken out. Q-learning and Expected SARSA come to their exact limits whatever the learning rate.
    [Theory, MemberData(nameof(Settled))]
    public void Asymptotic_performance_is_the_published(string learner, double learningRate)
    {
        var published = Numbers(learner, learningRate);
        var sample = Sample.Of(8, seed => [Returns(learner, learningRate, 12_000, seed)[2000..].Average()]);

        sample.Near(0, (published.Asymptotic - 0.001 * published.Interim) / 0.999, sample.Spread(0) / Math.Sqrt(40),
            wrong: published.WrongAsymptotic);
        if (learner != "sarsa")
            sample.Near(0, learner == "q-learning" ? -50.8000476667694 : -20.7076773986692, 0.01);
    }

    [Theory]
    [InlineData(0.9, -55)]
    [InlineData(1.0, -150)]
    public void Sarsa_falls_apart_at_large_learning_rates(double learningRate, double worse) =>
        Assert.True(Sample.Of(8, seed => [Returns("sarsa", learningRate, 2000, seed)[1000..].Average()]).Mean(0) < worse);

    [Fact]
    public void Expected_sarsa_is_best_early_at_learning_rate_one()
    {
        var means = new[] { 0.2, 0.4, 0.6, 0.8, 0.9,
            1.0 }.Select(a => Sample.Of(200, seed => [Returns("expected-sarsa", a, 100, seed).Average()]).Mean(0)).ToArray();

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
        var sample = Sample.Of(24,
            seed => [Loops.Of(Cliff, LearnerCatalog.Create(learner) with { LearningRate = 0.25, DiscountFactor = 1, Epsilon = epsilon },
            seed).Run(12_000).Returns[4_000..].Average()]);

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

    // Up one row at once, along it, and down in the last column only: one row below the safe path along the top.
    [Fact]
    public void Best_soft_policy_walks_the_second_row_from_the_top()
    {
        var plan = Planner.SolveSoft(Cliff, 0.1, 1, Loops.Token);
        var path = new List<int> { 36 };
        for (int s = 36; s != 47 && path.Count < 50; path.Add(s))
            s = Cliff.Next(s, plan.Policy[s]);

        Assert.Equal([36, 24, .. Enumerable.Range(12, 12), 35, 47], path);
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
