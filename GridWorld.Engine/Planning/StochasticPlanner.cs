namespace GridWorld;

/// <summary>
/// Value iteration for worlds with chance, Gauss–Seidel in backward order from the ends (Bertsekas, Dynamic Programming and Optimal
/// Control, 4th ed., vol. II, section 2.2), completed by policy iteration with exact evaluation. At discount 1, only actions that can still
/// end with probability 1 compete, and continuing forever at no cost counts as an end with value 0. Therefore every evaluated policy is
/// proper and the last one is optimal (stochastic shortest paths: Bertsekas and Tsitsiklis 1991; loops of length 0: Bertsekas and Yu 2016).
/// </summary>
internal sealed class StochasticPlanner
{
    internal const int MaxPolicies = 1000;
    const int WarmPasses = 200, ManyPasses = 100_000;
    const double EvaluationError = 1e-11;

    readonly ExpectedModel model;
    readonly TransitionGraph graph;
    readonly CancellationToken cancellationToken;
    readonly double[] values;
    readonly double stopPrice;
    readonly bool[]? allowed;   // pairs that compete; null for all
    readonly bool[] mayStop;    // states in which the agent may stop; see Stop for the value
    readonly double[]? claims;  // value of stopping in each state, NaN if not allowed; null for none
    readonly bool[] isLost;     // states that cannot end with probability 1
    readonly int[] toEnd;       // for each state, the first action of a path to an end; −1 to stop
    readonly bool[] isOpen;     // states whose values are to be computed
    int[] order;                // the open states, nearest to the ends first
    long iterations;

    StochasticPlanner(ExpectedModel model, TransitionGraph graph, double[]? claims, CancellationToken cancellationToken)
    {
        (this.model, this.graph, this.claims, this.cancellationToken) = (model, graph, claims, cancellationToken);
        values = new double[model.States];
        (mayStop, isLost, isOpen) = (new bool[model.States], new bool[model.States], Array.ConvertAll(model.Terminal, t => !t));
        stopPrice = -1e6 * model.LargestSize * Math.Min(model.States, 1e3);
        if (model.Discount == 1)
            allowed = FindEnds();
        (toEnd, order) = WaysToEnd();
    }

    /// <summary>The optimal values and the number of passes and policies.</summary>
    /// <param name="model">The tables.</param>
    /// <param name="graph">The transitions of the tables.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="withoutPasses">Whether to use only policy iteration.</param>
    /// <param name="claims">At discount 1, the value of stopping in each state, NaN if not allowed; null if stopping is not
    /// allowed.</param>
    /// <param name="maxPolicies">The most policies.</param>
    /// <exception cref="InputException">The plan can still be improved after <paramref name="maxPolicies"/> policies.</exception>
    public static PlannedValues Solve(ExpectedModel model, TransitionGraph graph, CancellationToken cancellationToken,
        bool withoutPasses = false, double[]? claims = null, int maxPolicies = MaxPolicies)
    {
        var planner = new StochasticPlanner(model, graph, claims, cancellationToken);
        BackwardGuess.Set(model, planner.order, planner.isOpen, planner.IsAllowed, planner.Stop, planner.values);
        if (withoutPasses || !planner.ValueIteration())
            planner.PolicyIteration(maxPolicies);
        return new(planner.values, planner.iterations, planner.isLost);
    }

    // At discount 1, the agent may stop in a state if it can continue forever at no cost. A state is lost if neither an end nor such a stop
    // can be reached with probability 1.
    bool[] FindEnds()
    {
        var free = Reach.StayForever(graph, DeterministicPlanner.ZeroPairs(model, graph));
        for (int s = 0; s < model.States && claims is not null; s++)
            free[s] |= !double.IsNaN(claims[s]);
        var pairs = new bool[graph.RestartPair + 1];
        Array.Fill(pairs, true);
        var sure = Reach.AlmostSurely(graph, free, pairs);
        for (int s = 0; s < model.States; s++)
        {
            mayStop[s] = free[s];
            isLost[s] = !sure[s];
            if (isLost[s] && model.MaxReward > 0)
            {
                // A cycle that pays appears as a policy that never stops, at any price of stopping.
                mayStop[s] = true;
                pairs.AsSpan(s * model.Actions, model.Actions).Fill(true);
            }

            // If no reward is positive, nothing is better than a free stop.
            isOpen[s] &= model.MaxReward > 0 ? sure[s] || mayStop[s] : sure[s] && !free[s];
            if (isLost[s] && !isOpen[s])
                values[s] = double.NegativeInfinity;
        }

        return pairs;
    }

