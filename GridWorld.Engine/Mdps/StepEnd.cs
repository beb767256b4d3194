namespace GridWorld;

/// <summary>The reason that a step ends an episode.</summary>
public enum StepEnd
{
    /// <summary>The episode continues.</summary>
    None,

    /// <summary>The next state is terminal, so the learner does not bootstrap from it.</summary>
    Terminated,

    /// <summary>The step limit ends the episode. The learner still bootstraps from the next state.</summary>
    Truncated,
}
