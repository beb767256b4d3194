using System.Numerics;

namespace GridWorld;

/// <summary>
/// For every state, the pairs that lead to it in the model, as linked lists of pairs. A pair leads to one state at a time.
/// </summary>
internal sealed class Predecessors
{
    readonly int[] first, after, before, leadsTo;

    public Predecessors(int states, int pairs)
    {
        (first, after, before, leadsTo) = (new int[states], new int[pairs], new int[pairs], new int[pairs]);
        Clear();
    }

    /// <summary>The first pair that leads to a state; −1 for none.</summary>
    public int First(int state) => first[state];

    /// <summary>The pair after a pair in its list; −1 at the end.</summary>
    public int After(int pair) => after[pair];

    public void Link(int pair, int next)
    {
        if (leadsTo[pair] == next)
            return;
        if (leadsTo[pair] >= 0)
            Unlink(pair);
        (leadsTo[pair], after[pair], before[pair]) = (next, first[next], -1);
        if (first[next] >= 0)
            before[first[next]] = pair;
        first[next] = pair;
    }

    /// <summary>Rebuilds the lists from a model. The order within a list does not matter, because the queue orders the pairs.</summary>
    public void Rebuild(DynaModel world)
    {
        Clear();
        for (int i = 0; i < world.VisitedStates; i++)
        {
            int state = world.Visited(i);
            for (uint tried = world.Tried(state); tried != 0; tried &= tried - 1)
            {
                int pair = state * world.Actions + BitOperations.TrailingZeroCount(tried);
                Link(pair, world[pair].Next);
            }
        }
    }

    void Unlink(int pair)
    {
        if (before[pair] >= 0)
            after[before[pair]] = after[pair];
        else
            first[leadsTo[pair]] = after[pair];
        if (after[pair] >= 0)
            before[after[pair]] = before[pair];
    }

    void Clear()
    {
        Array.Fill(first, -1);
        Array.Fill(leadsTo, -1);
    }
}
