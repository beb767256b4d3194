namespace GridWorld;

/// <summary>Evaluate and improve until nothing improves (Howard 1960; Sutton and Barto, 2nd ed., section 4.3).</summary>
public static class PolicyIteration
{
    /// <summary>The optimal plan; its iterations count the policies evaluated.</summary>
    /// <param name="mdp">The tables.</param>
    /// <param name="discountFactor">γ in [0, 1].</param>
    /// <param name="cancellationToken">Ends the work by an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InputException">The discount factor is out of range, or gives the start no finite value, or none that is proven.</exception>
    public static Plan Solve(Mdp mdp, double discountFactor = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        Planner.CheckDiscount(discountFactor);
        var model = new ExpectedModel(mdp.Sticky > 0 ? DerivedMdp.WithLastAction(mdp) : mdp, discountFactor);
        var graph = new TransitionGraph(model);
        return Planner.Finish(mdp, model, new(graph), StochasticPlanner.Solve(model, graph, cancellationToken, withoutPasses: true), cancellationToken);
    }
}
