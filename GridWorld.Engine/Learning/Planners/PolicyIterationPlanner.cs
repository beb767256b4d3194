namespace GridWorld;

/// <summary>
/// Policy iteration as a run: every pass evaluates a policy and improves it. Howard, 1960; Sutton and Barto, 2nd ed., section 4.3. With
/// evaluation passes it is modified policy iteration: Puterman and Shin, 1978. The first policy takes every action with equal probability,
/// or is greedy by the run's initial action values. The world must not have sticky actions.
/// </summary>
public sealed record PolicyIterationPlanner : PlannerOptions
{
    /// <inheritdoc/>
    public override string Name => "policy-iteration";

    /// <summary>
    /// Number of passes that evaluate each policy, from 0 to 1,000. Default 0: exactly, by solving its linear equations, which counts no
    /// updates.
    /// </summary>
    public int EvaluationPasses { get; init; }

    /// <inheritdoc/>
    protected override IEnumerable<LearnerSetting> OwnSettings =>
    [
        .. base.OwnSettings,
        LearnerSetting.Whole("evaluation_passes", "passes that evaluate each policy; 0 evaluates it exactly", 0, 1000,
            (PolicyIterationPlanner o) => o.EvaluationPasses, (o, v) => o with { EvaluationPasses = v }),
    ];

    internal override StatePasses Passes(Mdp mdp, Hyperparameters now, QTable initial, StatePasses? before)
    {
        RefuseSticky(mdp);
        var model = new ExpectedModel(mdp, now.DiscountFactor);
        var passes = new PolicyPasses(mdp, model, ValuesFrom(model, initial, before), EvaluationPasses == 0 ? null : EvaluationPasses,
            StationaryPolicy.EpsilonGreedy(initial.Values, mdp.Actions, 0, takesFirst: false));
        if (before is PolicyPasses { Chosen: { } chosen })
            passes.Follow(chosen);
        return passes;
    }
}
