using System.Numerics;

namespace GridWorld;

/// <summary>
/// The model of a deterministic world: the last observed result of each (state, action). Lists states in the order of their first visit.
/// </summary>
internal sealed class DynaModel(int states, int actions)
{
    readonly double[] rewards = new double[checked(states * actions)];
    readonly int[] next = new int[states * actions];
    readonly uint[] tried = new uint[states];
    int[] visited = new int[64];

    public int VisitedStates { get; private set; }

    public int Actions => actions;

    /// <summary>A visited state, by the order of first visits.</summary>
    public int Visited(int place) => visited[place];

    /// <summary>The actions that were ever taken in a state, as a set of bits.</summary>
    public uint Tried(int state) => tried[state];

    public void Observe(in Transition t)
    {
        if (tried[t.State] == 0)
        {
            if (VisitedStates == visited.Length)
                Array.Resize(ref visited, VisitedStates * 2);
            visited[VisitedStates++] = t.State;
        }

        tried[t.State] |= 1u << t.Action;
        rewards[t.Pair] = t.Reward;
        // A terminal next state is stored as its complement, because the learner does not bootstrap from it.
        next[t.Pair] = t.End == StepEnd.Terminated ? ~t.NextState : t.NextState;
    }

    /// <summary>The modeled result of a pair that was tried.</summary>
    public (double Reward, int Next, bool IsTerminal) this[int pair] =>
        (rewards[pair], next[pair] < 0 ? ~next[pair] : next[pair], next[pair] < 0);

    /// <summary>A random visited state and a random action tried in it.</summary>
    public (int State, int Action) Draw(ref Rng model)
    {
        int state = visited[model.Below(VisitedStates)];
        return (state, new Greedy(0, tried[state]).At(model.Below(BitOperations.PopCount(tried[state]))));
    }

    public void Save(StateWriter state)
    {
        state.Write<double>("model_rewards", rewards);
        state.Write<int>("model_next", next);
        state.Write<uint>("model_tried", tried);
        state.Write<int>("model_visited", visited.AsSpan(0, VisitedStates));
    }

    public void Load(StateReader state)
    {
        state.Read("model_rewards", rewards.AsSpan());
        // Tables are read at these indexes without a check.
        state.ReadChecked<int>("model_next", next.Length, n => (n < 0 ? ~n : n) < states).CopyTo(next, 0);
        state.ReadChecked<uint>("model_tried", tried.Length, t => (t & ~(uint)((1L << actions) - 1)) == 0).CopyTo(tried, 0);
        var seen = new HashSet<int>();
        visited = state.ReadChecked<int>("model_visited", tried.Count(t => t != 0),
            s => s >= 0 && s < states && tried[s] != 0 && seen.Add(s));
        VisitedStates = visited.Length;
        Array.Resize(ref visited, Math.Max(64, VisitedStates));
    }
}