    (int[] ToEnd, int[] Order) WaysToEnd()
    {
        var nodes = new List<int>();
        var goals = new bool[graph.Nodes];
        for (int s = 0; s < model.States; s++)
            goals[s] = model.Terminal[s] || mayStop[s];
        var layer = Reach.Layers(graph, goals, allowed, nodes);
        var ways = new int[model.States];
        for (int s = 0; s < ways.Length; s++)
        {
            ways[s] = mayStop[s] ? -1 : 0;
            for (int a = 0; a < model.Actions && isOpen[s] && !mayStop[s]; a++)
            {
                int pair = s * model.Actions + a;
                if (IsAllowed(pair) && (graph.Ends(pair) || graph.MayReach(pair, next => layer[next] >= 0 && layer[next] < layer[s])))
                {
                    ways[s] = a;
                    break;
                }
            }
        }

        // States without a path to an end come last, in their own order.
        var open = nodes.FindAll(n => n != graph.RestartNode && isOpen[n]);
        for (int s = 0; s < ways.Length; s++)
        {
            if (isOpen[s] && layer[s] < 0)
                open.Add(s);
        }

        return (ways, [.. open]);
    }

    bool IsAllowed(int pair) => allowed is null || allowed[pair];

    double Stop(int state) => !mayStop[state] ? double.NegativeInfinity : isLost[state] ? stopPrice
        : claims is null || double.IsNaN(claims[state]) ? 0 : claims[state];

    // The best action (−1 to stop) and its value.
    int Best(int state, double restart, out double value)
    {
        int best = -1;
        value = Stop(state);
        for (int a = 0, pair = state * model.Actions; a < model.Actions; a++, pair++)
        {
            if (!IsAllowed(pair))
                continue;
            double q = model.ActionValue(state, model.Code(pair), values, restart);
            if (q > value)
                (best, value) = (a, q);
        }

        return best;
    }

    // Whether the values are proven to be optimal.
    bool ValueIteration()
    {
        bool isSmall = (double)model.States * model.States <= 1e8;
        double[] least = Array.Exists(mayStop, may => may) ? Array.ConvertAll(order, Stop) : [];
        if (!isSmall && BackwardPasses.Of(model, order, allowed, least, values) is { } passes)
        {
            bool isProven = passes.Run(EvaluationError / 4, ManyPasses, cancellationToken);
            iterations += passes.Count;
            passes.CopyTo(values);
            return isProven;
        }

        for (int pass = 0; pass < (isSmall ? WarmPasses : ManyPasses) && Pass(); pass++)
            continue;
        return false;
    }

    // Whether a value changed by more than rounding.
    bool Pass()
    {
        cancellationToken.ThrowIfCancellationRequested();
        iterations++;
        double change = 0, relative = 0, size = 0, restart = model.StartValue(values);
        for (int i = 0; i < order.Length; i++)
        {
            int state = order[i];
            Best(state, restart, out double value);
            change = Math.Max(change, Math.Abs(value - values[state]));
            relative = Math.Max(relative, Math.Abs(value - values[state]) / Math.Max(Math.Abs(value), ChainSolver.Least));
            size = Math.Max(size, Math.Abs(value));
            values[state] = value;
        }

        return model.IsMixed ? change > 1e-12 * size : relative > 1e-12;
    }

