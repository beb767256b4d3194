namespace GridWorld;

/// <summary>
/// The value at discount 1 of a policy that never ends: 0 if its rewards are 0 from then on, −∞ or +∞ if they have one sign, otherwise NaN.
/// </summary>
internal static class EndlessValues
{
    /// <summary>Sets the values that are not finite, and returns the states whose values are still to be computed.</summary>
    /// <param name="model">The tables.</param>
    /// <param name="graph">The transitions of the tables.</param>
    /// <param name="used">Pairs that the policy can take.</param>
    /// <param name="layer">Number of steps to an end by these pairs, −1 for none.</param>
    /// <param name="values">The values, which are written.</param>
    public static bool[] Set(ExpectedModel model, TransitionGraph graph, bool[] used, int[] layer, double[] values)
    {
        // Of the states that cannot reach an end, those that cannot reach a cost or a gain either have the value 0 and count as ends.
        var uneven = From(model, graph, used, layer, code => model.Reward[code] != 0);
        var ends = new bool[graph.Nodes];
        for (int s = 0; s < values.Length; s++)
            ends[s] = model.Terminal[s] || (layer[s] < 0 && uneven[s] < 0);
        // A state that cannot reach any end is caught. A state that can reach a caught state has no finite value if there are costs or
        // gains.
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

    // The number of steps from each state to a state that has no layer and has a pair for which the condition holds.
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
