namespace GridWorld;

/// <summary>
/// Picks among tied actions. Where allowed to go round for ever at no loss, an optimal action may never get anywhere; what is
/// picked here reaches an end with probability 1 wherever some way of breaking the ties does.
/// </summary>
internal static class PolicySelection
{
    /// <summary>Ties of the policy are judged relative to the value: far from the goal all values may lie within <see cref="Plan.Tie"/>.</summary>
    const double Relative = 1e-11;

    /// <summary>The policy and the tied pairs that stand still for ever (null: none).</summary>
    public static (int[] Policy, bool[]? Idle) Select(ExpectedModel model, Lazy<TransitionGraph> lazyGraph, double[] values)
    {
        double restartValue = model.StartValue(values);
        // At discount 1 with a price on every step no loop is ever tied.
        if (model.Discount == 1 && model.MaxReward < 0)
            return (First(model, values, restartValue), null);

        var graph = lazyGraph.Value;
        var loose = Tied(model, graph, values, restartValue, _ => Plan.Tie);
        var idle = Idle(model, graph, loose, values);
        if (idle is null)
            return (First(model, values, restartValue), null);

        var tight = Tied(model, graph, values, restartValue, v => Math.Min(Plan.Tie, Relative * Math.Abs(v)));
        var idleTight = Idle(model, graph, tight, values);
        bool isLooser = !Sure(graph, loose).AsSpan().SequenceEqual(Sure(graph, tight));
        return (First(graph, model, isLooser ? loose : tight, isLooser ? idle : idleTight), idle);
    }

    /// <summary>For each node whether tied actions can end with probability 1.</summary>
    public static bool[] CanEnd(ExpectedModel model, TransitionGraph graph, double[] values) =>
        Reach.AlmostSurely(graph, null, Tied(model, graph, values, model.StartValue(values), _ => Plan.Tie));

    static bool[] Sure(TransitionGraph graph, bool[] tied) => Reach.AlmostSurely(graph, null, (bool[])tied.Clone());

    static int[] First(ExpectedModel model, double[] values, double restartValue)
    {
        var policy = new int[model.States];
        for (int s = 0; s < policy.Length; s++)
        {
            if (model.Terminal[s] || !double.IsFinite(values[s]))
                continue;
            double least = values[s] - Math.Min(Plan.Tie, Relative * Math.Abs(values[s]));
            double best = double.NegativeInfinity;
            for (int a = 0; a < model.Actions; a++)
            {
                double q = model.ActionValue(s, model.Code(s * model.Actions + a), values, restartValue);
                if (q > best)
                    (policy[s], best) = (a, q);
                if (best >= least)
                    break;
            }
        }

        return policy;
    }

    static int[] First(TransitionGraph graph, ExpectedModel model, bool[] tied, bool[]? idle)
    {
        var policy = new int[model.States];
        for (int s = 0; s < policy.Length; s++)
        {
            var (first, end) = graph.Pairs(s);
            for (int pair = first; pair < end; pair++)
            {
                if (tied[pair] && (idle is null || !idle[pair]))
                {
                    policy[s] = pair - first;
                    break;
                }
            }
        }

        return policy;
    }

    static bool[] Tied(ExpectedModel model, TransitionGraph graph, double[] values, double restartValue, Func<double, double> tolerance)
    {
        var tied = new bool[graph.RestartPair + 1];
        var q = new double[model.Actions];
        for (int s = 0; s < model.States; s++)
        {
            if (model.Terminal[s])
                continue;
            int pair = s * model.Actions;
            for (int a = 0; a < q.Length; a++)
                q[a] = model.ActionValue(s, model.Code(pair + a), values, restartValue);
            double best = BellmanBackups.Optimal(q), least = double.IsFinite(best) ? best - tolerance(best) : best;
            for (int a = 0; a < q.Length; a++)
                tied[pair + a] = q[a] >= least;
        }

        tied[graph.RestartPair] = true;
        return tied;
    }

    // Tied pairs that are left out: those that leave the states which can be sure of an end, and, where ties allow to go on for
    // ever, those that come no step nearer to the way out. At discount 1, where there is no end to be sure of, going on for ever
    // at no cost is one for states worth 0; others must get there, too.
    static bool[]? Idle(ExpectedModel model, TransitionGraph graph, bool[] tied, double[] values)
    {
        var stays = Reach.StayForever(graph, tied);
        if (!Array.Exists(stays, s => s))
            return null;
        var idle = new bool[tied.Length];
        var sure = Mark(graph, tied, stays, null, null, idle);
        if (model.Discount == 1)
        {
            var free = DeterministicPlanner.ZeroPairs(model, graph);
            for (int pair = 0; pair < graph.RestartPair; pair++)
                free[pair] &= tied[pair] && Math.Abs(values[graph.NodeOf(pair)]) <= Plan.Tie;
            var rests = Reach.StayForever(graph, free);
            for (int node = 0; node < rests.Length; node++)
            {
                rests[node] &= !sure[node];
                var (first, end) = graph.Pairs(node);
                for (int pair = first; rests[node] && pair < end; pair++)
                    idle[pair] = tied[pair] && (!free[pair] || graph.MayReach(pair, next => !rests[next]));
            }

            Mark(graph, tied, stays, sure, rests, idle);
        }

        return Array.Exists(idle, i => i) ? idle : null;
    }

    // Marks the idle pairs of nodes that can be sure of an end or of a goal (a node that is done or rests), and gives those nodes.
    static bool[] Mark(TransitionGraph graph, bool[] tied, bool[] stays, bool[]? done, bool[]? rests, bool[] idle)
    {
        bool IsGoal(int node) => done is not null && (done[node] || rests![node]);
        var goals = new bool[graph.Nodes];
        for (int node = 0; node < goals.Length; node++)
            goals[node] = IsGoal(node);
        var safe = (bool[])tied.Clone();
        var sure = Reach.AlmostSurely(graph, goals, safe);
        for (int node = 0; node < goals.Length; node++)
            goals[node] |= sure[node] && !stays[node];
        var layer = Reach.Layers(graph, goals, safe, []);
        for (int node = 0; node < goals.Length; node++)
        {
            if (!sure[node] || IsGoal(node))
                continue;
            var (first, end) = graph.Pairs(node);
            for (int pair = first; pair < end; pair++)
            {
                idle[pair] = tied[pair] && (!safe[pair]
                    || (stays[node] && !graph.Ends(pair) && !graph.MayReach(pair, next => layer[next] >= 0 && layer[next] < layer[node])));
            }
        }

        return sure;
    }
}
