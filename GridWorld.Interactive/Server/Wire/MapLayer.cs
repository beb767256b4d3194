namespace GridWorld;

/// <summary>The data for drawing a map.</summary>
/// <param name="World">The world.</param>
/// <param name="Agent">The agent's values and visits.</param>
/// <param name="ExactSolution">The exact solution; null while it is unknown.</param>
/// <param name="DiscountFactor">The run's γ.</param>
/// <param name="PolicyChanges">Gets the last changes of the policy as far as they are known; null while nothing is known.</param>
internal sealed record MapSource(World World, AgentSnapshot Agent, ExactSolution? ExactSolution, double DiscountFactor,
    Lazy<PolicyChanges?> PolicyChanges)
{
    readonly string cells = World.TextAt(Agent.Step);

    public int Actions => World.Actions;

    public Tile Tile(int state) => World.TileOf(state, cells);

    public ReadOnlySpan<double> Row(int state) => Agent.Q.AsSpan(state * Actions, Actions);

    public double Value(int state) => Agent.ValueOf(state, Actions);

    public long Visits(int state)
    {
        long sum = 0;
        foreach (var visits in Agent.Visits.AsSpan(state * Actions, Actions))
            sum += visits;
        return sum;
    }

    public bool IsVisited(int state) => Visits(state) > 0;
}

/// <summary>The layers of a map: one number per state, or NaN if there is nothing to show.</summary>
internal static class MapLayer
{
    public const string Q = "q", LastChange = "last_change";

    public static IReadOnlyList<string> Names { get; } = ["value", Q, "policy", "visits", "td_error", "optimal_difference",
        "optimal_value", LastChange];

    /// <summary>
    /// Whether the layer can have outliers that would wash out the other colors: values can, shares, counts and episodes cannot.
    /// </summary>
    public static bool HasOutliers(string layer) => layer is not ("policy" or "visits" or LastChange);

    /// <summary>
    /// Gets a function that returns the layer's number for a state; null while the exact solution that it needs is unknown.
    /// </summary>
    public static Func<int, double>? Of(string layer, MapSource map)
    {
        return layer switch
        {
            "value" or Q => Visited(map.Value),
            "policy" when map.ExactSolution?.Plan is { } plan => OptimalShare(map, OptimalityRule.Of(plan, map.Agent.Q)),
            "visits" => Visited(state => map.Visits(state)),
            "td_error" => TdError(map),
            "optimal_value" when map.ExactSolution is { } solution =>
                state => map.Tile(state).IsWall ? double.NaN : solution.OptimalValues[state],
            "optimal_difference" when map.ExactSolution is { } solution =>
                Visited(state => map.Value(state) - solution.OptimalValues[state]),
            LastChange when map.PolicyChanges.Value is { } changes =>
                state => changes.LastChange[state] is > 0 and var episode ? episode : double.NaN,
            _ => null,
        };

        Func<int, double> Visited(Func<int, double> number) => state => map.IsVisited(state) ? number(state) : double.NaN;
    }

    /// <summary>
    /// The actions of the layer's arrows, as bits of the first eight: the optimal actions for the layer of optimal values, else the agent's
    /// greedy ones. 0 for none.
    /// </summary>
    public static byte Arrows(string layer, MapSource map, int state)
    {
        if (layer != "optimal_value")
            return map.IsVisited(state) ? (byte)Greedy.Of(map.Row(state)).Actions : (byte)0;
        return map.ExactSolution is { } solution && map.Tile(state) is { IsWall: false, IsTerminal: false }
            ? (byte)(solution.Plan?.BestBits(state) ?? 0) : (byte)0;
    }

    /// <summary>The share of a state's greedy actions that are optimal.</summary>
    static Func<int, double> OptimalShare(MapSource map, OptimalityRule rule) => state =>
    {
        if (!map.IsVisited(state) || map.Tile(state).IsTerminal)
            return double.NaN;
        var greedy = Greedy.Of(map.Row(state));
        var optimal = 0;
        for (var place = 0; place < greedy.Count; place++)
            optimal += rule.IsOptimal(state, greedy.At(place)) ? 1 : 0;
        return (double)optimal / greedy.Count;
    };

    /// <summary>
    /// The mean |expected TD error| over the tried actions; of a planner, the change that an update of the state would make.
    /// </summary>
    static Func<int, double> TdError(MapSource map)
    {
        if (map.Agent.Planned is { } planned)
            return state => map.IsVisited(state) ? planned.Errors[state] : double.NaN;
        var mdp = map.Agent.Tables;
        return state =>
        {
            var (sum, count) = (0.0, 0);
            for (var a = 0; a < map.Actions; a++)
                if (map.Agent.Visits[state * map.Actions + a] > 0)
                    (sum, count) = (sum
                        + Math.Abs(ExpectedTarget.Of(mdp, state, a, map.Value, map.DiscountFactor) - map.Agent.Q[state * map.Actions + a]),
                        count + 1);
            return count == 0 ? double.NaN : sum / count;
        };
    }
}
