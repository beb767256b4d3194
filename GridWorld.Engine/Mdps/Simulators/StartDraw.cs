using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// The start states of an <see cref="Mdp"/>, which every simulator of it needs. Even the rare path is inlined, because a call anywhere in
/// the hot loop would force its values out of registers.
/// </summary>
internal readonly struct StartDraw(Mdp mdp)
{
    readonly PinnedTable<int> states = new([.. mdp.Starts.Select(s => s.State)]);
    readonly PinnedTable<ulong> thresholds = new(mdp.StartThresholds);
    readonly uint last = (uint)mdp.Starts.Count - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Draw(ref Rng world)
    {
        uint i = 0;
        if (last > 0)
        {
            ulong draw = world.Next();
            while (i < last && draw >= thresholds[i])
                i++;
        }

        return states[i];
    }

    /// <summary>The step of an outcome: to the next state, or to a start state that is drawn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TimeStep Follow(in Outcome outcome, int next, ref Rng world)
    {
        double reward = outcome.Reward;
        if (outcome.End == MoveEnd.None)
            return TimeStep.Mid(next, reward);
        return outcome.End == MoveEnd.Terminal ? TimeStep.Terminated(next, reward) : TimeStep.Mid(Draw(ref world), reward);
    }
}
