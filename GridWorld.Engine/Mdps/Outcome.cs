namespace GridWorld;

/// <summary>A possible result of an action.</summary>
/// <param name="Reward">The reward R.</param>
/// <param name="Delta">Next state minus state; 0 for <see cref="MoveEnd.Restart"/>, whose next state is drawn.</param>
/// <param name="End">The effect on the episode.</param>
internal readonly record struct Outcome(double Reward, int Delta, MoveEnd End);
