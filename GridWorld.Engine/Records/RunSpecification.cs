namespace GridWorld;

/// <summary>All that a run is made of, apart from its events: the same specification and events give the same bits.</summary>
/// <param name="World">The world.</param>
/// <param name="Learner">The learner and its options.</param>
/// <param name="Seed">Any number; it fixes all randomness.</param>
/// <param name="Episodes">How many episodes to train, at least 1; null trains until stopped.</param>
/// <param name="MaxSteps">Steps after which an episode is truncated, at least 1; null takes the world's limit.</param>
public sealed record RunSpecification(World World, LearnerOptions Learner, ulong Seed = 1, long? Episodes = 1000, int? MaxSteps = null)
{
    /// <summary>The world.</summary>
    public World World { get; init => field = Given.NotNull(value); } = Given.NotNull(World);

    /// <summary>The learner's options.</summary>
    public LearnerOptions Learner { get; init => field = Given.NotNull(value); } = Given.NotNull(Learner);

    /// <summary>Action values to start from; null, the default, for the learner's initial value everywhere.</summary>
    public InitialQ? InitialQ { get; init; }

    /// <summary>The step limit in force.</summary>
    public int StepLimit => MaxSteps ?? World.StepLimit;

    internal void Check()
    {
        var faults = new Faults()
            .Require(Episodes is null or >= 1, $"Episodes must be at least 1, or null to train until stopped (got {Episodes}).")
            .Require(MaxSteps is null or >= 1, $"The step limit must be at least 1 (got {MaxSteps}).")
            .Require(InitialQ is null || InitialQ.Values.Length == World.States * World.Actions,
                $"The world has {World.States} states and {World.Actions} actions, so that there must be {World.States * World.Actions} initial values (got {InitialQ?.Values.Length}).");
        Learner.Check(faults);
        faults.ThrowIfAny();
    }
}
