namespace GridWorld;

/// <summary>Something about a run that a person should know.</summary>
/// <param name="Flag">exploring, no_improvement, same_action, diverging, non_finite, greedy_optimal, step_limit, goal_never_reached or no_reward.</param>
/// <param name="Text">Who did it (the greedy or the exploring policy), what was measured over which episodes, and what to do.</param>
public sealed record DiagnosticFlag(string Flag, string Text);

/// <summary>What tells a healthy run from a sick one, computed from a copy of the tables.</summary>
public sealed record Diagnostics
{
    /// <summary>The episode of the copy.</summary>
    public required long Episode { get; init; }

    /// <summary>Mean over visited (state, action) pairs of |E[R + γ·max Q(S′, ·)] − Q(S, A)|, in the world as it is at the agent's step; null before the first step.</summary>
    public required double? MeanTdError { get; init; }

    /// <summary>Smallest greedy value of a visited state; null before the first step.</summary>
    public required double? MinQ { get; init; }

    /// <summary>Mean greedy value of the visited states; null before the first step.</summary>
    public required double? MeanQ { get; init; }

    /// <summary>Greatest greedy value of a visited state; null before the first step.</summary>
    public required double? MaxQ { get; init; }

    /// <summary>Share of every action among all steps; they add up to 1, or are 0 before the first step.</summary>
    public required IReadOnlyList<double> ActionDistribution { get; init; }

    /// <summary>Visited states.</summary>
    public required int VisitedStates { get; init; }

    /// <summary>The states that can be reached from the start and are not terminal, in the world as it is at the agent's step.</summary>
    public required int ReachableStates { get; init; }

    /// <summary>Warnings and remarks. The same episode of a run always has the same ones.</summary>
    public required IReadOnlyList<DiagnosticFlag> Flags { get; init; }

    /// <summary>Visited states as a share of those that can be reached, in [0, 1].</summary>
    public double VisitedShare => ReachableStates == 0 ? 0 : Math.Min(1, (double)VisitedStates / ReachableStates);
}
