namespace GridWorld;

/// <summary>
/// Finds the sets of nodes within which allowed actions can stay forever and can reach every node from every other (de Alfaro 1997,
/// section 3.3).
/// </summary>
internal static class EndComponents
{
    /// <summary>All end components. On return, <paramref name="allowed"/> contains only pairs that stay within one of them.</summary>
    public static List<List<int>> Of(TransitionGraph graph, bool[] allowed)
    {
        while (true)
        {
            var inside = Reach.StayForever(graph, allowed);
            var component = new int[graph.Nodes];
            var all = new List<List<int>>();
            for (int node = 0; node < inside.Length; node++)
                Clear(graph, allowed, node, pair => !inside[node] || graph.Ends(pair) || graph.MayReach(pair, next => !inside[next]));
            for (int node = 0; node < inside.Length; node++)
            {
                if (!inside[node] || component[node] > 0)
                    continue;
                var backward = Backward(graph, allowed, node);
                all.Add([.. Forward(graph, allowed, node).Where(n => backward.Contains(n))]);
                foreach (int member in all[^1])
                    component[member] = all.Count;
            }

            bool changed = false;
            for (int node = 0; node < inside.Length; node++)
                changed |= Clear(graph, allowed, node, pair => graph.MayReach(pair, next => component[next] != component[node]));
            if (!changed)
                return all;
        }
    }

    static bool Clear(TransitionGraph graph, bool[] allowed, int node, Func<int, bool> leaves)
    {
        bool any = false;
        var (first, end) = graph.Pairs(node);
        for (int pair = first; pair < end; pair++)
        {
            if (allowed[pair] && leaves(pair))
                (allowed[pair], any) = (false, true);
        }

        return any;
    }

    static HashSet<int> Forward(TransitionGraph graph, bool[] allowed, int from)
    {
        var seen = new HashSet<int> { from };
        for (var open = new Stack<int>(seen); open.TryPop(out int node);)
        {
            var (first, end) = graph.Pairs(node);
            for (int pair = first; pair < end; pair++)
            {
                if (!allowed[pair])
                    continue;
                graph.MayReach(pair, next =>
                {
                    if (seen.Add(next))
                        open.Push(next);
                    return false;
                });
            }
        }

        return seen;
    }

    static HashSet<int> Backward(TransitionGraph graph, bool[] allowed, int to)
    {
        var seen = new HashSet<int> { to };
        for (var open = new Stack<int>(seen); open.TryPop(out int node);)
        {
            foreach (int pair in graph.Into(node))
            {
                if (allowed[pair] && seen.Add(graph.NodeOf(pair)))
                    open.Push(graph.NodeOf(pair));
            }
        }

        return seen;
    }
}
