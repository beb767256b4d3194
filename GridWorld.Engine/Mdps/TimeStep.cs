namespace GridWorld;

/// <summary>The result of an action.</summary>
/// <param name="State">The next state S′.</param>
/// <param name="Reward">The reward R.</param>
/// <param name="End">Whether and why the episode ends here.</param>
public readonly record struct TimeStep(int State, double Reward, StepEnd End)
{
    /// <summary>Creates a step after which the episode continues.</summary>
    public static TimeStep Mid(int state, double reward) => new(state, reward, StepEnd.None);

    /// <summary>Creates a step into a terminal state.</summary>
    public static TimeStep Terminated(int state, double reward) => new(state, reward, StepEnd.Terminated);

    /// <summary>Creates a step at which the episode is truncated.</summary>
    public static TimeStep Truncated(int state, double reward) => new(state, reward, StepEnd.Truncated);
}
