namespace GridWorld;

/// <summary>
/// Value iteration as a run: every pass updates the states to the value of their best action. Bellman, 1957; Sutton and Barto, 2nd ed.,
/// section 4.4. In prioritized order it is prioritized sweeping with the true model: Moore and Atkeson, 1993. The run's initial action
/// values, if it has any, give the initial values.
/// </summary>
public sealed record ValueIterationPlanner : PlannerOptions
{
    /// <inheritdoc/>
    public override string Name => "value-iteration";

    /// <summary>
    /// The order in which a pass updates the states. Default synchronous: after k passes, the values are those of k steps.
    /// </summary>
    public ValueIterationOrder Order { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        .. base.OwnSettings,
        LearnerSetting.Choice("order", "the order in which a pass updates the states", (ValueIterationPlanner o) => o.Order,
            (o, v) => o with { Order = v }),
    ];

    internal override StatePasses Passes(Mdp mdp, Hyperparameters now, QTable initial, StatePasses? before)
    {
        var model = new ExpectedModel(DerivedMdp.WithLastAction(mdp), now.DiscountFactor);
        return StatePasses.Of(model, ValuesFrom(model, initial, before), Order, ValueIteration.Rounding(model));
    }
}
