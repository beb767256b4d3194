namespace GridWorld.Tests;

/// <summary>Prediction on random walks, by control learners with one action: Sutton and Barto, 2nd ed., examples 6.2 and 7.1, figures 7.2 and 12.6.</summary>
public class RandomWalkTests
{
    static readonly Mdp Five = Loops.Walk(5, 0, 1), Nineteen = Loops.Walk(19, -1, 1);

    [Fact]
    public void Errors_before_learning_are_exact()
    {
        Assert.Equal(0.235702260395516, FiveStates(Loops.Of(Five, new Sarsa { InitialValue = 0.5 })), 1e-14);
        Assert.Equal(0.547722557505166, NineteenStates(Loops.Of(Nineteen, new Sarsa())), 1e-14);
    }

    // Errors after 1, 10, 25, 50 and 100 episodes. Monte Carlo of every visit is n-step SARSA with more steps than any episode has.
    [Theory]
    [InlineData("td", 0.05, 0.2288, 0.1746, 0.1097, 0.0532, 0.0351, 0.0970)]
    [InlineData("td", 0.10, 0.2222, 0.1284, 0.0567, 0.0506, 0.0552, 0.0818)]
    [InlineData("td", 0.15, 0.2161, 0.0952, 0.0577, 0.0688, 0.0707, 0.0941)]
    [InlineData("mc", 0.01, 0.2333, 0.2125, 0.1827, 0.1447, 0.0970, 0.0351)]
    [InlineData("mc", 0.02, 0.2315, 0.1972, 0.1539, 0.1110, 0.0818, 0.0552)]
    [InlineData("mc", 0.04, 0.2297, 0.1802, 0.1335, 0.1107, 0.1072, 0.0707)]
    public void Errors_fall_as_in_example_six_two(string method, double learningRate, double after1, double after10, double after25, double after50, double after100, double wrong)
    {
        var sample = Sample.Of(3000, seed =>
        {
            LearnerOptions options = method == "td" ? new Sarsa() : new NStepSarsa { StepsAhead = 1000 };
            var loop = Loops.Of(Five, options with { LearningRate = learningRate, DiscountFactor = 1, InitialValue = 0.5 }, seed);
            return [.. new[] { 1, 9, 15, 25, 50 }.Select(episodes => After(loop, episodes))];
        });

        double[] expected = [after1, after10, after25, after50, after100];
        for (int i = 0; i < expected.Length; i++)
            sample.Near(i, expected[i], sample.Spread(i) / Math.Sqrt(20_000) + 0.00002, wrong: i == 4 ? wrong : null);

        static double After(TrainingLoop loop, int episodes)
        {
            loop.Run(episodes);
            return FiveStates(loop);
        }
    }

    // Wrong: one step more or fewer than asked for moves the error by more than the tolerance of 0.01 wherever it is asserted.
    [Theory]
    [InlineData(1, 0.4, 0.4123, 0.3111)]
    [InlineData(1, 0.8, 0.3452, 0.3172)]
    [InlineData(2, 0.6, 0.2770, 0.3675)]
    [InlineData(2, 1.0, 0.4385, 0.3885)]
    [InlineData(4, 0.2, 0.3228, 0.4062)]
    [InlineData(4, 0.4, 0.2642, 0.3111)]
    [InlineData(4, 0.8, 0.3876, 0.3172)]
    [InlineData(8, 0.25, 0.2770, 0.2642)]
    [InlineData(8, 0.6, 0.3947, 0.3082)]
    [InlineData(16, 0.15, 0.3121, 0.2770)]
    [InlineData(64, 0.05, 0.4160, 0.3645)]
    [InlineData(512, 0.2, 0.6442, 0.6161)]
    public void Steps_ahead_give_the_errors_of_figure_seven_two(int steps, double learningRate, double expected, double wrong)
    {
        var sample = Sample.Of(600, seed => [FirstTen(new NStepSarsa { StepsAhead = steps, LearningRate = learningRate }, seed)]);

        Assert.InRange(sample.Mean(0), expected - 0.01, expected + 0.01);
        sample.Near(0, expected, 0.001, wrong: wrong);
    }

    // Wrong: λ taken for the next of the column.
    [Theory]
    [InlineData(0, 0.80, 0.3455, 0.2738)]
    [InlineData(0.4, 0.70, 0.2738, 0.2637)]
    [InlineData(0.8, 0.30, 0.2637, 0.2917)]
    [InlineData(0.9, 0.20, 0.2917, 0.2637)]
    [InlineData(0.95, 0.10, 0.3369, 0.2917)]
    [InlineData(0.99, 0.05, 0.4393, 0.3917)]
    [InlineData(1, 0.05, 0.6283, 0.4393)]
    public void Accumulating_traces_give_the_errors_of_figure_twelve_six(double traceDecay, double learningRate, double expected, double wrong)
    {
        var sample = Sample.Of(1000, seed => [FirstTen(new SarsaLambda { Traces = Traces.Accumulating, TraceDecay = traceDecay, LearningRate = learningRate }, seed)]);

        sample.Near(0, expected, sample.Spread(0) / Math.Sqrt(2000) + 0.00005, wrong: wrong);
    }

    [Fact]
    public void Accumulating_traces_diverge_where_learning_rate_and_lambda_are_large() =>
        Assert.True(Sample.Of(100, seed => [FirstTen(new SarsaLambda { Traces = Traces.Accumulating, TraceDecay = 0.9, LearningRate = 0.8 }, seed)]).Mean(0) > 1);

    [Fact]
    public void Lambda_zero_is_one_step()
    {
        var (zero, one) = (Loops.Of(Nineteen, new SarsaLambda { TraceDecay = 0, LearningRate = 0.3, DiscountFactor = 1 }), Loops.Of(Nineteen, new Sarsa { LearningRate = 0.3, DiscountFactor = 1 }));

        zero.Run(20);
        one.Run(20);

        Assert.Equal(one.Values.Values.ToArray(), zero.Values.Values.ToArray());
    }

    static double FirstTen(LearnerOptions options, ulong seed)
    {
        var loop = Loops.Of(Nineteen, options with { DiscountFactor = 1 }, seed);
        double sum = 0;
        for (int i = 0; i < 10; i++)
        {
            loop.Run(1);
            sum += NineteenStates(loop);
        }

        return sum / 10;
    }

    static double FiveStates(TrainingLoop loop) => Error(loop, 5, s => s / 6.0);

    static double NineteenStates(TrainingLoop loop) => Error(loop, 19, s => -1 + s / 10.0);

    static double Error(TrainingLoop loop, int states, Func<int, double> value) =>
        Math.Sqrt(Enumerable.Range(1, states).Average(s => (loop.Values[s] - value(s)) * (loop.Values[s] - value(s))));
}
