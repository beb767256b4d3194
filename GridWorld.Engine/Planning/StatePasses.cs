namespace GridWorld;

/// <summary>Passes over the states of a model: value iteration, or iterative evaluation of a policy.</summary>
internal abstract class StatePasses(ExpectedModel model, double[] values)
{
    protected ExpectedModel Model => model;

    /// <summary>One value per state, after the passes so far.</summary>
    public double[] Values { get; protected set; } = values;

    /// <summary>Largest change of a value in the last pass.</summary>
    public double Change { get; protected set; } = double.PositiveInfinity;

    /// <summary>Largest magnitude of a value that the last pass computed.</summary>
    public double Size { get; protected set; }

    /// <summary>Updates of a state so far.</summary>
    public long Backups { get; protected set; }

    /// <summary>Whether the last pass changed no value by a threshold, or by more than rounding.</summary>
    public bool IsAtRest(double threshold) => IsSmall(Change, threshold, Size);

    protected static bool IsSmall(double change, double threshold, double size) => change < threshold || change <= 4e-16 * size;

    public abstract void Pass(CancellationToken cancellationToken);

    /// <param name="model">The tables.</param>
    /// <param name="values">Initial values. States whose value is not finite are left out.</param>
    /// <param name="order">Order of the updates.</param>
    /// <param name="threshold">In prioritized order, the change below which a state needs no update.</param>
    /// <param name="policy">The policy to evaluate; null to take the best action.</param>
    public static StatePasses Of(ExpectedModel model, double[] values, ValueIterationOrder order, double threshold,
        StationaryPolicy? policy = null)
    {
        if (order == ValueIterationOrder.Prioritized)
            return new PrioritizedPasses(model, values, threshold);
        var states = Enumerable.Range(0, model.States).Where(s => !model.Terminal[s] && double.IsFinite(values[s]));
        return new Sweeps(model, values, order == ValueIterationOrder.Backward ? Backward(model, [.. states]) : [.. states],
            order == ValueIterationOrder.Synchronous, policy);
    }

    static int[] Backward(ExpectedModel model, int[] states)
    {
        var graph = new TransitionGraph(model);
        var near = new List<int>();
        var layer = Reach.Layers(graph, [.. model.Terminal, false], null, near);
        var open = states.ToHashSet();
        return [.. near.Where(open.Contains), .. states.Where(s => layer[s] < 0)];
    }
}

/// <summary>Passes that update every state once.</summary>
internal sealed class Sweeps(ExpectedModel model, double[] values, int[] order, bool isSynchronous, StationaryPolicy? policy)
    : StatePasses(model, values)
{
    double[] next = isSynchronous ? [.. values] : values;

    public override void Pass(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (Change, Size, Backups) = (0, 0, Backups + order.Length);
        double restart = Model.StartValue(Values);
        foreach (int s in order)
        {
            double value = policy is null ? Model.BestValue(s, Values, restart) : Expected(policy, s, restart);
            Change = Math.Max(Change, Math.Abs(value - Values[s]));
            Size = Math.Max(Size, Math.Abs(value));
            next[s] = value;
        }

        (Values, next) = (next, Values);
    }

    double Expected(StationaryPolicy followed, int state, double restart)
    {
        double sum = 0;
        for (int a = 0; a < Model.Actions; a++)
        {
            double p = followed[state, a];
            if (p != 0)
                sum += p * Model.ActionValue(state, Model.Code(state * Model.Actions + a), Values, restart);
        }

        return sum;
    }
}

/// <summary>Passes of as many updates as there are states, always of the state whose value would change the most.</summary>
internal sealed class PrioritizedPasses : StatePasses
{
    readonly TransitionGraph graph;
    readonly PriorityHeap open;
    readonly double threshold;

    public PrioritizedPasses(ExpectedModel model, double[] values, double threshold) : base(model, values)
    {
        (graph, open, this.threshold) = (new(model), new(model.States), threshold);
        for (int s = 0; s < values.Length; s++)
            Consider(s);
    }

    public override void Pass(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (Change, Size) = (0, 0);
        for (int k = 0; k < Model.States && open.Count > 0; k++)
            Update(open.Pop());
    }

    void Update(int state)
    {
        double value = Model.BestValue(state, Values, Model.StartValue(Values));
        Change = Math.Max(Change, Math.Abs(value - Values[state]));
        Size = Math.Max(Size, Math.Abs(value));
        Values[state] = value;
        Backups++;
        Consider(state);
        foreach (int pair in graph.Into(state))
        {
            if (pair != graph.RestartPair)
            {
                Consider(graph.NodeOf(pair));
                continue;
            }

            foreach (int restart in graph.Into(graph.RestartNode))
                Consider(graph.NodeOf(restart));
        }
    }

    void Consider(int state)
    {
        if (Model.Terminal[state] || !double.IsFinite(Values[state]))
            return;
        double change = Math.Abs(Model.BestValue(state, Values, Model.StartValue(Values)) - Values[state]);
        if (!IsSmall(change, threshold, Math.Abs(Values[state])))
            open.Raise(state, change);
    }
}
