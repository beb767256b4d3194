namespace GridWorld;

/// <summary>What follows a move.</summary>
public enum MoveEnd
{
    /// <summary>The episode continues in the next state.</summary>
    None,

    /// <summary>The next state is terminal: no future.</summary>
    Terminal,

    /// <summary>The episode continues from a fresh draw of the start states.</summary>
    Restart,
}

/// <summary>One possible result of taking an action.</summary>
/// <param name="Reward">The reward R.</param>
/// <param name="Delta">Next state minus state; 0 for <see cref="MoveEnd.Restart"/>, whose next state is drawn.</param>
/// <param name="End">What follows.</param>
public readonly record struct Outcome(double Reward, int Delta, MoveEnd End);

/// <summary>A change of the world while a run continues.</summary>
/// <param name="AfterSteps">Steps of the run before the change; it holds from step <paramref name="AfterSteps"/> + 1 on.</param>
/// <param name="Mdp">The tables from then on, with the same states and actions.</param>
public sealed record MdpChange(long AfterSteps, Mdp Mdp);
