namespace GridWorld;

/// <summary>
/// At discount 1 one may go round forever where costs and gains cancel: such a walk has no total, and, measured at its best moments,
/// may claim more than any way that ends. Where it does there is no optimum to compare with, and the value is none.
/// </summary>
internal static class EndlessClaims
{
    // Prices beyond all others leave fewer digits to tell by.
    const double LostTie = 1e-13;

    /// <summary>Sets to NaN the values of states from which such a walk claims more than the best way that has a total.</summary>
    public static double[] Settle(ExpectedModel model, Lazy<TransitionGraph> graph, PlannedValues planned, CancellationToken cancellation)
    {
        double[] final = planned.Final();
        if (model.Discount < 1 || !(model.MinReward < 0 && model.MaxReward > 0) || Claims(model, graph.Value, planned) is not { } claims)
            return final;
        var claimed = StochasticPlanner.Solve(model, graph.Value, cancellation, claims: claims).Final();
        var tied = new TiedActions(model, final);
        for (int s = 0; s < final.Length; s++)
        {
            if (double.IsFinite(claimed[s]) && !tied.IsNoMore(s, claimed[s], final[s]))
                final[s] = double.NaN;
        }

        return final;
    }

    // By actions that lose nothing, what was earned on a walk is the value where it began less the value where it is now.
    // A walk within a component comes back to the least value again and again, and to all others.
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

        bool HasReward(int state) => Enumerable.Range(state * model.Actions, model.Actions).Any(pair => allowed[pair] && model.Reward[model.Code(pair)] != 0);
    }
}
