namespace GridWorld;

/// <summary>Computes exact solutions, to which learners can be compared.</summary>
public static class Planner
{
    /// <summary>
    /// Computes the optimal values and policy. Deterministic worlds are solved in order of value; worlds with chance are solved by
    /// Gauss–Seidel value iteration and policy iteration. In both cases the values are those of the returned policy, up to rounding. With
    /// sticky actions, the last action is part of the planned state; the returned values and policy are those of states without a last
    /// action. (The best action does not depend on the last action.)
    /// </summary>
    /// <param name="mdp">The tables. If the world changes, its first phase is solved; see <see cref="SolvePhases"/>.</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1]. Default 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">The discount factor is out of range, or the start has no finite value or none that can be
    /// proven.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Plan Solve(Mdp mdp, double discountFactor = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        CheckDiscount(discountFactor);
        using var measured = Telemetry.Measure("solve", Telemetry.SolveTime);
        measured.Activity?.SetTag("gridworld.states", mdp.States).SetTag("gridworld.discount_factor", discountFactor);
        return SolveProcess(mdp, mdp.Sticky > 0 ? DerivedMdp.WithLastAction(mdp) : mdp, discountFactor, cancellationToken);
    }

    static Plan SolveProcess(Mdp mdp, Mdp process, double discountFactor, CancellationToken cancellationToken)
    {
        var model = new ExpectedModel(process, discountFactor);
        var graph = new Lazy<TransitionGraph>(() => new(model));
        return Finish(mdp, model, graph, model.IsDeterministic
            ? DeterministicPlanner.Solve(model, graph, cancellationToken)
            : StochasticPlanner.Solve(model, graph.Value, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Computes a plan for each phase of a world that changes, as if the map never changed again. The first plan is for the initial world.
    /// </summary>
    /// <exception cref="InputException">The discount factor is out of range, or a start has no finite value or none that can be
    /// proven.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static IReadOnlyList<Plan> SolvePhases(Mdp mdp, double discountFactor = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        return [Solve(mdp, discountFactor, cancellationToken), .. mdp.Changes.Select(c => Solve(c.Mdp, discountFactor, cancellationToken))];
    }

    /// <summary>
    /// Computes the optimum among ε-soft policies, which give every action at least the probability ε / actions. It is the limit of
    /// on-policy learners with a fixed ε. The plan's policy contains the preferred actions; its values are those of the ε-soft policy.
    /// </summary>
    /// <param name="mdp">The tables.</param>
    /// <param name="epsilon">Exploration rate ε, in [0, 1].</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1]. Default 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">A value is out of range, or the start has no finite value or none that can be proven.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Plan SolveSoft(Mdp mdp, double epsilon, double discountFactor = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        new Faults().Require(epsilon is >= 0 and <= 1, $"Epsilon must be between 0 and 1 (got {epsilon}).")
            .ThrowIfAny();
        CheckDiscount(discountFactor);
        // The repeated action is the one executed, so exploration is applied to the states with a last action.
        return mdp.Sticky > 0
            ? SolveProcess(mdp, DerivedMdp.WithExploration(DerivedMdp.WithLastAction(mdp), epsilon), discountFactor, cancellationToken)
            : Solve(DerivedMdp.WithExploration(mdp, epsilon), discountFactor, cancellationToken);
    }

    internal static void CheckDiscount(double discountFactor) =>
        new Faults().Require(discountFactor is >= 0 and <= 1, $"The discount factor must be between 0 and 1 (got {discountFactor}).")
            .ThrowIfAny();

    /// <summary>Determines policy, residual and ties of optimal values. Throws if the start has no finite value.</summary>
    internal static Plan Finish(Mdp mdp, ExpectedModel model, Lazy<TransitionGraph> graph, PlannedValues planned,
        CancellationToken cancellationToken)
    {
        var values = EndlessClaims.Settle(model, graph, planned, cancellationToken);
        CheckStart(model, values);
        for (int s = 0; s < values.Length; s++)
            values[s] = model.Bound(values[s]);
        var tied = new TiedActions(model, values);
        var (policy, idle) = PolicySelection.Select(model, graph, tied);
        return new(mdp, model, new(values, policy, tied, idle, planned.Iterations, Residual(model, values)));
    }

    static void CheckStart(ExpectedModel model, double[] values)
    {
        double start = model.StartValue(values);
        if (double.IsFinite(start))
            return;
        if (model.Discount < 1)
            throw new InputException($"The values of this world exceed the largest number ({double.MaxValue:G2}). Use smaller rewards.");
        string why = double.IsNaN(start) ? "an agent can repeat a cycle whose rewards cancel forever, and their sum is not defined"
            : start > 0 ? "an agent can repeat a cycle with a positive reward forever"
            : "no policy is certain to reach a terminal state, and continuing costs forever";
        throw new InputException($"This world has no finite value at discount factor {model.Discount}: {why}. "
            + "Use a discount factor below 1, or change the map or its rewards.");
    }

    static double Residual(ExpectedModel model, double[] values)
    {
        double residual = 0, restart = model.StartValue(values);
        for (int s = 0; s < values.Length; s++)
        {
            if (!model.Terminal[s] && double.IsFinite(values[s]))
                residual = Math.Max(residual, Math.Abs(model.BestValue(s, values, restart) - values[s]));
        }

        return residual;
    }
}
