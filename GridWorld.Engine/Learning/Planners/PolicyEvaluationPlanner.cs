namespace GridWorld;

/// <summary>
/// Iterative evaluation of a policy as a run: every pass updates the states to the expected value of the policy. Sutton and Barto, 2nd ed.,
/// section 4.1. The policy is the ε-greedy one of the run's initial action values; without them, all actions are equally good, and it takes
/// each with equal probability. The world must not have sticky actions.
/// </summary>
public sealed record PolicyEvaluationPlanner : PlannerOptions
{
    /// <summary>Creates the options with ε = 0.</summary>
    public PolicyEvaluationPlanner() => Epsilon = 0;

    /// <inheritdoc/>
    public override string Name => "policy-evaluation";

    /// <summary>The order in which a pass updates the states. Default synchronous.</summary>
    public ValueIterationOrder Order { get; init; }

    private protected override IEnumerable<string> Shared => [.. base.Shared, "epsilon", "ties"];

    /// <inheritdoc/>
    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        .. base.OwnSettings,
        LearnerSetting.Choice("order", "the order in which a pass updates the states", (PolicyEvaluationPlanner o) => o.Order,
            (o, v) => o with { Order = v }),
    ];

    internal override StatePasses Passes(Mdp mdp, Hyperparameters now, QTable initial, StatePasses? before)
    {
        RefuseSticky(mdp);
        var values = new double[mdp.States];
        for (int s = 0; s < values.Length; s++)
            values[s] = before?.Values[s] ?? (mdp.IsTerminal(s) ? 0 : InitialValue);
        var model = new ExpectedModel(mdp, now.DiscountFactor);
        return StatePasses.Of(model, values, Order, ValueIteration.Rounding(model),
            StationaryPolicy.EpsilonGreedy(initial.Values, mdp.Actions, now.Epsilon, TieBreaking == TieBreaking.First));
    }
}
