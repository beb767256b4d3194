namespace GridWorld.Tests;

/// <summary>
/// Prediction on random walks, by control learners with one action: Sutton and Barto, 2nd ed., examples 6.2 and 7.1, figures 7.2 and 12.6.
/// </summary>
public class RandomWalkTests
{
    static readonly Mdp Five = Loops.Walk(5, 0, 1), Nineteen = Loops.Walk(19, -1, 1);

    [Fact]
    public void Errors_before_learning_are_exact()
    {
        Assert.Equal(0.235702260395516, FiveStates(Loops.Of(Five, new Sarsa { InitialValue = 0.5 })), 1e-14);
        Assert.Equal(0.547722557505166, NineteenStates(Loops.Of(Nineteen, new Sarsa())), 1e-14);
    }

    // Errors after 1, 10, 25, 50, 75 and 100 episodes. Monte Carlo of every visit is n-step SARSA with more steps than any episode has.
    // Wrong: the other method at a learning rate like it.
    [Theory]
    [InlineData("td", 0.05, new[] { 0.2288, 0.1746, 0.1097, 0.0532, 0.0365, 0.0351 }, 0.0970)]
    [InlineData("td", 0.10, new[] { 0.2222, 0.1284, 0.0567, 0.0506, 0.0545, 0.0552 }, 0.0818)]
    [InlineData("td", 0.15, new[] { 0.2161, 0.0952, 0.0577, 0.0688, 0.0701, 0.0707 }, 0.0941)]
    [InlineData("mc", 0.01, new[] { 0.2333, 0.2125, 0.1827, 0.1447, 0.1171, 0.0970 }, 0.0351)]
    [InlineData("mc", 0.02, new[] { 0.2315, 0.1972, 0.1539, 0.1110, 0.0909, 0.0818 }, 0.0552)]
    [InlineData("mc", 0.03, new[] { 0.2302, 0.1871, 0.1394, 0.1045, 0.0952, 0.0941 }, 0.0707)]
    [InlineData("mc", 0.04, new[] { 0.2297, 0.1802, 0.1335, 0.1107, 0.1083, 0.1072 }, 0.0707)]
    public void Errors_fall_as_in_example_six_two(string method, double learningRate, double[] expected, double wrong)
    {
        var sample = Sample.Of(3000, seed =>
        {
            LearnerOptions options = method == "td" ? new Sarsa() : new NStepSarsa { StepsAhead = 1000 };
            var loop = Loops.Of(Five, options with { LearningRate = learningRate, DiscountFactor = 1, InitialValue = 0.5 }, seed);
            return [.. new[] { 1, 9, 15, 25, 25, 25 }.Select(episodes => After(loop, episodes))];
        });

        for (int i = 0; i < expected.Length; i++)
            sample.Near(i, expected[i], sample.Spread(i) / Math.Sqrt(20_000) + 0.00002, wrong: i == 5 ? wrong : null);

        static double After(TrainingLoop loop, int episodes)
        {
            loop.Run(episodes);
            return FiveStates(loop);
        }
    }

