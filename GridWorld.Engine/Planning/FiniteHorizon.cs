namespace GridWorld;

/// <summary>What happens within a number of steps: exact probabilities and expectations, undiscounted.</summary>
public static class FiniteHorizon
{
    /// <summary>Once less than this is still under way nothing of weight can happen any more.</summary>
    const double Negligible = 1e-18;

    /// <summary>
    /// Best probability of success within <paramref name="steps"/> steps, by a policy that knows how many are left (backward induction:
    /// Puterman 1994, section 4.5). Success is an end entered with a reward above 0, or with the largest reward of any end.
    /// </summary>
    public static double BestSuccessProbability(Mdp mdp, int steps, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        var model = new ExpectedModel(Process(DerivedMdp.WithSuccessRewards(mdp), steps), 1);
        double[] values = new double[model.States], next = new double[model.States];
        for (int left = 1; left <= steps; left++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double restart = model.StartValue(values);
            for (int s = 0; s < values.Length; s++)
                next[s] = model.Terminal[s] ? 0 : model.BestValue(s, values, restart);
            (values, next) = (next, values);
        }

        return model.Bound(model.StartValue(values));
    }

    /// <summary>Best probability of success without a step limit.</summary>
    public static double BestSuccessProbability(Mdp mdp, CancellationToken cancellationToken = default) =>
        Planner.Solve(DerivedMdp.WithSuccessRewards(Given.NotNull(mdp)), 1, cancellationToken).StartValue;

    /// <summary>Probability that a policy succeeds within a number of steps; null: without a limit. See <see cref="BestSuccessProbability(Mdp, int, CancellationToken)"/>.</summary>
    public static double SuccessProbability(Mdp mdp, StationaryPolicy policy, int? steps = null, CancellationToken cancellationToken = default) => steps is { } limit
        ? ExpectedReturn(DerivedMdp.WithSuccessRewards(Given.NotNull(mdp)), policy, limit, cancellationToken)
        : PolicyEvaluation.Evaluate(DerivedMdp.WithSuccessRewards(Given.NotNull(mdp)), policy, 1, cancellationToken).StartValue ?? 0;

    /// <summary>Expected number of steps of an episode under a step limit.</summary>
    public static double MeanLength(Mdp mdp, StationaryPolicy policy, int steps, CancellationToken cancellationToken = default) =>
        ExpectedReturn(DerivedMdp.WithUnitRewards(Given.NotNull(mdp)), policy, steps, cancellationToken);

    /// <summary>The expected undiscounted return of a policy under a step limit, by following the distribution over states from step to step.</summary>
    /// <exception cref="InputException">The policy is for another number of states or actions, or <paramref name="steps"/> is negative.</exception>
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
            // A policy that goes round forever comes to rest; every further step is then the same.
            if (flow.IsAtRest)
                return sum + (steps - step - 1.0) * flow.Gain;
        }

        return model.Bound(sum);
    }

    static Mdp Process(Mdp mdp, int steps)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        new Faults().Require(steps >= 0, $"The number of steps must be 0 or more (got {steps}).").ThrowIfAny();
        return mdp.Sticky > 0 ? DerivedMdp.WithLastAction(mdp) : mdp;
    }
}
