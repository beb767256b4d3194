namespace GridWorld;

/// <summary>Exact solutions: the yardstick for learners.</summary>
public static class Planner
{
    /// <summary>
    /// The optimal values and policy. Deterministic worlds are solved in order of value, worlds with chance by Gauss–Seidel value
    /// iteration and policy iteration; either way the values are those of the policy given, to rounding. Sticky actions are
    /// planned with the last action as part of the state; values and policy are then those of a state with no last action (the best action is the same with one).
    /// </summary>
    /// <param name="mdp">The tables; of a world that changes, those of its first phase (see <see cref="SolvePhases"/>).</param>
    /// <param name="discountFactor">γ in [0, 1].</param>
    /// <param name="cancellationToken">Ends the work by an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InputException">The discount factor is out of range, or gives the start no finite value, or none that the planner can prove.</exception>
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

    /// <summary>A plan for each phase of a world that changes, each as if the map stayed so; the first is the world as it starts.</summary>
    public static IReadOnlyList<Plan> SolvePhases(Mdp mdp, double discountFactor = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        return [Solve(mdp, discountFactor, cancellationToken), .. mdp.Changes.Select(c => Solve(c.Mdp, discountFactor, cancellationToken))];
    }

    /// <summary>
    /// The optimum among ε-soft policies, those that give every action at least the probability ε / actions: the limit of
    /// on-policy learners with a fixed ε. The plan's policy is the action preferred; its values are those of playing so softly.
    /// </summary>
    /// <param name="mdp">The tables.</param>
    /// <param name="epsilon">ε in [0, 1].</param>
    /// <param name="discountFactor">γ in [0, 1].</param>
    /// <param name="cancellationToken">Ends the work by an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InputException">A value is out of range, or the start has no finite value.</exception>
    public static Plan SolveSoft(Mdp mdp, double epsilon, double discountFactor = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        new Faults().Require(epsilon is >= 0 and <= 1, $"Epsilon must be between 0 and 1 (got {epsilon}).")
            .ThrowIfAny();
        CheckDiscount(discountFactor);
        // What sticks is what was executed: exploring comes first.
        return mdp.Sticky > 0
            ? SolveProcess(mdp, DerivedMdp.WithExploration(DerivedMdp.WithLastAction(mdp), epsilon), discountFactor, cancellationToken)
            : Solve(DerivedMdp.WithExploration(mdp, epsilon), discountFactor, cancellationToken);
    }

    internal static void CheckDiscount(double discountFactor) =>
        new Faults().Require(discountFactor is >= 0 and <= 1, $"The discount factor must be between 0 and 1 (got {discountFactor}).").ThrowIfAny();

    /// <summary>Policy, residual and ties of optimal values; refuses a start without a finite value.</summary>
    internal static Plan Finish(Mdp mdp, ExpectedModel model, Lazy<TransitionGraph> graph, PlannedValues planned, CancellationToken cancellation)
    {
        var values = EndlessClaims.Settle(model, graph, planned, cancellation);
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
            throw new InputException($"The values of this world are beyond what a number can represent ({double.MaxValue:G2}). Scale its rewards down.");
        string why = double.IsNaN(start) ? "a cycle whose rewards cancel can be walked forever, and what that adds up to is not defined"
            : start > 0 ? "a cycle of positive reward can be walked forever"
            : "no policy is sure to reach an end, and continuing costs forever";
        throw new InputException($"This world has no finite value at discount factor {model.Discount}: {why}. Choose a discount factor below 1, or change the map or its rewards.");
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
