namespace GridWorld;

/// <summary>The exact solution of a run's world, and the agent's distance from it.</summary>
/// <param name="OptimalValues">Optimal values V*, one per state, discounted by the run's γ.</param>
/// <param name="OptimalQ">Optimal action values Q*, indexed by state × actions + action.</param>
/// <param name="OptimalValue">Optimal value at the start: the expectation of V* over the start states.</param>
/// <param name="OptimalReturn">Exact expected undiscounted return of the optimal policy under the run's step limit.</param>
/// <param name="DiscountFactor">Discount factor γ of the solution.</param>
public sealed record Truth(double[] OptimalValues, double[] OptimalQ, double OptimalValue, double? OptimalReturn, double DiscountFactor)
{
    /// <summary>The agent's distance from the optimum; null until it is computed.</summary>
    public Distance? Distance { get; init; }

    internal Plan? Plan { get; init; }
}

/// <summary>The distance of an agent from the optimum.</summary>
/// <param name="Episode">Episode for which the distance was computed.</param>
/// <param name="Step">Number of steps taken by then.</param>
/// <param name="GreedyValue">Exact discounted value of the greedy policy at the start; null if it is not finite.</param>
/// <param name="OptimalActionShare">Share of the reachable states whose greedy action is optimal, in [0, 1].</param>
/// <param name="Proper">Whether the greedy policy reaches a terminal state with probability 1.</param>
public sealed record Distance(long Episode, long Step, double? GreedyValue, double OptimalActionShare, bool Proper);
