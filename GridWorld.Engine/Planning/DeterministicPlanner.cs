namespace GridWorld;

/// <summary>
/// Value iteration for worlds without chance, backward from the ends in order of value, best first. If no reward is positive and γ = 1,
/// every state is final when it is processed (Dijkstra 1959, label setting; see <see cref="ShortestPaths"/>). Otherwise a state may be
/// processed more than once (prioritized sweeping: Moore and Atkeson 1993; orders for exact planning: McMahan and Gordon 2005), and cycles
/// get their value in closed form from the pointers, as in policy iteration (Howard 1960), until a pass over all pairs improves nothing.
/// </summary>
internal sealed class DeterministicPlanner
{
    internal const int MaxRounds = 10_000;
    const int CheckEvery = 1 << 16;
    const double Improvement = 1e-13, UndiscountedImprovement = 1e-12;

    readonly ExpectedModel model;
    readonly TransitionGraph graph;
    readonly CancellationToken cancellationToken;
    readonly PriorityHeap open;
    readonly int[] pointer;
    readonly double[] values;
    readonly double[]? sizes; // the magnitudes of the values, if rewards have both signs
    readonly int start;

    DeterministicPlanner(ExpectedModel model, TransitionGraph graph, CancellationToken cancellationToken)
    {
        (this.model, this.graph, this.cancellationToken) = (model, graph, cancellationToken);
        (open, pointer, values) = (new(model.States), new int[model.States], new double[model.States]);
        sizes = model.IsMixed && !IsUndiscounted ? new double[model.States] : null;
        start = model.Starts[0].State;
        Array.Fill(pointer, -1);
        for (int s = 0; s < values.Length; s++)
            values[s] = model.Terminal[s] ? 0 : double.NegativeInfinity;
    }

    /// <summary>The optimal values and the number of passes.</summary>
    /// <exception cref="InputException">The values can still be improved after <paramref name="maxRounds"/> rounds.</exception>
    public static PlannedValues Solve(ExpectedModel model, Lazy<TransitionGraph> graph, CancellationToken cancellationToken,
        int maxRounds = MaxRounds)
    {
        if (ShortestPaths.Suits(model))
            return new(Array.ConvertAll(new ShortestPaths(model).ToEnds(cancellationToken), cost => cost == 0 ? 0 : -cost), 1, null);
        return new DeterministicPlanner(model, graph.Value, cancellationToken).Run(maxRounds);
    }

    bool IsUndiscounted => model.Discount == 1;

    bool IsLabelSetting => IsUndiscounted && model.MaxReward <= 0;

    PlannedValues Run(int maxRounds)
    {
        SeedEnds();
        SeedStops();
        Propagate();
        if (IsLabelSetting)
            return new(values, 1, null);
        if (!IsUndiscounted)
        {
            SeedCycles();
            return new(values, Rounds(maxRounds), null);
        }

        // A state without a path to an end may still reach a cycle that pays. Let such states stop at a price that exceeds any sum of
        // rewards; those that never stop have a cycle that pays.
        double price = -4.0 * values.Length * model.LargestSize;
        var lost = Array.ConvertAll(values, double.IsNegativeInfinity);
        for (int s = 0; s < lost.Length; s++)
        {
            if (!lost[s])
                continue;
            values[s] = price;
            open.Raise(s, price);
        }

        Propagate();
        return new(values, Rounds(maxRounds), lost);
    }

    long Rounds(int maxRounds)
    {
        for (long round = 2; round <= maxRounds; round++)
        {
            PointerValues.Follow(pointer, Next, Reward, model.Discount, values);
            if (sizes is not null)
                PointerValues.Follow(pointer, Next, (s, a) => model.Size[model.Code(s * model.Actions + a)], model.Discount, sizes);
            if (IsUndiscounted)
                SpreadInfinity();
            if (!Improve())
                return round;
            Propagate();
        }

        throw PlannedValues.Unproven($"{maxRounds} rounds");
    }

    // Whether a gain exceeds rounding. At discount 1 with rewards of both signs, rounding alone could repeat a cycle of total 0 forever.
    bool Shows(int state, double value)
    {
        double gain = value - values[state];
        return double.IsInfinity(gain) || gain > (IsUndiscounted
            ? UndiscountedImprovement * Math.Max(Math.Abs(value), model.LargestSize)
            : Improvement * Math.Max(Math.Abs(value), sizes?[state] ?? 0));
    }

    // The state after an action, −1 for an end.
    int Next(int state, int action)
    {
        int code = model.Code(state * model.Actions + action);
        var deltas = model.Deltas(code);
        return deltas.Length > 0 ? state + deltas[0] : model.End[code] > 0 ? -1 : start;
    }

