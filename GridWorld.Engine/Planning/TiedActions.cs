namespace GridWorld;

/// <summary>
/// The actions tied with the best: those whose value is at most <see cref="Plan.Tie"/> of the magnitude of both below the best.
/// </summary>
internal sealed class TiedActions
{
    readonly ExpectedModel model;
    readonly double[] values, sizes;
    readonly double restart, restartSize, tie;

    /// <param name="model">The tables.</param>
    /// <param name="values">Optimal values, one per state.</param>
    /// <param name="tie">Share of the magnitude that counts as rounding.</param>
    public TiedActions(ExpectedModel model, double[] values, double tie = Plan.Tie)
    {
        (this.model, this.values, this.tie) = (model, values, tie);
        sizes = Magnitudes.Of(model, values);
        (restart, restartSize) = (model.StartValue(values), model.StartValue(sizes));
        LargestSize = sizes.Max();
    }

    /// <summary>The largest magnitude of a finite value.</summary>
    public double LargestSize { get; }

    /// <summary>Whether the value of a state is 0, up to rounding.</summary>
    public bool IsZero(int state) => Math.Abs(values[state]) <= tie * sizes[state];

    /// <summary>Whether one value of a state is at most another, up to rounding.</summary>
    public bool IsNoMore(int state, double value, double than) => value <= than + tie * Math.Max(sizes[state], Math.Abs(value));

    /// <summary>Whether an action is tied with the best of its state; false in a terminal state.</summary>
    public bool Has(int state, int action) => !model.Terminal[state] && Has(state, action, model.BestValue(state, values, restart));

    /// <summary>The actions tied with the best of their state, as bits; 0 in a terminal state.</summary>
    public uint Of(int state)
    {
        uint bits = 0;
        if (model.Terminal[state])
            return bits;
        double best = model.BestValue(state, values, restart);
        for (int a = 0; a < model.Actions; a++)
            bits |= Has(state, a, best) ? 1u << a : 0;
        return bits;
    }

    /// <summary>All tied pairs and the restart.</summary>
    /// <param name="graph">The transitions.</param>
    /// <param name="losesNothing">Whether to compare with the value of the state, which may be that of stopping, instead of the best
    /// action.</param>
    public bool[] All(TransitionGraph graph, bool losesNothing = false)
    {
        var all = new bool[graph.RestartPair + 1];
        for (int s = 0; s < model.States; s++)
        {
            double best = losesNothing || model.Terminal[s] ? values[s] : model.BestValue(s, values, restart);
            for (int a = 0; a < model.Actions && !model.Terminal[s]; a++)
                all[s * model.Actions + a] = Has(s, a, best);
        }

        all[graph.RestartPair] = true;
        return all;
    }

    bool Has(int state, int action, double best)
    {
        int code = model.Code(state * model.Actions + action);
        double value = model.ActionValue(state, code, values, restart);
        if (value == best || !double.IsFinite(value) || !double.IsFinite(best))
            return value == best;
        double next = model.ActionValue(state, code, sizes, restartSize) - model.Reward[code] + model.Size[code];
        return best - value <= tie * Math.Max(sizes[state], next);
    }
}
