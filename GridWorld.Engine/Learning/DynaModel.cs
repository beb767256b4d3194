namespace GridWorld;

/// <summary>
/// The model of a deterministic world: the last observed result of each (state, action). Lists states in the order of their first visit.
/// </summary>
internal sealed unsafe class DynaModel(int states, int actions)
{
    readonly PinnedArray<Result> results = new(checked(states * actions));
    readonly PinnedArray<uint> tried = new(states);
    readonly PinnedArray<int> visited = new(states);

    public int VisitedStates { get; private set; }

    public int Actions => actions;

    /// <summary>A visited state, by the order of first visits.</summary>
    public int Visited(int place) => visited.First[(uint)place];

    /// <summary>The actions that were ever taken in a state, as a set of bits.</summary>
    public uint Tried(int state) => tried.First[(uint)state];

    public void Observe(in Transition t)
    {
        ref uint before = ref tried.First[(uint)t.State];
        if (before == 0)
            visited.First[VisitedStates++] = t.State;
        before |= 1u << t.Action;
        results.First[(uint)t.Pair] = new(t.Reward, t.End == StepEnd.Terminated ? ~t.NextState : t.NextState);
    }

    /// <summary>The modeled result of a pair that was tried.</summary>
    public Result this[int pair] => *At(pair);

    /// <summary>The address of the modeled result of a pair.</summary>
    public Result* At(int pair) => results.First + (uint)pair;

    public TriedPairs TriedPairs => new(visited.First, tried.First, VisitedStates, actions);

    public void Save(StateWriter state)
    {
        var rewards = state.Room<double>("model_rewards", states * actions);
        var next = state.Room<int>("model_next", states * actions);
        for (int i = 0; i < next.Length; i++)
            (rewards[i], next[i]) = (results.Span[i].Reward, results.Span[i].Code);
        state.Write<uint>("model_tried", tried.Span);
        state.Write<int>("model_visited", visited.Span[..VisitedStates]);
    }

    public void Load(StateReader state)
    {
        double[] rewards = state.Read<double>("model_rewards", states * actions);
        // Tables are read at these indexes without a check.
        int[] next = state.ReadChecked<int>("model_next", states * actions, n => (n < 0 ? ~n : n) < states);
        for (int i = 0; i < next.Length; i++)
            results.Span[i] = new(rewards[i], next[i]);
        uint[] known = state.ReadChecked<uint>("model_tried", states, t => (t & ~(uint)((1L << actions) - 1)) == 0);
        known.CopyTo(tried.Span);
        var seen = new HashSet<int>();
        int[] order = state.ReadChecked<int>("model_visited", known.Count(t => t != 0),
            s => s >= 0 && s < states && known[s] != 0 && seen.Add(s));
        order.CopyTo(visited.Span);
        VisitedStates = order.Length;
    }

    /// <param name="Reward">The reward.</param>
    /// <param name="Code">The next state, or its complement if it is terminal and the learner must not bootstrap from it.</param>
    public readonly record struct Result(double Reward, int Code)
    {
        public int Next => Code ^ (Code >> 31);

        public bool IsTerminal => Code < 0;
    }
}
