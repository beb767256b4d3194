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
        planner.Guess();
        if (!withoutPasses)
            planner.ValueIteration();
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

    // One pass outward from the ends. A move to a state that is not processed yet counts as a move that stays. The result is close enough
    // that few passes follow; from 0 or from a bound, they would count down step by step.
    void Guess()
    {
        var known = Array.ConvertAll(isOpen, open => !open);
        foreach (int state in order)
        {
            double best = Stop(state);
            for (int pair = state * model.Actions, end = pair + model.Actions; pair < end; pair++)
            {
                if (IsAllowed(pair))
                    best = Math.Max(best, Guess(state, model.Code(pair), known));
            }

            values[state] = double.IsFinite(best) ? best : 0;
            known[state] = true;
        }
    }

    double Guess(int state, int code, bool[] known)
    {
        var deltas = model.Deltas(code);
        var chances = model.Chances(code);
        double sum = 0, stays = model.Restart[code];
        for (int k = 0; k < deltas.Length; k++)
        {
            if (known[state + deltas[k]])
                sum += chances[k] * values[state + deltas[k]];
            else
                stays += chances[k];
        }

        return stays < 1 - 1e-9 ? (model.Reward[code] + model.Discount * sum) / (1 - model.Discount * stays) : double.NegativeInfinity;
    }

    void ValueIteration()
    {
        bool isSmall = (double)model.States * model.States <= 1e8;
        for (int pass = 0; pass < (isSmall ? WarmPasses : ManyPasses); pass++)
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

            if (model.IsMixed ? change <= 1e-12 * size : relative <= 1e-12)
                break;
        }
    }

    void PolicyIteration(int maxPolicies)
    {
        var policy = new int[model.States];
        foreach (int state in order)
            policy[state] = Best(state, model.StartValue(values), out _);
        if (model.Discount == 1)
            Repair(policy);
        for (int round = 0; round < maxPolicies; round++)
        {
            iterations++;
            if (!Improve(policy, Evaluate(policy)))
                return;
            if (model.Discount == 1)
                TakeOutInfinite(policy);
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

    // Sets states from which the policy cannot end to an action on a path to an end.
    void Repair(int[] policy)
    {
        var layer = Endings(policy);
        foreach (int state in order)
        {
            if (layer[state] < 0)
                policy[state] = toEnd[state];
        }
    }

    int[] Endings(int[] policy)
    {
        var goals = new bool[graph.Nodes];
        var used = new bool[graph.RestartPair + 1];
        used[graph.RestartPair] = true;
        for (int s = 0; s < model.States; s++)
        {
            goals[s] = !isOpen[s] || policy[s] < 0;
            if (!goals[s])
                used[s * model.Actions + policy[s]] = true;
        }

        return Reach.Layers(graph, goals, used, []);
    }

    // An improvement of a proper policy that is not proper itself pays forever, and so does every state that can reach such a state.
    void TakeOutInfinite(int[] policy)
    {
        var layer = Endings(policy);
        var pays = new bool[graph.Nodes];
        bool any = false;
        foreach (int state in order)
            any |= pays[state] = layer[state] < 0;
        if (!any)
            return;
        layer = Reach.Layers(graph, pays, null, [], countEnds: false);
        for (int s = 0; s < model.States; s++)
        {
            if (isOpen[s] && layer[s] >= 0)
                (values[s], isOpen[s]) = (double.PositiveInfinity, false);
        }

        order = Array.FindAll(order, s => isOpen[s]);
    }
}
