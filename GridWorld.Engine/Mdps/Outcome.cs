namespace GridWorld;

/// <summary>The effect of a move on the episode.</summary>
internal enum MoveEnd
{
    /// <summary>The episode continues in the next state.</summary>
    None,

    /// <summary>The next state is terminal, so the episode ends.</summary>
    Terminal,

    /// <summary>The episode continues from a start state that is drawn.</summary>
    Restart,
}

/// <summary>A possible result of an action.</summary>
/// <param name="Reward">The reward R.</param>
/// <param name="Delta">Next state minus state; 0 for <see cref="MoveEnd.Restart"/>, whose next state is drawn.</param>
/// <param name="End">The effect on the episode.</param>
internal readonly record struct Outcome(double Reward, int Delta, MoveEnd End);

/// <summary>A change of the world during a run.</summary>
/// <param name="AfterSteps">Number of steps of the run before the change. It applies from step <paramref name="AfterSteps"/> + 1.</param>
/// <param name="Mdp">The new tables, with the same states and actions.</param>
internal sealed record MdpChange(long AfterSteps, Mdp Mdp);