    double Reward(int state, int action) => model.Reward[model.Code(state * model.Actions + action)];

    // Queues all ends before the first state is processed, because the best end must come first.
    void SeedEnds()
    {
        for (int s = 0; s < values.Length; s++)
        {
            if (model.Terminal[s])
            {
                // Tables can lead into a terminal state by an ordinary move.
                foreach (int pair in graph.Into(s))
                    Relax(pair, 0);
                continue;
            }

            for (int a = 0, pair = s * model.Actions; a < model.Actions; a++, pair++)
            {
                if (graph.Ends(pair))
                    Relax(pair, 0);
            }
        }
    }

    // At discount 1, a state in which the agent can continue forever at no cost has a value of at least 0.
    void SeedStops()
    {
        if (!IsUndiscounted || !model.HasZeros)
            return;
        var stays = Reach.StayForever(graph, ZeroPairs(model, graph));
        for (int s = 0; s < values.Length; s++)
        {
            if (stays[s] && !(values[s] >= 0))
            {
                (values[s], pointer[s]) = (0, -1);
                open.Raise(s, 0);
            }
        }
    }

    // Below discount 1, a path without an end continues forever. Start from the action with the best reward.
    void SeedCycles()
    {
        for (int s = 0; s < values.Length; s++)
        {
            if (pointer[s] >= 0 || model.Terminal[s])
                continue;
            pointer[s] = 0;
            for (int a = 1; a < model.Actions; a++)
                pointer[s] = Reward(s, a) > Reward(s, pointer[s]) ? a : pointer[s];
        }
    }

    void Propagate()
    {
        long budget = 8L * values.Length + 1000;
        for (long taken = 0; open.Count > 0; taken++)
        {
            if (taken % CheckEvery == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (taken > budget && !IsLabelSetting)
            {
                open.Clear();
                return;
            }

            int state = open.Pop();
            double value = values[state];
            foreach (int pair in graph.Into(state))
            {
                if (pair != graph.RestartPair)
                {
                    Relax(pair, value);
                    continue;
                }

                foreach (int restart in graph.Into(graph.RestartNode))
                    Relax(restart, value);
            }
        }
    }

    void Relax(int pair, double next)
    {
        int state = graph.NodeOf(pair);
        double value = model.Reward[model.Code(pair)] + model.Discount * next;
        if (value > values[state] && (!IsUndiscounted || !model.IsMixed || Shows(state, value)))
        {
            (values[state], pointer[state]) = (value, pair - state * model.Actions);
            open.Raise(state, value);
        }
    }

    // One pass over all pairs; each improvement sets a pointer.
    bool Improve()
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool any = false;
        for (int s = 0; s < values.Length; s++)
        {
            if (model.Terminal[s])
                continue;
            for (int a = 0; a < model.Actions; a++)
            {
                int next = Next(s, a);
                double r = Reward(s, a);
                double value = next == s && !IsUndiscounted ? r / (1 - model.Discount)
                    : next == s ? (r > 0 ? double.PositiveInfinity : double.NegativeInfinity)
                    : next < 0 ? r : r + model.Discount * values[next];
                if (value > values[s] && Shows(s, value))
                {
                    (values[s], pointer[s]) = (value, a);
                    open.Raise(s, value);
                    any = true;
                }
            }
        }

        return any;
    }

    // A state that can reach a cycle that pays forever has no finite value either.
    void SpreadInfinity()
    {
        var reached = new Stack<int>();
        for (int s = 0; s < values.Length; s++)
        {
            if (double.IsPositiveInfinity(values[s]))
                reached.Push(s);
        }

        var isMarked = new bool[graph.Nodes];
        while (reached.TryPop(out int node))
        {
            foreach (int pair in graph.Into(node))
            {
                int from = graph.NodeOf(pair);
                if (isMarked[from])
                    continue;
                isMarked[from] = true;
                if (from != graph.RestartNode)
                    (values[from], pointer[from]) = (double.PositiveInfinity, -1);
                reached.Push(from);
            }
        }
    }

    /// <summary>The pairs whose expected reward is 0, including the restart.</summary>
    internal static bool[] ZeroPairs(ExpectedModel model, TransitionGraph graph)
    {
        var zero = new bool[graph.RestartPair + 1];
        for (int s = 0; s < model.States; s++)
        {
            for (int pair = s * model.Actions, end = pair + model.Actions; pair < end && !model.Terminal[s]; pair++)
                zero[pair] = model.Reward[model.Code(pair)] == 0;
        }

        zero[^1] = true;
        return zero;
    }
}
