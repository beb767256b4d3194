namespace GridWorld;

/// <summary>
/// Policy iteration: evaluates and improves a policy until nothing improves (Howard 1960; Sutton and Barto, 2nd ed., section 4.3).
/// </summary>
public static class PolicyIteration
{
    /// <summary>Computes the optimal plan. Its <see cref="Plan.Iterations"/> is the number of policies evaluated.</summary>
    /// <param name="mdp">The tables.</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1]. Default 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">The discount factor is out of range, or the start has no finite value or none that can be
    /// proven.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Plan Solve(Mdp mdp, double discountFactor = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        Planner.CheckDiscount(discountFactor);
        var model = new ExpectedModel(DerivedMdp.WithLastAction(mdp), discountFactor);
        var graph = new TransitionGraph(model);
        return Planner.Finish(mdp, model, new(graph), StochasticPlanner.Solve(model, graph, cancellationToken, withoutPasses: true),
            cancellationToken);
    }
}
