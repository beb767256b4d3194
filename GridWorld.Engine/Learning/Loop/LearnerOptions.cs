namespace GridWorld;

/// <summary>The options that all learners share. Each learner is a derived record that can add and declare its own options.</summary>
public abstract record LearnerOptions
{
    /// <summary>The name of the learner in the catalog, in kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>Learning rate α, no unit, in [0.001, 1]. Default 0.1: Sutton and Barto, 2nd ed., example 8.1.</summary>
    public Schedule LearningRate { get; init; } = 0.1;

    /// <summary>Discount factor γ, no unit, in [0, 1]. Default 0.99, usual for gridworlds with a goal.</summary>
    public Schedule DiscountFactor { get; init; } = 0.99;

    /// <summary>Probability ε of exploring, in [0, 1]. Default 0.1: Sutton and Barto, 2nd ed., example 6.6.</summary>
    public Schedule Epsilon { get; init; } = 0.1;

    /// <summary>The greedy action among several equally good ones. Default random, which sparse rewards require.</summary>
    public TieBreaking TieBreaking { get; init; }

    /// <summary>The policy that acts. Default ε-greedy.</summary>
    public Behavior Behavior { get; init; }

    /// <summary>Temperature τ of softmax, in units of return, in [0.000001, 1,000,000]. Default 1.</summary>
    public Schedule Temperature { get; init; } = 1;

    /// <summary>
    /// Confidence c of upper confidence bounds, in units of return, in [0, 1,000,000]. Default 2: Sutton and Barto, 2nd ed., figure 2.4.
    /// </summary>
    public Schedule Confidence { get; init; } = 2;

    /// <summary>The value of every action before learning. Finite. Default 0. The values of terminal states are always 0.</summary>
    public double InitialValue { get; init; }

    internal static IReadOnlyList<LearnerSetting> CommonSettings { get; } =
    [
        LearnerSetting.Schedule("learning_rate", "how far a step moves a value toward its target", 0.001, 1,
            (LearnerOptions o) => o.LearningRate, (o, s) => o with { LearningRate = s }),
        LearnerSetting.Schedule("discount_factor", "how much a reward counts one step later", 0, 1,
            (LearnerOptions o) => o.DiscountFactor, (o, s) => o with { DiscountFactor = s }),
        new Hyperparameter("epsilon", "probability of any action in place of a greedy one", 0, 1,
            o => o.Epsilon, (o, s) => o with { Epsilon = s }) { Shapes = Behavior.EpsilonGreedy },
        new Hyperparameter("temperature", "of softmax: the greater, the more it explores", 1e-6, 1e6,
            o => o.Temperature, (o, s) => o with { Temperature = s }) { Shapes = Behavior.Softmax },
        new Hyperparameter("confidence", "of upper confidence bounds: the greater, the more it explores", 0, 1e6,
            o => o.Confidence, (o, s) => o with { Confidence = s }) { Shapes = Behavior.Ucb },
        LearnerSetting.Number("initial_value", "the value of every action before training", double.NegativeInfinity,
            double.PositiveInfinity,
            (LearnerOptions o) => o.InitialValue, (o, v) => o with { InitialValue = v }),
        LearnerSetting.Choice("ties", "which of several best actions is greedy", (LearnerOptions o) => o.TieBreaking,
            (o, v) => o with { TieBreaking = v }),
        LearnerSetting.Choice("behaviour", "the policy that acts", (LearnerOptions o) => o.Behavior, (o, v) => o with { Behavior = v })
            .AlsoSpelled("behavior"),
    ];

    /// <summary>
    /// The settings that only this learner has, created by <see cref="LearnerSetting.Schedule"/>, <see cref="LearnerSetting.Whole"/>,
    /// <see cref="LearnerSetting.Number"/> and <see cref="LearnerSetting.Choice"/>. A property without a setting is not checked, shown,
    /// changed or stored. Default none.
    /// </summary>
    protected virtual IEnumerable<LearnerSetting> OwnSettings => [];

    internal virtual IEnumerable<LearnerSetting> Settings => CommonSettings.Concat(OwnSettings);

    internal IEnumerable<Hyperparameter> Hyperparameters => Settings.OfType<Hyperparameter>();

    /// <summary>The hyperparameters that have an effect, without those of other behaviors.</summary>
    internal IEnumerable<Hyperparameter> Effective => Hyperparameters.Where(h => h.Shapes is null || h.Shapes == Behavior);

    /// <summary>Whether it is a user's learner, which may throw or never return.</summary>
    internal bool IsForeign => GetType().Assembly != typeof(LearnerOptions).Assembly;

    /// <summary>Checks the options.</summary>
    /// <exception cref="InputException">An option is invalid; lists all errors.</exception>
    public void Check()
    {
        var faults = new Faults();
        Check(faults);
        faults.ThrowIfAny();
    }

    internal void Check(Faults faults)
    {
        foreach (var setting in Settings)
            setting.Check(this, faults);
        string[] twice = [.. Settings.GroupBy(s => s.Name).Where(g => g.Count() > 1).Select(g => g.Key)];
        int count = Hyperparameters.Count();
        faults.Require(twice.Length == 0,
            $"{Printable.Text(Name)} declares more than one setting {string.Join(", ", twice)}. Use a different name for each.")
            .Require(count <= GridWorld.Hyperparameters.Most,
                $"{Printable.Text(Name)} can have at most {GridWorld.Hyperparameters.Most} schedules, "
                + $"including those of all learners (got {count}).");
    }

    /// <summary>Builds the training loop of this learner: <c>loop.For(new MyLearner(…))</c>.</summary>
    public abstract TrainingLoop Build(LoopBuilder loop);
}
