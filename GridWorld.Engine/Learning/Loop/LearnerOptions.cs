using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>The policy that acts while a learner learns.</summary>
public enum Behavior
{
    /// <summary>A greedy action, but with probability ε any.</summary>
    EpsilonGreedy,

    /// <summary>Better actions more often, by e^(Q/τ).</summary>
    Softmax,

    /// <summary>The greatest upper confidence bound: value plus a bonus for what was seldom tried.</summary>
    Ucb,
}

/// <summary>What every learner can be told; each learner is a record of its own that adds what only it knows.</summary>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
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
    public Behavior Behavior { get; init; }

    /// <summary>Temperature τ of softmax, in units of return, in [0.000001, 1,000,000]. Default 1.</summary>
    public Schedule Temperature { get; init; } = 1;

    /// <summary>Confidence c of upper confidence bounds, in units of return, in [0, 1,000,000]. Default 2: Sutton and Barto, 2nd ed., figure 2.4.</summary>
    public Schedule Confidence { get; init; } = 2;

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
        foreach (var setting in LearnerSettings.Of(this))
            setting.Check(this, faults);
        foreach (var property in GetType().GetProperties().Where(p => p.PropertyType == typeof(Schedule)))
            faults.Require(property.GetValue(this) is not null, $"{property.Name} must not be null. Give a number or a schedule, or leave it out.");
    }

    /// <summary>Makes the training loop of this learner: <c>loop.For(new MyLearner(…))</c>.</summary>
    public abstract TrainingLoop Build(LoopBuilder loop);
}
