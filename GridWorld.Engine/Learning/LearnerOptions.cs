namespace GridWorld;

/// <summary>The policy that acts while a learner learns.</summary>
public enum Behaviour
{
    /// <summary>A greedy action, but with probability ε any.</summary>
    EpsilonGreedy,
}

/// <summary>What every learner can be told; each learner is a record of its own that adds what only it knows.</summary>
public abstract record LearnerOptions
{
    /// <summary>The learner's name in the catalog, in kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>Learning rate α, no unit, in [0.001, 1]. Default 0.1: Sutton and Barto, 2nd ed., example 8.1.</summary>
    public Schedule LearningRate { get; init; } = 0.1;

    /// <summary>Discount factor γ, no unit, in [0, 1]. Default 0.99, usual for gridworlds with a goal.</summary>
    public Schedule DiscountFactor { get; init; } = 0.99;

    /// <summary>Probability ε of exploring, in [0, 1]. Default 0.1: Sutton and Barto, 2nd ed., example 6.6.</summary>
    public Schedule Epsilon { get; init; } = 0.1;

    /// <summary>Which of several equally good actions is greedy. Default random: sparse rewards need it.</summary>
    public Ties Ties { get; init; }

    /// <summary>The policy that acts. Default ε-greedy.</summary>
    public Behaviour Behaviour { get; init; }

    /// <summary>The value of every action before anything was learned, finite. Default 0. Values of terminal states are 0 whatever is said here.</summary>
    public double InitialValue { get; init; }

    /// <summary>Says every fault of the options.</summary>
    /// <exception cref="InputException">Lists them all.</exception>
    public void Check()
    {
        var faults = new Faults();
        Check(faults);
        faults.ThrowIfAny();
    }

    internal void Check(Faults faults)
    {
        foreach (var hyperparameter in Hyperparameter.All)
            hyperparameter.Check(hyperparameter.Get(this), faults);
        faults.Require(double.IsFinite(InitialValue), $"Initial value must be finite (got {InitialValue}). Try 0.");
    }

    /// <summary>Makes the training loop of this learner: <c>loop.For(new MyLearner(…))</c>.</summary>
    public abstract TrainingLoop Build(LoopBuilder loop);
}
