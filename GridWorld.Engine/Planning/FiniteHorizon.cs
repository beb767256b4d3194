namespace GridWorld;

/// <summary>Exact undiscounted probabilities and expectations within a number of steps.</summary>
public static class FiniteHorizon
{
    /// <summary>The probability of an unfinished episode below which the remaining steps are negligible.</summary>
    const double Negligible = 1e-18;

    /// <summary>
    /// Returns the best probability of success within <paramref name="steps"/> steps, for a policy that knows how many steps are left
    /// (backward induction: Puterman 1994, section 4.5). A success is a step that ends the episode with a reward above 0, or with the
    /// largest reward of all such steps.
    /// </summary>
    /// <exception cref="InputException"><paramref name="steps"/> is negative, or the tables are too large.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static double BestSuccessProbability(Mdp mdp, int steps, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        var model = new ExpectedModel(Process(DerivedMdp.WithSuccessRewards(mdp), steps), 1);
        var passes = StatePasses.Of(model, new double[model.States], ValueIterationOrder.Synchronous, 0);
        for (int left = 1; left <= steps; left++)
            passes.Pass(cancellationToken);
        return model.Bound(model.StartValue(passes.Values));
    }

    /// <summary>Returns the best probability of success without a step limit.</summary>
    /// <exception cref="InputException">The optimum cannot be proven.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static double BestSuccessProbability(Mdp mdp, CancellationToken cancellationToken = default) =>
        Planner.Solve(DerivedMdp.WithSuccessRewards(Guard.NotNull(mdp)), 1, cancellationToken).StartValue;

    /// <summary>
    /// Returns the probability that a policy succeeds within a number of steps, or without a step limit if <paramref name="steps"/> is
    /// null. See <see cref="BestSuccessProbability(Mdp, int, CancellationToken)"/>.
    /// </summary>
    /// <exception cref="InputException">The policy has another number of states or actions, or <paramref name="steps"/> is
    /// negative.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static double SuccessProbability(
        Mdp mdp, StationaryPolicy policy, int? steps = null, CancellationToken cancellationToken = default) => steps is { } limit
        ? ExpectedReturn(DerivedMdp.WithSuccessRewards(Guard.NotNull(mdp)), policy, limit, cancellationToken)
        : PolicyEvaluation.Evaluate(DerivedMdp.WithSuccessRewards(Guard.NotNull(mdp)), policy, 1, cancellationToken).StartValue ?? 0;

    /// <summary>Returns the expected number of steps of an episode under a step limit.</summary>
    /// <exception cref="InputException">The policy has another number of states or actions, or <paramref name="steps"/> is
    /// negative.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static double MeanLength(Mdp mdp, StationaryPolicy policy, int steps, CancellationToken cancellationToken = default) =>
        ExpectedReturn(DerivedMdp.WithUnitRewards(Guard.NotNull(mdp)), policy, steps, cancellationToken);

    /// <summary>
    /// Returns the expected undiscounted return of a policy under a step limit, from the distribution over states at each step.
    /// </summary>
    /// <exception cref="InputException">The policy has another number of states or actions, or <paramref name="steps"/> is
    /// negative.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static double ExpectedReturn(Mdp mdp, StationaryPolicy policy, int steps, CancellationToken cancellationToken = default)
    {
        PolicyEvaluation.Check(mdp, policy, 1);
        var process = Process(mdp, steps);
        var model = new ExpectedModel(process, 1);
        var flow = new PolicyFlow(model, mdp.Sticky > 0 ? policy.Repeated(mdp.Actions + 1) : policy);
        double sum = 0;
        for (int step = 0; step < steps; step++)
        {
            if (step % 256 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            sum += flow.Step();
            if (flow.Alive < Negligible)
                break;
            // The distribution of a policy that never ends can become stationary; then every further step is the same.
            if (flow.IsAtRest)
                return sum + (steps - step - 1.0) * flow.Gain;
        }

        return model.Bound(sum);
    }

    static Mdp Process(Mdp mdp, int steps)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        new Faults().Require(steps >= 0, $"The number of steps must be 0 or more (got {steps}).").ThrowIfAny();
        return DerivedMdp.WithLastAction(mdp);
    }
}
