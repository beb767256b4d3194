namespace GridWorld;

/// <summary>Why a step was an episode's last.</summary>
public enum StepEnd
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>No future: nothing to bootstrap from.</summary>
    Terminated,

    /// <summary>We merely stopped looking: the learner still bootstraps.</summary>
    Truncated,
}

/// <summary>What a world hands back for an action.</summary>
/// <param name="State">The next state S′.</param>
/// <param name="Reward">The reward R.</param>
/// <param name="End">Whether and why the episode ends here.</param>
public readonly record struct TimeStep(int State, double Reward, StepEnd End)
{
    /// <summary>A step after which the episode continues.</summary>
    public static TimeStep Mid(int state, double reward) => new(state, reward, StepEnd.None);

    /// <summary>A step into a terminal state.</summary>
    public static TimeStep Terminated(int state, double reward) => new(state, reward, StepEnd.Terminated);

    /// <summary>A step at which the episode is cut off.</summary>
    public static TimeStep Truncated(int state, double reward) => new(state, reward, StepEnd.Truncated);
}
