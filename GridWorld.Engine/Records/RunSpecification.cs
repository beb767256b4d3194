namespace GridWorld;

/// <summary>
/// The definition of a run, apart from its events. The same specification and events produce the same result, bit for bit.
/// </summary>
/// <param name="World">The world.</param>
/// <param name="Learner">The learner and its options.</param>
/// <param name="Seed">Seed of all random numbers. Default 1.</param>
/// <param name="Episodes">Number of episodes to train, at least 1; null to train until stopped. Default 1000.</param>
/// <param name="MaxSteps">Number of steps after which an episode is truncated, at least 1. Default null, which is the world's
/// limit.</param>
public sealed record RunSpecification(World World, LearnerOptions Learner, ulong Seed = 1, long? Episodes = 1000, int? MaxSteps = null)
{
    /// <summary>The world.</summary>
    public World World { get; init => field = Guard.NotNull(value); } = Guard.NotNull(World);

    /// <summary>The learner and its options.</summary>
    public LearnerOptions Learner { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Learner);

    /// <summary>Action values at the start of the run. Default null, which means the learner's initial value.</summary>
    public InitialQ? InitialQ { get; init; }

    /// <summary>The step limit in force.</summary>
    public int StepLimit => MaxSteps ?? World.StepLimit;

    /// <summary>Whether episodes are passes of a planner, and steps are updates of a state.</summary>
    internal bool IsPlanned => Learner is PlannerOptions;

    /// <summary>Number of the last episodes whose mean return is shown. The values of a planner's passes need no mean.</summary>
    internal int RecentEpisodes => IsPlanned ? 1 : 100;

    internal void Check()
    {
        var faults = new Faults()
            .Require(Episodes is null or >= 1, $"Episodes must be at least 1, or null to train until stopped (got {Episodes}).")
            .Require(MaxSteps is null or >= 1, $"The step limit must be at least 1 (got {MaxSteps}).")
            .Require(InitialQ is null || InitialQ.Values.Length == World.States * World.Actions,
                $"The number of initial values must be {World.States} states × {World.Actions} actions = {World.States * World.Actions} "
                + $"(got {InitialQ?.Values.Length}).");
        Learner.Check(faults);
        faults.ThrowIfAny();
    }
}
