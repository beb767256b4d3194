using System.Collections.Immutable;

namespace GridWorld;

/// <summary>What a planner knows about the states, which its action values do not contain.</summary>
/// <param name="Values">One value per state: V, from which the action values Q(s, ·) look one step ahead.</param>
/// <param name="Errors">The change that an update would make to each value now, at least 0 (the Bellman error).</param>
public sealed record PlannedStates(ImmutableArray<double> Values, ImmutableArray<double> Errors);
