namespace GridWorld;

/// <summary>
/// Selects among tied actions. If an agent can repeat a cycle forever without loss, a tied action may never reach the end. The selected
/// policy ends with probability 1 if any policy of tied actions does.
/// </summary>
internal static class PolicySelection
{
    /// <summary>The policy, and the tied pairs that never reach the end (null for none).</summary>
    public static (int[] Policy, bool[]? Idle) Select(ExpectedModel model, Lazy<TransitionGraph> graph, TiedActions tied)
    {
        // At discount 1, a loop is never tied if every step has a cost above the tie.
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

    /// <summary>For each node, whether tied actions can end with probability 1.</summary>
    public static bool[] CanEnd(TransitionGraph graph, TiedActions tied) => Reach.AlmostSurely(graph, null, tied.All(graph));

    // The tied pairs that are left out. These are the pairs that leave the states that can end with probability 1, and, if ties allow the
    // agent to continue forever, the pairs that do not lead nearer to the end. At discount 1, in states that cannot end with probability 1,
    // continuing forever at no cost counts as an end for states with value 0, and the other states must reach one of them.
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

    // Marks the idle pairs of nodes that can reach an end or a goal (a node that is done or rests) with probability 1, and returns the
    // nodes.
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
