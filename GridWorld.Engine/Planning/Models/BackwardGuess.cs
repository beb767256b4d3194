namespace GridWorld;

/// <summary>
/// Values from one pass outward from the ends, in which a move to a state that is not processed yet counts as a move that stays. They are
/// close enough that few passes follow; from 0 or from a bound, passes would count down step by step.
/// </summary>
internal static class BackwardGuess
{
    /// <summary>Sets the values of the open states.</summary>
    /// <param name="model">The tables.</param>
    /// <param name="order">The open states, nearest to the ends first.</param>
    /// <param name="isOpen">One flag per state.</param>
    /// <param name="isAllowed">Whether a pair competes.</param>
    /// <param name="stop">The value of stopping in a state, −∞ if that is not allowed.</param>
    /// <param name="values">The values, of which those of other states are known.</param>
    public static void Set(ExpectedModel model, int[] order, bool[] isOpen, Func<int, bool> isAllowed, Func<int, double> stop,
        double[] values)
    {
        var known = Array.ConvertAll(isOpen, open => !open);
        foreach (int state in order)
        {
            double best = stop(state);
            for (int pair = state * model.Actions, end = pair + model.Actions; pair < end; pair++)
            {
                if (isAllowed(pair))
                    best = Math.Max(best, ActionValue(model, state, model.Code(pair), known, values));
            }

            values[state] = double.IsFinite(best) ? best : 0;
            known[state] = true;
        }
    }

    static double ActionValue(ExpectedModel model, int state, int code, bool[] known, double[] values)
    {
        var deltas = model.Deltas(code);
        var chances = model.Chances(code);
        double sum = 0, stays = model.Restart[code];
        for (int k = 0; k < deltas.Length; k++)
        {
            if (known[state + deltas[k]])
                sum += chances[k] * values[state + deltas[k]];
            else
                stays += chances[k];
        }

        return stays < 1 - 1e-9 ? (model.Reward[code] + model.Discount * sum) / (1 - model.Discount * stays) : double.NegativeInfinity;
    }
}
