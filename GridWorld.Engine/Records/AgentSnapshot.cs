using System.Collections.Immutable;

namespace GridWorld;

/// <summary>A copy of the agent's tables.</summary>
/// <param name="Episode">Number of episodes that had ended.</param>
/// <param name="Step">Number of steps taken.</param>
/// <param name="State">State of the agent.</param>
/// <param name="Q">Action values, indexed by state × actions + action.</param>
/// <param name="Visits">Number of times each action was taken, indexed in the same way; for a planner, of updates to its value.</param>
/// <param name="Planned">Values and errors of the states, which a planner knows; null for a learner.</param>
public sealed record AgentSnapshot(long Episode, long Step, int State, ImmutableArray<double> Q, ImmutableArray<long> Visits,
    PlannedStates? Planned = null)
{
    /// <summary>The world with the rewards in force, and its tables.</summary>
    internal RunWorld In { get; init; } = null!;

    /// <summary>The tables in force.</summary>
    internal Mdp Tables => In.Tables.At(Step);

    /// <summary>The value of a state: that of the planner, or the greatest action value of the learner.</summary>
    internal double ValueOf(int state, int actions) =>
        Planned?.Values[state] ?? Greedy.Of(Q.AsSpan(state * actions, actions)).Value;

    /// <summary>Whether any action was taken in a state.</summary>
    internal bool HasVisited(int state, int actions) => Visits.AsSpan(state * actions, actions).ContainsAnyExcept(0L);
}
