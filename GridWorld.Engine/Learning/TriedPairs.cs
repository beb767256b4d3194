using System.Numerics;
using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>The pairs that were ever tried, to draw from.</summary>
internal readonly unsafe struct TriedPairs(int* visited, uint* tried, int visitedStates, int actions)
{
    /// <summary>A random visited state and a random action tried in it, as a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Draw<TRow>(ref Rng random) where TRow : struct, IRow
    {
        int state = visited[(uint)random.Below(visitedStates)];
        uint known = tried[(uint)state];
        return state * TRow.Actions(actions) + new Greedy(0, known).At(random.Below(BitOperations.PopCount(known)));
    }
}
