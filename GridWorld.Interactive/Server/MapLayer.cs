namespace GridWorld;

/// <summary>What a map can show of each state; NaN where there is nothing to show.</summary>
internal static class MapLayer
{
    public static IReadOnlyList<string> Names { get; } = ["value", "visits", "optimal_value", "optimal_difference"];

    /// <summary>The layer's number for a state, or null while the exact solution it needs is unknown.</summary>
    public static Func<int, double>? Of(string layer, World world, AgentSnapshot agent, Truth? truth)
    {
        var actions = world.Actions;
        return layer switch
        {
            "value" => state => IsVisited(agent, state, actions) ? Greedy(agent.Q, state, actions) : double.NaN,
            "visits" => state => Visits(agent, state, actions) is > 0 and var visits ? visits : double.NaN,
            "optimal_value" when truth is not null => state => world.IsWall(state) ? double.NaN : truth.OptimalValues[state],
            "optimal_difference" when truth is not null => state => IsVisited(agent, state, actions) ? Greedy(agent.Q, state, actions) - truth.OptimalValues[state] : double.NaN,
            _ => null,
        };
    }

    /// <summary>The greedy actions as bits, the first eight; 0 where the agent never was.</summary>
    public static byte GreedyBits(AgentSnapshot agent, int state, int actions)
    {
        if (!IsVisited(agent, state, actions))
            return 0;
        var best = Greedy(agent.Q, state, actions);
        var bits = 0;
        for (var a = 0; a < Math.Min(actions, 8); a++)
            if (agent.Q[state * actions + a] == best)
                bits |= 1 << a;
        return (byte)bits;
    }

    static bool IsVisited(AgentSnapshot agent, int state, int actions) => Visits(agent, state, actions) > 0;

    static long Visits(AgentSnapshot agent, int state, int actions)
    {
        long sum = 0;
        foreach (var visits in agent.Visits.AsSpan(state * actions, actions))
            sum += visits;
        return sum;
    }

    static double Greedy(double[] q, int state, int actions)
    {
        var best = q[state * actions];
        for (var a = 1; a < actions; a++)
            best = Math.Max(best, q[state * actions + a]);
        return best;
    }
}
