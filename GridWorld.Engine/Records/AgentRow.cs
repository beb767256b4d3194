using System.Collections.Immutable;

namespace GridWorld;

/// <summary>A copy of the agent's tables for one state.</summary>
/// <param name="Episode">Number of episodes that had ended.</param>
/// <param name="Step">Number of steps taken.</param>
/// <param name="State">The state.</param>
/// <param name="Q">Action values of the state.</param>
/// <param name="Visits">Number of times each action was taken.</param>
/// <param name="PlannedValue">The planner's value of the state; null for a learner.</param>
/// <param name="In">The world with the rewards in force.</param>
internal sealed record AgentRow(long Episode, long Step, int State, ImmutableArray<double> Q, ImmutableArray<long> Visits,
    double? PlannedValue, RunWorld In)
{
    /// <summary>The row of a state in a copy; null selects the agent's state.</summary>
    public static AgentRow Of(AgentSnapshot agent, int? state, int actions)
    {
        int of = state ?? agent.State;
        var row = new Range(of * actions, (of + 1) * actions);
        return new(agent.Episode, agent.Step, of, agent.Q[row], agent.Visits[row], agent.Planned?.Values[of], agent.In);
    }
}
