namespace GridWorld;

/// <summary>Finds the states that can be reached, avoided forever, or reached with probability 1, from the transitions alone.</summary>
internal static class Reach
{
    /// <summary>The states that can be visited from the starts, including terminal states to which a move leads by its offset.</summary>
    /// <param name="model">The tables.</param>
    /// <param name="states">Number of states. If <paramref name="model"/> has more, states that differ only in their last action count as
    /// one.</param>
    public static bool[] From(ExpectedModel model, int states)
    {
        var all = From(model);
        for (int s = states; s < all.Length; s++)
            all[s % states] |= all[s];
        return all[..states];
    }

    static bool[] From(ExpectedModel model)
    {
        var reached = new bool[model.States];
        var open = new Stack<int>();
        foreach (var (state, _) in model.Starts)
            Visit(state);
        while (open.TryPop(out int state))
        {
            if (model.Terminal[state])
                continue;
            for (int pair = state * model.Actions, end = pair + model.Actions; pair < end; pair++)
            {
                foreach (int delta in model.Deltas(model.Code(pair)))
                    Visit(state + delta);
            }
        }

        return reached;

        void Visit(int state)
        {
            if (!reached[state])
            {
                reached[state] = true;
                open.Push(state);
            }
        }
    }

    /// <summary>
    /// The largest set of nodes that each have an allowed pair that surely stays within the set and does not end the episode. Exactly from
    /// these nodes, allowed actions can continue forever with certainty.
    /// </summary>
    public static bool[] StayForever(TransitionGraph graph, bool[] allowed)
    {
        var inside = new bool[graph.Nodes];
        var left = new int[graph.Nodes];
        var isOut = new bool[allowed.Length];
        var open = new Stack<int>();
        for (int node = 0; node < graph.Nodes; node++)
        {
            var (first, end) = graph.Pairs(node);
            for (int pair = first; pair < end; pair++)
            {
                isOut[pair] = !allowed[pair] || graph.Ends(pair);
                left[node] += isOut[pair] ? 0 : 1;
            }

            inside[node] = left[node] > 0;
            if (!inside[node])
                open.Push(node);
        }

        while (open.TryPop(out int node))
        {
            foreach (int pair in graph.Into(node))
            {
                if (isOut[pair])
                    continue;
                isOut[pair] = true;
                int from = graph.NodeOf(pair);
                if (--left[from] == 0)
                {
                    inside[from] = false;
                    open.Push(from);
                }
            }
        }

        return inside;
    }

    /// <summary>
    /// The least number of steps by allowed pairs from each node to an end or to a node of <paramref name="goals"/>; −1 if there is no
    /// path.
    /// </summary>
    /// <param name="graph">The transitions.</param>
    /// <param name="goals">Nodes at distance 0; null for ends only.</param>
    /// <param name="allowed">Pairs that can be used; null for all.</param>
    /// <param name="order">Receives the reached nodes, nearest first.</param>
    /// <param name="countEnds">Whether an end is also a goal.</param>
    public static int[] Layers(TransitionGraph graph, bool[]? goals, bool[]? allowed, List<int> order, bool countEnds = true)
    {
        var layer = new int[graph.Nodes];
        order.Clear();
        for (int node = 0; node < graph.Nodes; node++)
        {
            layer[node] = goals is not null && goals[node] ? 0 : -1;
            if (layer[node] == 0)
                order.Add(node);
        }

        for (int node = 0; countEnds && node < graph.Nodes; node++)
        {
            var (first, end) = graph.Pairs(node);
            for (int pair = first; pair < end && layer[node] < 0; pair++)
            {
                if ((allowed is null || allowed[pair]) && graph.Ends(pair))
                    layer[node] = 1;
            }

            if (layer[node] == 1)
                order.Add(node);
        }

        // Goals come first, then nodes that end in one step. The queue stays in order of distance, because neighbors of goals are appended.
        for (int next = 0; next < order.Count; next++)
        {
            int node = order[next];
            foreach (int pair in graph.Into(node))
            {
                int from = graph.NodeOf(pair);
                if (layer[from] < 0 && (allowed is null || allowed[pair]))
                {
                    layer[from] = layer[node] + 1;
                    order.Add(from);
                }
            }
        }

        return layer;
    }

    /// <summary>
    /// The nodes from which allowed actions can reach an end or a node of <paramref name="goals"/> with probability 1. On return,
    /// <paramref name="allowed"/> contains only pairs that surely stay among these nodes (de Alfaro 1997, "Formal verification of
    /// probabilistic systems", section 3.5).
    /// </summary>
    public static bool[] AlmostSurely(TransitionGraph graph, bool[]? goals, bool[] allowed)
    {
        var order = new List<int>();
        var sure = new bool[graph.Nodes];
        Array.Fill(sure, true);
        while (true)
        {
            var layer = Layers(graph, goals, allowed, order);
            bool changed = false;
            for (int node = 0; node < sure.Length; node++)
            {
                if (!sure[node] || layer[node] >= 0 || graph.IsTerminal(node))
                    continue;
                sure[node] = false;
                changed = true;
                foreach (int pair in graph.Into(node))
                    allowed[pair] = false;
                var (first, end) = graph.Pairs(node);
                allowed.AsSpan(first, end - first).Clear();
            }

            if (!changed)
                return sure;
        }
    }
}
