namespace GridWorld;

/// <summary>What a policy is worth at discount 1 where it may never end: 0 if it then costs and pays nothing, else −∞ or +∞.</summary>
internal static class EndlessValues
{
    /// <summary>Sets the values of the states from which the policy may never end; others are left alone.</summary>
    /// <param name="model">The tables.</param>
    /// <param name="graph">Their transitions.</param>
    /// <param name="used">Pairs that the policy may take.</param>
    /// <param name="layer">Steps to an end by these, −1 for none.</param>
    /// <param name="values">Written.</param>
    public static void Set(ExpectedModel model, TransitionGraph graph, bool[] used, int[] layer, double[] values)
    {
        // From each endless state: whether something that costs, and something that pays, can still happen.
        var costs = From(model, graph, used, layer, code => model.Reward[code] < 0);
        var pays = From(model, graph, used, layer, code => model.Reward[code] > 0);
        for (int s = 0; s < values.Length; s++)
        {
            if (costs[s] >= 0 || pays[s] >= 0)
                values[s] = costs[s] < 0 ? double.PositiveInfinity : pays[s] < 0 ? double.NegativeInfinity : double.NaN;
        }
    }

    // Steps by which any state can get to an endless one with such a reward.
    static int[] From(ExpectedModel model, TransitionGraph graph, bool[] used, int[] layer, Func<int, bool> holds)
    {
        var goals = new bool[graph.Nodes];
        for (int s = 0; s < model.States; s++)
        {
            for (int pair = s * model.Actions, end = pair + model.Actions; pair < end && layer[s] < 0 && !model.Terminal[s]; pair++)
                goals[s] |= used[pair] && holds(model.Code(pair));
        }

        return Reach.Layers(graph, goals, used, [], countEnds: false);
    }
}
