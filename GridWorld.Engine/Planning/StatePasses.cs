namespace GridWorld;

/// <summary>
/// Passes over the states of a model, one update at a time: value iteration, iterative evaluation of a policy, or policy iteration.
/// </summary>
internal abstract class StatePasses(ExpectedModel model, double[] values, StationaryPolicy? policy = null)
{
    bool isUnderWay;

    public ExpectedModel Model => model;

    /// <summary>One value per state, after the passes so far.</summary>
    public double[] Values { get; protected set; } = values;

    /// <summary>The same with the updates of the pass under way.</summary>
    public double[] Newest => isUnderWay ? Next : Values;

    /// <summary>Largest change of a value in the last pass.</summary>
    public double Change { get; protected set; } = double.PositiveInfinity;

    /// <summary>Largest magnitude of a value that the last pass computed.</summary>
    public double Size { get; protected set; }

    /// <summary>Updates of a state so far.</summary>
    public long Backups { get; private set; }

    /// <summary>Whether the pass under way has no more updates.</summary>
    public abstract bool IsOver { get; }

    /// <summary>The state of the next update, if the pass is not over.</summary>
    public abstract int NextState { get; }

    /// <summary>Whether the last pass changed no value by a threshold, or by more than rounding.</summary>
    public virtual bool IsAtRest(double threshold) => IsSmall(Change, threshold, Size);

    /// <summary>The change that an update of a state would make to its value now; 0 in a terminal state.</summary>
    public double Error(int state) =>
        Model.Terminal[state] ? 0 : Math.Abs(Target(state, Model.StartValue(Values), out _) - Values[state]);

    public void Pass(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Begin();
        while (!IsOver)
            Update();
        End();
    }

    public virtual void Begin() => (isUnderWay, Change, Size) = (true, 0, 0);

    /// <summary>Updates the next state and returns the action whose value it took.</summary>
    public int Update()
    {
        Backups++;
        return UpdateNext();
    }

    public virtual void End() => isUnderWay = false;

    /// <summary>Writes everything that later passes depend on. Call it only between passes.</summary>
    public virtual void Save(StateWriter state)
    {
        state.Write<double>("v", Values);
        state.Write<double>("v_change", [Change, Size]);
    }

    public virtual void Load(StateReader state)
    {
        state.Read<double>("v", Values);
        var last = state.ReadChecked<double>("v_change", 2, size => size >= 0);
        (Change, Size) = (last[0], last[1]);
    }

    protected virtual double[] Next => Values;

    protected abstract int UpdateNext();

    /// <summary>The value that an update gives a state, and its best action or the likeliest of the policy.</summary>
    protected double Target(int state, double restart, out int action)
    {
        if (policy is null)
            return Model.BestValue(state, Values, restart, out action);
        double sum = 0, most = 0;
        action = 0;
        for (int a = 0; a < Model.Actions; a++)
        {
            double p = policy[state, a];
            if (p != 0)
                sum += p * Model.ActionValue(state, Model.Code(state * Model.Actions + a), Values, restart);
            if (p > most)
                (most, action) = (p, a);
        }

        return sum;
    }

    protected void Note(double value, double before) =>
        (Change, Size) = (Math.Max(Change, Math.Abs(value - before)), Math.Max(Size, Math.Abs(value)));

    protected static bool IsSmall(double change, double threshold, double size) => change < threshold || change <= 4e-16 * size;

    /// <param name="model">The tables.</param>
    /// <param name="values">Initial values. States whose value is not finite are left out.</param>
    /// <param name="order">Order of the updates.</param>
    /// <param name="threshold">In prioritized order, the change below which a state needs no update.</param>
    /// <param name="policy">The policy to evaluate; null to take the best action.</param>
    public static StatePasses Of(ExpectedModel model, double[] values, ValueIterationOrder order, double threshold,
        StationaryPolicy? policy = null)
    {
        if (order == ValueIterationOrder.Prioritized)
            return new PrioritizedPasses(model, values, threshold, policy);
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
    : StatePasses(model, values, policy)
{
    double[] next = isSynchronous ? [.. values] : values;
    double restart;
    int place;

    public override bool IsOver => place == order.Length;

    public override int NextState => order[place];

    protected override double[] Next => next;

    public override void Begin()
    {
        base.Begin();
        (place, restart) = (0, Model.StartValue(Values));
        Values.CopyTo(next, 0);
    }

    protected override int UpdateNext()
    {
        int state = order[place++];
        double value = Target(state, restart, out int action);
        Note(value, Values[state]);
        next[state] = value;
        return action;
    }

    public override void End()
    {
        base.End();
        (Values, next) = (next, Values);
    }
}

/// <summary>Passes of as many updates as there are states, always of the state whose value would change the most.</summary>
internal sealed class PrioritizedPasses : StatePasses
{
    readonly TransitionGraph graph;
    readonly PriorityHeap open;
    readonly double threshold;
    int left;

    public PrioritizedPasses(ExpectedModel model, double[] values, double threshold, StationaryPolicy? policy)
        : base(model, values, policy)
    {
        (graph, open, this.threshold) = (new(model), new(model.States), threshold);
        for (int s = 0; s < values.Length; s++)
            Consider(s);
    }

    public override bool IsOver => left == 0 || open.Count == 0;

    public override int NextState => open.First;

    public override void Begin()
    {
        base.Begin();
        left = Model.States;
    }

    public override void Save(StateWriter state)
    {
        base.Save(state);
        open.Save(state);
    }

    public override void Load(StateReader state)
    {
        base.Load(state);
        open.Load(state);
    }

    protected override int UpdateNext()
    {
        int state = open.Pop();
        left--;
        double value = Target(state, Model.StartValue(Values), out int action);
        Note(value, Values[state]);
        Values[state] = value;
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

        return action;
    }

    void Consider(int state)
    {
        if (Model.Terminal[state] || !double.IsFinite(Values[state]))
            return;
        double change = Error(state);
        if (!IsSmall(change, threshold, Math.Abs(Values[state])))
            open.Raise(state, change);
    }
}
