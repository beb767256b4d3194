namespace GridWorld;

/// <summary>Properties of a learner that determine what it guarantees.</summary>
[Flags]
internal enum LearnerTraits
{
    None = 0,

    /// <summary>It learns the values of the policy that acts.</summary>
    OnPolicy = 1,

    /// <summary>It learns from returns of more than one step.</summary>
    LongReturns = 2,

    /// <summary>It learns a model of a deterministic world.</summary>
    Model = 4,
}
