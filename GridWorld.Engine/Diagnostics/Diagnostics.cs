namespace GridWorld;

/// <summary>Diagnostics of a run, computed from a copy of the agent's tables.</summary>
public sealed record Diagnostics
{
    /// <summary>The episode after which the tables were copied.</summary>
    public required long Episode { get; init; }

    /// <summary>
    /// Mean over visited (state, action) pairs of |E[R + γ·max Q(S′, ·)] − Q(S, A)|, for the map in force at the agent's step; of a
    /// planner, mean over updated states of the change that an update would make. Null before the first step.
    /// </summary>
    public required double? MeanTdError { get; init; }

    /// <summary>Smallest greedy value of a visited state; null before the first step.</summary>
    public required double? MinQ { get; init; }

    /// <summary>Mean greedy value of the visited states; null before the first step.</summary>
    public required double? MeanQ { get; init; }

    /// <summary>Greatest greedy value of a visited state; null before the first step.</summary>
    public required double? MaxQ { get; init; }

    /// <summary>Share of every action among all steps, in action order. The shares add up to 1; before the first step they are 0.</summary>
    public required IReadOnlyList<double> ActionDistribution { get; init; }

    /// <summary>Number of visited states.</summary>
    public required int VisitedStates { get; init; }

    /// <summary>Number of nonterminal states that can be reached from the start, for the map in force at the agent's step.</summary>
    public required int ReachableStates { get; init; }

    /// <summary>Warnings and remarks. They are always the same for the same episode of a run.</summary>
    public required IReadOnlyList<DiagnosticFlag> Flags { get; init; }

    /// <summary>Visited states as a share of the reachable states, in [0, 1].</summary>
    public double VisitedShare => ReachableStates == 0 ? 0 : Math.Min(1, (double)VisitedStates / ReachableStates);
}
