using System.Collections.Immutable;

namespace GridWorld;

/// <summary>The exact solution of a run's world, and the agent's distance from it.</summary>
/// <param name="OptimalValues">Optimal values V*, one per state, discounted by the run's γ.</param>
/// <param name="OptimalQ">Optimal action values Q*, indexed by state × actions + action.</param>
/// <param name="OptimalValue">Optimal value at the start: the expectation of V* over the start states.</param>
/// <param name="OptimalReturn">Exact expected undiscounted return of the optimal policy under the run's step limit.</param>
/// <param name="DiscountFactor">Discount factor γ of the solution.</param>
public sealed record ExactSolution(ImmutableArray<double> OptimalValues, ImmutableArray<double> OptimalQ, double OptimalValue,
    double? OptimalReturn, double DiscountFactor)
{
    /// <summary>The agent's distance from the optimum; null until it is computed.</summary>
    public DistanceToOptimum? Distance { get; init; }

    internal Plan? Plan { get; init; }
}