    // Steps ahead; errors at learning rates 0.2, 0.4 … 1; the least error and its learning rate.
    static readonly (int Steps, double[] Errors, double Least, double At)[] Figure =
    [
        (1, [0.4711, 0.4123, 0.3675, 0.3452, 0.3885], 0.3452, 0.80),
        (2, [0.4062, 0.3111, 0.2770, 0.3172, 0.4385], 0.2770, 0.60),
        (4, [0.3228, 0.2642, 0.3082, 0.3876, 0.5133], 0.2642, 0.40),
        (8, [0.2791, 0.3170, 0.3947, 0.4776, 0.5840], 0.2770, 0.25),
        (16, [0.3251, 0.4176, 0.4996, 0.5710, 0.6499], 0.3121, 0.15),
        (32, [0.4234, 0.5351, 0.6069, 0.6608, 0.7131], 0.3645, 0.10),
        (64, [0.5364, 0.6410, 0.6961, 0.7345, 0.7689], 0.4160, 0.05),
        (128, [0.6161, 0.7020, 0.7456, 0.7763, 0.8031], 0.4708, 0.05),
        (512, [0.6442, 0.7203, 0.7606, 0.7895, 0.8148], 0.5110, 0.05),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Figure.Length)];

    // Wrong: half or twice as many steps as asked for move the error by more than the tolerance of 0.01.
    [Theory, MemberData(nameof(Rows))]
    public void Steps_ahead_give_the_errors_of_figure_seven_two(int row)
    {
        var (steps, errors, least, at) = Figure[row];
        var other = Figure[row == 0 ? 1 : row - 1];
        for (int i = 0; i < errors.Length; i++)
            Near(0.2 * (i + 1), errors[i], other.Errors[i]);
        Near(at, least, other.Least);

        void Near(double learningRate, double expected, double wrong)
        {
            var sample = Sample.Of(1200, seed => [FirstTen(new NStepSarsa { StepsAhead = steps, LearningRate = learningRate }, seed)]);
            Assert.InRange(sample.Mean(0), expected - 0.01, expected + 0.01);
            sample.Near(0, expected, 0.001, wrong: wrong);
        }
    }

    // Wrong: another method at the same λ, or λ taken for the next of the column.
    [Theory]
    [InlineData("off-line", 0, 0.80, 0.3670, 0.2929)]
    [InlineData("off-line", 0.4, 0.75, 0.2929, 0.2646)]
    [InlineData("off-line", 0.8, 0.40, 0.2646, 0.2858)]
    [InlineData("off-line", 0.9, 0.25, 0.2858, 0.2646)]
    [InlineData("off-line", 0.95, 0.15, 0.3226, 0.2858)]
    [InlineData("off-line", 0.975, 0.10, 0.3654, 0.3226)]
    [InlineData("off-line", 0.99, 0.05, 0.4201, 0.3654)]
    [InlineData("off-line", 1, 0.05, 0.5132, 0.6283)]
    [InlineData("accumulating", 0, 0.80, 0.3455, 0.3670)]
    [InlineData("accumulating", 0.4, 0.70, 0.2738, 0.2929)]
    [InlineData("accumulating", 0.8, 0.30, 0.2637, 0.2917)]
    [InlineData("accumulating", 0.9, 0.20, 0.2917, 0.2637)]
    [InlineData("accumulating", 0.95, 0.10, 0.3369, 0.3173)]
    [InlineData("accumulating", 0.975, 0.05, 0.3917, 0.3619)]
    [InlineData("accumulating", 0.99, 0.05, 0.4393, 0.4193)]
    [InlineData("accumulating", 1, 0.05, 0.6283, 0.5132)]
    [InlineData("true on-line", 0, 0.80, 0.3455, 0.3670)]
    [InlineData("true on-line", 0.4, 0.75, 0.2741, 0.2929)]
    [InlineData("true on-line", 0.8, 0.40, 0.2560, 0.2782)]
    [InlineData("true on-line", 0.9, 0.25, 0.2782, 0.2917)]
    [InlineData("true on-line", 0.95, 0.15, 0.3173, 0.3369)]
    [InlineData("true on-line", 0.975, 0.10, 0.3619, 0.3917)]
    [InlineData("true on-line", 0.99, 0.05, 0.4193, 0.4393)]
    [InlineData("true on-line", 1, 0.05, 0.5132, 0.6283)]
    public void Lambda_methods_give_the_errors_of_chapter_twelve(string method, double traceDecay, double learningRate, double expected,
    double wrong)
    {
        LearnerOptions options = method == "accumulating"
            ? new SarsaLambda { Traces = Traces.Accumulating, TraceDecay = traceDecay }
            : new LambdaPrediction(method == "off-line", traceDecay);
        var sample = Sample.Of(1000, seed => [FirstTen(options with { LearningRate = learningRate }, seed)]);

        sample.Near(0, expected, sample.Spread(0) / Math.Sqrt(2000) + 0.00005, wrong: wrong);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    public void At_lambda_one_true_on_line_off_line_and_monte_carlo_are_one_method(double learningRate)
    {
        TrainingLoop[] loops = [.. new LearnerOptions[] { new LambdaPrediction(true, 1), new LambdaPrediction(false, 1),
            new NStepSarsa { StepsAhead = 1000 } }
            .Select(o => Loops.Of(Nineteen, o with { LearningRate = learningRate, DiscountFactor = 1 }, seed: 4))];

        foreach (var loop in loops)
            Assert.True(loop.Run(30).Lengths.Max() < 1000);

        for (int s = 1; s <= 19; s++)
        {
            Assert.Equal(loops[0].Values[s], loops[1].Values[s], 1e-12);
            Assert.Equal(loops[0].Values[s], loops[2].Values[s], 1e-12);
        }
    }

    [Fact]
    public void Accumulating_traces_diverge_where_learning_rate_and_lambda_are_large() =>
        Assert.True(Sample.Of(100,
        seed => [FirstTen(new SarsaLambda { Traces = Traces.Accumulating, TraceDecay = 0.9, LearningRate = 0.8 }, seed)]).Mean(0) > 1);

    [Fact]
    public void Lambda_zero_is_one_step()
    {
        var (zero, one) = (Loops.Of(Nineteen, new SarsaLambda { TraceDecay = 0, LearningRate = 0.3, DiscountFactor = 1 }),
            Loops.Of(Nineteen, new Sarsa { LearningRate = 0.3, DiscountFactor = 1 }));

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
