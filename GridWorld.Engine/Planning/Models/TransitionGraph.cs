namespace GridWorld;

/// <summary>
/// The backward transitions: for each state, the pairs that can lead there. A restart is an additional node, <see cref="RestartNode"/>,
/// with one pair, <see cref="RestartPair"/>, that leads to the starts. Pairs of terminal states are not included.
/// </summary>
internal sealed class TransitionGraph
{
    readonly ExpectedModel model;
    readonly int[] first, pairs;

    public TransitionGraph(ExpectedModel model)
    {
        this.model = model;
        first = new int[model.States + 2];
        Each(count: true, []);
        for (int node = 0, sum = 0; node < first.Length; node++)
            (first[node], sum) = (sum, sum + first[node]);
        pairs = new int[first[^1]];
        Each(count: false, pairs);
        // Filling has advanced each entry of `first` to the beginning of the next list.
        Array.Copy(first, 0, first, 1, first.Length - 1);
        first[0] = 0;
    }

    public int RestartNode => model.States;

    public int RestartPair => model.States * model.Actions;

    /// <summary>Number of nodes: the states and the restart.</summary>
    public int Nodes => model.States + 1;

    /// <summary>The pairs that can lead to a node from another node.</summary>
    public ReadOnlySpan<int> Into(int node) => pairs.AsSpan(first[node], first[node + 1] - first[node]);

    /// <summary>The node of a pair.</summary>
    public int NodeOf(int pair) => pair / model.Actions;

    /// <summary>Whether a pair can end the episode.</summary>
    public bool Ends(int pair) => pair != RestartPair && model.End[model.Code(pair)] > 0;

    /// <summary>Whether a node is a terminal state.</summary>
    public bool IsTerminal(int node) => node != RestartNode && model.Terminal[node];

    /// <summary>The pairs of a node.</summary>
    public (int First, int End) Pairs(int node) => node == RestartNode
        ? (RestartPair, RestartPair + 1)
        : model.Terminal[node] ? (0, 0) : (node * model.Actions, (node + 1) * model.Actions);

    /// <summary>Whether a pair can lead to a node for which <paramref name="holds"/> returns true.</summary>
    public bool MayReach(int pair, Func<int, bool> holds)
    {
        if (pair == RestartPair)
            return Array.Exists(model.Starts, s => holds(s.State));
        int state = NodeOf(pair), code = model.Code(pair);
        foreach (int delta in model.Deltas(code))
        {
            if (holds(state + delta))
                return true;
        }

        return model.Restart[code] > 0 && holds(RestartNode);
    }

    void Each(bool count, int[] into)
    {
        for (int state = 0; state < model.States; state++)
        {
            if (model.Terminal[state])
                continue;
            for (int pair = state * model.Actions, end = pair + model.Actions; pair < end; pair++)
            {
                int code = model.Code(pair);
                foreach (int delta in model.Deltas(code))
                {
                    if (delta != 0)
                        Note(state + delta, pair);
                }

                if (model.Restart[code] > 0)
                    Note(RestartNode, pair);
            }
        }

        foreach (var (state, _) in model.Starts)
            Note(state, RestartPair);

        void Note(int node, int pair)
        {
            if (!count)
                into[first[node]] = pair;
            first[node]++;
        }
    }
}
