namespace GridWorld.Tests;

public class LearnerOptionsTests
{
    public static TheoryData<LearnerOptions, string> Faulty => new()
    {
        { new QLearning { LearningRate = 999999 }, "Learning rate must be between 0.001 and 1.0 (got 999999)." },
        { new QLearning { LearningRate = 0.0009 }, "Learning rate must be between 0.001 and 1.0 (got 0.0009)." },
        { new QLearning { LearningRate = double.NaN }, "Learning rate must be between 0.001 and 1.0 (got NaN)." },
        { new Sarsa { Epsilon = -0.1 }, "Epsilon must be between 0 and 1 (got -0.1)." },
        { new Sarsa { DiscountFactor = 1.01 }, "Discount factor must be between 0 and 1 (got 1.01)." },
        { new ExpectedSarsa { Temperature = 0 }, "Temperature must be between 0.000001 and 1000000 (got 0)." },
        { new ExpectedSarsa { Confidence = -1 }, "Confidence must be between 0 and 1000000 (got -1)." },
        { new SarsaLambda { TraceDecay = 1.5 }, "Trace decay must be between 0 and 1 (got 1.5)." },
        { new WatkinsQLambda { TraceDecay = double.PositiveInfinity }, "Trace decay must be between 0 and 1 (got Infinity)." },
        { new DynaQPlus { Kappa = 2 }, "Kappa must be between 0 and 1 (got 2)." },
        { new PrioritizedSweeping { Threshold = 0 }, "Threshold must be between 0.000000000001 and 1000 (got 0)." },
        { new NStepSarsa { StepsAhead = 0 }, "Steps ahead must be a whole number between 1 and 1000 (got 0)." },
        { new NStepTreeBackup { StepsAhead = 1001 }, "Steps ahead must be a whole number between 1 and 1000 (got 1001)." },
        { new DynaQ { PlanningSteps = -1 }, "Planning steps must be a whole number between 0 and 10000 (got -1)." },
        { new MonteCarlo { InitialValue = double.NaN }, "Initial value must be a finite number (got NaN)." },
        { new QLearning { TieBreaking = (TieBreaking)7 }, "Ties must be one of random, first (got 7)." },
        { new QLearning { Behavior = (Behavior)(-1) }, "Behavior must be one of epsilon-greedy, softmax, ucb (got -1)." },
        { new SarsaLambda { Traces = (Traces)2 }, "Traces must be one of accumulating, replacing (got 2)." },
        { new QLearning { LearningRate = null! }, "Learning rate must not be null. Use a number or a schedule." },
        { new QLearning { LearningRate = Schedule.Linear(0.1, 5, 100) },
            "Learning rate must stay between 0 and 1.0 (its schedule reaches 5)." },
        { new QLearning { Epsilon = Schedule.Linear(0.1, -0.5, 100) }, "Epsilon must stay between 0 and 1 (its schedule reaches -0.5)." },
        { new QLearning { Epsilon = Schedule.Piecewise([new(0, 0.5), new(10, 2), new(20, 0)]) },
            "Epsilon must stay between 0 and 1 (its schedule reaches 2)." },
        { new QLearning { LearningRate = Schedule.Power(2, 1) }, "Learning rate must be between 0.001 and 1.0 (got 2)." },
    };

    [Theory, MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public void Fault_names_the_value_and_the_range(LearnerOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(options.Check).Message);

    [Fact]
    public void All_faults_come_at_once() => Assert.Equal(
        ["Learning rate must be between 0.001 and 1.0 (got 0).", "Discount factor must be between 0 and 1 (got 2).",
        "Epsilon must be between 0 and 1 (got NaN).", "Ties must be one of random, first (got 9).",
            "Steps ahead must be a whole number between 1 and 1000 (got 5000)."],
        Assert.Throws<InputException>(new NStepSarsa { LearningRate = 0, DiscountFactor = 2, Epsilon = double.NaN, StepsAhead = 5000,
        TieBreaking = (TieBreaking)9 }.Check).Errors);

    public static TheoryData<LearnerOptions> Allowed =>
    [
        new QLearning { LearningRate = 0.001, DiscountFactor = 0, Epsilon = 0 },
        new QLearning { LearningRate = 1, DiscountFactor = 1, Epsilon = 1 },
        new SarsaLambda
        {
            LearningRate = Schedule.Power(1, 0.8), Epsilon = Schedule.Linear(1, 0, 100), TraceDecay = Schedule.Exponential(1, 0.9),
            Temperature = Schedule.Linear(1, 0, 10),
        },
    ];

    [Theory, MemberData(nameof(Allowed))]
    public void Bounds_and_what_decays_to_nothing_train(LearnerOptions options) =>
        Assert.Equal(3, Loops.Of(Worlds.CliffWalking(), options).Run(3).Count);

    [Fact]
    public void Catalog_names_are_those_of_the_options_and_unknown_ones_are_refused()
    {
        Assert.All(LearnerCatalog.All, entry => Assert.Equal(entry.Name, entry.Create().Name));
        Assert.All(LearnerCatalog.All, entry => entry.Create().Check());
        Assert.StartsWith("There is no learner 'dqn'. Use one of q-learning, sarsa,", Assert.Throws<InputException>(() =>
            LearnerCatalog.Create("dqn")).Message);
    }

    [Theory, MemberData(nameof(Settings))]
    public void Every_setting_of_every_learner_survives_json(string learner, string setting)
    {
        var options = LearnerCatalog.Create(learner);
        var s = options.Settings.Single(s => s.Name == setting);
        string[] others = ["0.5", "3", "\"first\"", "\"softmax\"", "\"accumulating\"", "\"replacing\""];

        var changed = others.Select(json => Try(() => s.WithJson(options, json))).First(o => o is not null && o != options)!;

        Assert.Equal(changed, s.WithJson(options, s.ToJson(changed)!));
        Assert.NotEqual(options, changed);
    }

    public static IEnumerable<TheoryDataRow<string, string>> Settings() =>
        LearnerCatalog.All.SelectMany(e => e.Create().Settings.Select(s => new TheoryDataRow<string, string>(e.Name, s.Name)));

    static LearnerOptions? Try(Func<LearnerOptions> make)
    {
        try
        {
            return make();
        }
        catch (InputException)
        {
            return null;
        }
    }
}
