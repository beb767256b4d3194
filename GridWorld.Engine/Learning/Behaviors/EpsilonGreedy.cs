using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// ε-greedy: a uniformly random action with probability ε, otherwise a greedy one. Sutton and Barto, 2nd ed., section 2.2.
/// </summary>
internal struct EpsilonGreedy<TTies, TRow>(int actions) : IBehavior where TTies : struct, ITies where TRow : struct, IRow
{
    ulong exploreBelow;
    double epsilon;

    public void Apply(in Hyperparameters hyperparameters)
    {
        epsilon = hyperparameters.Epsilon;
        exploreBelow = Rng.Threshold(epsilon);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Choose(QTable values, int state, Greedy greedy, ref Draws random, out bool explored)
    {
        if (random.Next() < exploreBelow)
        {
            explored = true;
            return TRow.Draw(random.Next(), actions);
        }

        explored = false;
        return TTies.Random && greedy.IsTied ? greedy.At(Rng.Below(random.Next(), greedy.Count)) : greedy.First;
    }

    public readonly void Probabilities(int state, ReadOnlySpan<double> values, Span<double> probabilities)
    {
        var greedy = Greedy.Of(values);
        uint chosen = !TTies.Random ? 1u << greedy.First : greedy.Actions;
        double each = (1 - epsilon) / (!TTies.Random ? 1 : greedy.Count);
        for (int a = 0; a < values.Length; a++)
            probabilities[a] = epsilon / values.Length + ((chosen >> a & 1) != 0 ? each : 0);
    }

    // The greedy actions share one value, so the mean does not depend on tie-breaking.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Expectation(int state, ReadOnlySpan<double> values, Greedy greedy) =>
        epsilon * (TRow.Sum(values) / TRow.Actions(values.Length)) + (1 - epsilon) * greedy.Value;
}
