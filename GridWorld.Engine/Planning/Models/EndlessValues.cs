namespace GridWorld;

/// <summary>What a policy is worth at discount 1 where it never ends: 0 if it then costs and pays nothing, else −∞ or +∞.</summary>
internal static class EndlessValues
{
    /// <summary>Sets the values of states that are worth 0 or ±∞ for that reason; of the others the result tells which are no end.</summary>
    /// <param name="model">The tables.</param>
    /// <param name="graph">Their transitions.</param>
    /// <param name="used">Pairs that the policy may take.</param>
    /// <param name="layer">Steps to an end by these, −1 for none.</param>
    /// <param name="values">Written.</param>
    public static bool[] Set(ExpectedModel model, TransitionGraph graph, bool[] used, int[] layer, double[] values)
    {
        // Among the states that see no end: those that see no cost and no gain either are worth 0, and as good as ends.
        var uneven = From(model, graph, used, layer, code => model.Reward[code] != 0);
        var ends = new bool[graph.Nodes];
        for (int s = 0; s < values.Length; s++)
            ends[s] = model.Terminal[s] || (layer[s] < 0 && uneven[s] < 0);
        // A state from which no such end can be reached is caught, and so is every state that may lead to one.
        var caught = Reach.Layers(graph, ends, used, []);
        var costs = From(model, graph, used, caught, code => model.Reward[code] < 0);
        var pays = From(model, graph, used, caught, code => model.Reward[code] > 0);
        var isOpen = new bool[values.Length];
        for (int s = 0; s < values.Length; s++)
        {
            isOpen[s] = !ends[s] && costs[s] < 0 && pays[s] < 0;
            if (costs[s] >= 0 || pays[s] >= 0)
                values[s] = costs[s] < 0 ? double.PositiveInfinity : pays[s] < 0 ? double.NegativeInfinity : double.NaN;
        }

        return isOpen;
    }

    // Steps by which any state can get to one without a layer that has such a pair.
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
