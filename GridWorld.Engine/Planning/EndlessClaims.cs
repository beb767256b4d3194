namespace GridWorld;

/// <summary>
/// At discount 1, an agent can repeat a cycle forever whose costs and gains cancel. Such a path has no total, but its partial sums can
/// exceed the return of every path that ends. Then there is no optimum, and the value is NaN.
/// </summary>
internal static class EndlessClaims
{
    // A tighter tie for lost states, because their stop price leaves fewer digits.
    const double LostTie = 1e-13;

    /// <summary>
    /// Sets the value of a state to NaN if the partial sums of such a path exceed the best return of a path with a total.
    /// </summary>
    public static double[] Settle(ExpectedModel model, Lazy<TransitionGraph> graph, PlannedValues planned,
        CancellationToken cancellationToken)
    {
        double[] final = planned.Final();
        if (model.Discount < 1 || !(model.MinReward < 0 && model.MaxReward > 0) || Claims(model, graph.Value, planned) is not { } claims)
            return final;
        var claimed = StochasticPlanner.Solve(model, graph.Value, cancellationToken, claims: claims).Final();
        var tied = new TiedActions(model, final);
        for (int s = 0; s < final.Length; s++)
        {
            if (double.IsFinite(claimed[s]) && !tied.IsNoMore(s, claimed[s], final[s]))
                final[s] = double.NaN;
        }

        return final;
    }

    // With actions that lose nothing, the rewards of a path add up to the value of its first state minus the value of its current state.
    // A path within an end component returns to every state, including that with the least value, infinitely often.
    static double[]? Claims(ExpectedModel model, TransitionGraph graph, PlannedValues planned)
    {
        var allowed = new TiedActions(model, planned.Values).All(graph, losesNothing: true);
        if (planned.Lost is { } lost)
        {
            var strict = new TiedActions(model, planned.Values, LostTie).All(graph, losesNothing: true);
            for (int pair = 0; pair < graph.RestartPair; pair++)
                allowed[pair] = lost[graph.NodeOf(pair)] ? strict[pair] : allowed[pair];
        }

        double[]? claims = null;
        foreach (var component in EndComponents.Of(graph, allowed))
        {
            var states = component.FindAll(node => node != graph.RestartNode);
            double least = states.Min(s => planned.Values[s]);
            if (least >= 0 || !states.Exists(s => HasReward(s)))
                continue;
            claims ??= [.. Enumerable.Repeat(double.NaN, model.States)];
            foreach (int s in states)
                claims[s] = planned.Values[s] - least;
        }

        return claims;

        bool HasReward(int state) =>
            Enumerable.Range(state * model.Actions, model.Actions).Any(pair => allowed[pair] && model.Reward[model.Code(pair)] != 0);
    }
}
