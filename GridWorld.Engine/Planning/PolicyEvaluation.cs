namespace GridWorld;

/// <summary>Computes the values of a given policy (Sutton and Barto, 2nd ed., section 4.1).</summary>
public static class PolicyEvaluation
{
    const double Error = 1e-11;

    /// <summary>
    /// Computes the exact values of a policy. The linear equations are solved directly if their band is narrow enough, otherwise by
    /// Gauss–Seidel until the error is proven to be below 1e-11 of the value. At discount 1, a policy that may continue forever at a cost
    /// has the value −∞; this is not an error.
    /// </summary>
    /// <param name="mdp">The tables.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1]. Default 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">
    /// The discount factor is out of range, the policy has another number of states or actions, or its values cannot be proven.
    /// </exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static PolicyValues Evaluate(Mdp mdp, StationaryPolicy policy, double discountFactor = 1,
        CancellationToken cancellationToken = default)
    {
        Check(mdp, policy, discountFactor);
        if (mdp.Sticky > 0)
            return Fold(mdp, Evaluate(DerivedMdp.WithLastAction(mdp), policy.Repeated(mdp.Actions + 1), discountFactor, cancellationToken));
        var model = new ExpectedModel(mdp, discountFactor);
        var (values, _) = Evaluate(model, new TransitionGraph(model), policy, cancellationToken, out bool isProper);
        double start = model.Bound(model.StartValue(values));
        return new(values.Freeze(), double.IsFinite(start) ? start : null, isProper);
    }

    /// <summary>Returns the expected number of steps of an episode without a step limit; null if the episode may never end.</summary>
    /// <exception cref="InputException">The policy has another number of states or actions, or its values cannot be proven.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static double? MeanLength(Mdp mdp, StationaryPolicy policy, CancellationToken cancellationToken = default) =>
        Evaluate(DerivedMdp.WithUnitRewards(Guard.NotNull(mdp)), policy, 1, cancellationToken).StartValue;

    /// <summary>
    /// Evaluates a policy iteratively from 0 until all values change by less than <paramref name="threshold"/> in a pass: synchronously
    /// (eq. 4.5) or in place, state by state.
    /// </summary>
    /// <param name="mdp">The tables.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1].</param>
    /// <param name="order">Synchronous or in place.</param>
    /// <param name="threshold">Positive, in the unit of the rewards.</param>
    /// <param name="maxPasses">The most passes. Default 1,000,000.</param>
    /// <exception cref="InputException">
    /// A value is out of range, the policy has another number of states or actions, or the values have not converged after
    /// <paramref name="maxPasses"/> passes.
    /// </exception>
    public static PolicyValues Iterate(
        Mdp mdp, StationaryPolicy policy, double discountFactor, ValueIterationOrder order, double threshold, long maxPasses = 1_000_000)
    {
        Check(mdp, policy, discountFactor);
        new Faults().Require(threshold > 0, $"The threshold must be above 0 (got {threshold}).")
            .Require(order is ValueIterationOrder.Synchronous or ValueIterationOrder.InPlace,
                $"The order of iterative policy evaluation must be Synchronous or InPlace (got {order}).")
            .Require(mdp.Sticky == 0,
                $"Iterative policy evaluation requires a world without sticky actions (sticky is {mdp.Sticky}). Use Evaluate.")
            .ThrowIfAny();
        var model = new ExpectedModel(mdp, discountFactor);
        var passes = StatePasses.Of(model, new double[mdp.States], order, threshold, policy);
        for (long pass = 1; pass <= maxPasses; pass++)
        {
            passes.Pass(default);
            if (passes.Change < threshold)
                return new(passes.Values.Freeze(), model.StartValue(passes.Values), true, pass);
        }

        string remedy = discountFactor < 1 ? " or allow more passes" : ", allow more passes, or use a discount factor below 1";
        throw new InputException(
            $"The values still change by {threshold} or more after {maxPasses} passes at discount factor {discountFactor}. "
            + $"Raise the threshold{remedy}.");
    }

    internal static void Check(Mdp mdp, StationaryPolicy policy, double discountFactor)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentNullException.ThrowIfNull(policy);
        Planner.CheckDiscount(discountFactor);
        new Faults().Require(policy.States == mdp.States && policy.Actions == mdp.Actions,
            $"The policy must have {mdp.States} states and {mdp.Actions} actions (got {policy.States} and {policy.Actions}).").ThrowIfAny();
    }

    /// <summary>The values, and for each node the least number of steps to an end; −1 for none.</summary>
    internal static (double[] Values, int[] Layer) Evaluate(ExpectedModel model, TransitionGraph graph, StationaryPolicy policy,
        CancellationToken cancellationToken, out bool isProper)
    {
        var used = Used(model, graph, policy);
        var order = new List<int>();
        var layer = Reach.Layers(graph, [.. model.Terminal, false], used, order);
        var values = new double[model.States];
        isProper = IsProper(model, policy, layer);
        var isOpen = model.Discount == 1 ? EndlessValues.Set(model, graph, used, layer, values) : Array.ConvertAll(model.Terminal, t => !t);
        int[] rows = [.. Enumerable.Range(0, model.States).Where(s => isOpen[s])];
        PolicySystem.Solve(model, policy, rows, values, [.. order], Error, warm: false, cancellationToken);
        return (Array.ConvertAll(values, model.Bound), layer);
    }

    /// <summary>For each node, whether the policy can end from there.</summary>
    internal static bool[] MayEnd(ExpectedModel model, TransitionGraph graph, StationaryPolicy policy) =>
        Array.ConvertAll(Reach.Layers(graph, [.. model.Terminal, false], Used(model, graph, policy), []), layer => layer >= 0);

    // All pairs that the policy can take.
    static bool[] Used(ExpectedModel model, TransitionGraph graph, StationaryPolicy policy)
    {
        var used = new bool[graph.RestartPair + 1];
        for (int s = 0; s < model.States; s++)
        {
            for (int a = 0; a < model.Actions; a++)
                used[s * model.Actions + a] = policy[s, a] > 0;
        }

        used[graph.RestartPair] = true;
        return used;
    }

    static bool IsProper(ExpectedModel model, StationaryPolicy policy, int[] layer)
    {
        var seen = new bool[model.States];
        var open = new Stack<int>(model.Starts.Select(s => s.State));
        while (open.TryPop(out int state))
        {
            if (seen[state])
                continue;
            seen[state] = true;
            if (layer[state] < 0)
                return false;
            for (int a = 0; a < model.Actions && !model.Terminal[state]; a++)
            {
                if (policy[state, a] == 0)
                    continue;
                foreach (int delta in model.Deltas(model.Code(state * model.Actions + a)))
                    open.Push(state + delta);
            }
        }

        return true;
    }

    static PolicyValues Fold(Mdp mdp, PolicyValues all) => all with { Values = all.Values[..mdp.States] };
}
