namespace GridWorld;

/// <summary>The exact solution of a run's world, and how far the agent is from it.</summary>
/// <param name="OptimalValues">V*, one a state, discounted with the run's γ.</param>
/// <param name="OptimalQ">Q*, state × actions + action.</param>
/// <param name="OptimalValue">V* at the start, the mean over the start states.</param>
/// <param name="OptimalReturn">Exact expected undiscounted return of the optimal policy under the run's step limit.</param>
/// <param name="DiscountFactor">The γ it was computed for.</param>
public sealed record Truth(double[] OptimalValues, double[] OptimalQ, double OptimalValue, double? OptimalReturn, double DiscountFactor)
{
    /// <summary>How far the agent is; null until it is known.</summary>
    public Distance? Distance { get; init; }

    internal Plan? Plan { get; init; }
}

/// <summary>How far an agent is from the truth.</summary>
/// <param name="Episode">The episode it was computed for.</param>
/// <param name="Step">Steps that had been taken.</param>
/// <param name="GreedyValue">Exact discounted value of the greedy policy at the start; null where it never ends and has no value.</param>
/// <param name="OptimalActionShare">Share of the reachable states whose greedy action is optimal, in [0, 1].</param>
/// <param name="Proper">Whether the greedy policy reaches an end with probability 1.</param>
public sealed record Distance(long Episode, long Step, double? GreedyValue, double OptimalActionShare, bool Proper);