    void PolicyIteration(int maxPolicies)
    {
        var policy = new int[model.States];
        foreach (int state in order)
            policy[state] = Best(state, model.StartValue(values), out _);
        if (model.Discount == 1)
            MakeProper(policy);
        for (int round = 0; round < maxPolicies; round++)
        {
            iterations++;
            double error = Evaluate(policy);
            int[] before = [.. policy];
            if (!Improve(policy, error) || (model.Discount == 1 && !TakeOutInfinite(policy, before)))
                return;
        }

        throw PlannedValues.Unproven($"{maxPolicies} policies");
    }

    // Solves for the policy's values and returns a bound on their relative error.
    double Evaluate(int[] policy)
    {
        foreach (int state in order)
            values[state] = policy[state] < 0 ? Stop(state) : values[state];
        var rows = Array.FindAll(order, s => policy[s] >= 0);
        Array.Sort(rows);
        return PolicySystem.Solve(model, StationaryPolicy.Of(policy, model.Actions), rows, values, order, EvaluationError, warm: true,
            cancellationToken);
    }

    bool Improve(int[] policy, double error)
    {
        double restart = model.StartValue(values), size = 0;
        foreach (int state in order)
            size = Math.Max(size, isLost[state] ? 0 : Math.Abs(values[state]));
        // If all rewards have one sign, nothing cancels, and even small values have full relative precision.
        double least = model.IsMixed ? Math.Max(4 * error, 1e-12) * size : 0;
        bool any = false;
        foreach (int state in order)
        {
            int best = Best(state, restart, out double value);
            if (best != policy[state] && value - values[state] > Math.Max(least, Math.Max(4 * error, 1e-11) * Math.Abs(values[state])))
                (policy[state], any) = (best, true);
        }

        return any;
    }

    // Of the actions that the values do not tell apart, takes those that lead to an end. Where there are none, takes a path to an end.
    void MakeProper(int[] policy)
    {
        var (ending, _) = PolicySelection.Select(model, new(graph), new TiedActions(model, values));
        foreach (int state in order)
        {
            if (policy[state] >= 0 && IsAllowed(state * model.Actions + ending[state]))
                policy[state] = ending[state];
        }

        var layer = Endings(policy);
        foreach (int state in order)
        {
            if (layer[state] < 0)
                policy[state] = toEnd[state];
        }
    }

    // The least number of steps of the policy to an end; −1 for none.
    int[] Endings(int[] policy) =>
        Reach.Layers(graph, [.. isOpen.Select((open, s) => !open || policy[s] < 0), false], Used(policy), []);

    // The pairs that the policy takes in open states, and the restart.
    bool[] Used(int[] policy)
    {
        var used = new bool[graph.RestartPair + 1];
        used[graph.RestartPair] = true;
        foreach (int state in order)
            used[state * model.Actions + Math.Max(0, policy[state])] = policy[state] >= 0;
        return used;
    }

    // An improvement of a proper policy that is not proper itself pays forever, and so does every state that can reach such a state. Where
    // nothing is paid, only rounding made the change, which is taken back. Returns whether a change remains.
    bool TakeOutInfinite(int[] policy, int[] before)
    {
        var layer = Endings(policy);
        var pays = new bool[graph.Nodes];
        foreach (int state in order)
            pays[state] = layer[state] < 0 && model.Reward[model.Code(state * model.Actions + policy[state])] > 0;
        var toPay = Reach.Layers(graph, pays, Used(policy), [], countEnds: false);
        bool isPaid = false;
        foreach (int state in order)
        {
            pays[state] = layer[state] < 0 && toPay[state] >= 0;
            isPaid |= pays[state];
            if (layer[state] < 0 && !pays[state])
                policy[state] = before[state];
        }

        if (isPaid)
        {
            layer = Reach.Layers(graph, pays, null, [], countEnds: false);
            for (int s = 0; s < model.States; s++)
            {
                if (isOpen[s] && layer[s] >= 0)
                    (values[s], isOpen[s]) = (double.PositiveInfinity, false);
            }

            order = Array.FindAll(order, s => isOpen[s]);
        }

        return isPaid || !policy.AsSpan().SequenceEqual(before);
    }
}
