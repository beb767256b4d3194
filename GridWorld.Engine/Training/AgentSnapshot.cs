namespace GridWorld;

/// <summary>A copy of what the agent knows.</summary>
/// <param name="Episode">Episodes that had ended.</param>
/// <param name="Steps">Steps that had been taken.</param>
/// <param name="State">Where the agent stood.</param>
/// <param name="Q">Action values, state × actions + action.</param>
/// <param name="Visits">How often each action was taken, same shape.</param>
public sealed record AgentSnapshot(long Episode, long Steps, int State, double[] Q, long[] Visits);
