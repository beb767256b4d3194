namespace GridWorld;

/// <summary>A copy of what the agent knows.</summary>
/// <param name="Episode">Episodes that had ended.</param>
/// <param name="Steps">Steps that had been taken.</param>
/// <param name="State">Where the agent stood.</param>
/// <param name="Q">Action values, state × actions + action.</param>
/// <param name="Visits">How often each action was taken, same shape.</param>
public sealed record AgentSnapshot(long Episode, long Steps, int State, double[] Q, long[] Visits);

/// <summary>What the agent knows of one state.</summary>
/// <param name="Episode">Episodes that had ended.</param>
/// <param name="Steps">Steps that had been taken.</param>
/// <param name="State">The state.</param>
/// <param name="Q">Its action values.</param>
/// <param name="Visits">How often each action was taken.</param>
internal sealed record AgentRow(long Episode, long Steps, int State, double[] Q, long[] Visits)
{
    /// <summary>Of a copy; null takes the state where the agent stood.</summary>
    public static AgentRow Of(AgentSnapshot agent, int? state, int actions)
    {
        int of = state ?? agent.State;
        var row = new Range(of * actions, (of + 1) * actions);
        return new(agent.Episode, agent.Steps, of, agent.Q[row], agent.Visits[row]);
    }
}
