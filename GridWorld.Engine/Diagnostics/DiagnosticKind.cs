namespace GridWorld;

/// <summary>The kinds of diagnoses.</summary>
public enum DiagnosticKind
{
    /// <summary>Training has just started.</summary>
    Exploring,

    /// <summary>The returns have not improved lately.</summary>
    NoImprovement,

    /// <summary>Nearly all steps take one action.</summary>
    SameAction,

    /// <summary>A value exceeds every possible return.</summary>
    Diverging,

    /// <summary>A value is NaN or infinite.</summary>
    NonFinite,

    /// <summary>The greedy policy is optimal.</summary>
    GreedyOptimal,

    /// <summary>Every recent episode was cut off at the step limit.</summary>
    StepLimit,

    /// <summary>No episode has reached the goal.</summary>
    GoalNeverReached,

    /// <summary>No reward above the step reward has been received.</summary>
    NoReward,

    /// <summary>The world is valid but unusual, for example because a goal cannot be reached; see <see cref="Mdp.Warnings"/>.</summary>
    UnusualWorld,
}
