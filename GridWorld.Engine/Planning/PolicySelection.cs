namespace GridWorld;

/// <summary>
/// Picks among tied actions. Where allowed to go round forever at no loss, an optimal action may never get anywhere; what is
/// picked here reaches an end with probability 1 wherever some way of breaking the ties does.
/// </summary>
internal static class PolicySelection
{
    /// <summary>The policy and the tied pairs that stand still forever (null: none).</summary>
    public static (int[] Policy, bool[]? Idle) Select(ExpectedModel model, Lazy<TransitionGraph> graph, TiedActions tied)
    {
        // At discount 1 no loop is ever tied where every step has a price that shows.
        var idle = model.Discount == 1 && -model.MaxReward > Plan.Tie * tied.LargestSize ? null : Idle(model, graph.Value, tied);
        var policy = new int[model.States];
        for (int s = 0; s < policy.Length; s++)
        {
            int first = s * model.Actions, action = 0;
            while (action < model.Actions && (!tied.Has(s, action) || idle?[first + action] == true))
                action++;
            policy[s] = action == model.Actions ? 0 : action;
        }

        return (policy, idle);
    }

    /// <summary>For each node whether tied actions can end with probability 1.</summary>
    public static bool[] CanEnd(TransitionGraph graph, TiedActions tied) => Reach.AlmostSurely(graph, null, tied.All(graph));

    // Tied pairs that are left out: those that leave the states which can be sure of an end, and, where ties allow to continue
    // forever, those that come no step nearer to the way out. At discount 1, where there is no end to be sure of, going on forever
    // at no cost is one for states worth 0; others must get there, too.
    static bool[]? Idle(ExpectedModel model, TransitionGraph graph, TiedActions actions)
    {
        var tied = actions.All(graph);
        var stays = Reach.StayForever(graph, tied);
        if (!Array.Exists(stays, s => s))
            return null;
        var idle = new bool[tied.Length];
        var sure = Mark(graph, tied, stays, null, null, idle);
        if (model.Discount == 1)
        {
            var free = DeterministicPlanner.ZeroPairs(model, graph);
            for (int pair = 0; pair < graph.RestartPair; pair++)
                free[pair] &= tied[pair] && actions.IsZero(graph.NodeOf(pair));
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
