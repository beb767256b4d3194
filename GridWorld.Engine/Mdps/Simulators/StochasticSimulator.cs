using System.Numerics;
using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>Steps of a world with chance: one draw per step selects the outcome by cumulative probability.</summary>
internal readonly struct StochasticSimulator<TCode, TRow>(Mdp mdp) : IMdpSimulator
    where TCode : unmanaged, IBinaryInteger<TCode> where TRow : struct, IRow
{
    readonly PinnedTable<TCode> codes = new(mdp.CodesAs<TCode>());
    readonly PinnedTable<Outcome> outcomes = new(mdp.OutcomeTable);
    readonly PinnedTable<ulong> thresholds = new(mdp.Thresholds);
    readonly ulong stickyBelow = Rng.Threshold(mdp.Sticky);
    readonly StartDraw starts = new(mdp);
    readonly int actions = mdp.Actions, perPair = mdp.OutcomesPerPair;

    public int States => mdp.States;

    public int Actions => TRow.Actions(actions);

    public IMdpSimulator Of(Mdp mdp) => new StochasticSimulator<TCode, TRow>(mdp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Start(ref Rng world) => starts.Draw(ref world);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TimeStep Step(int state, int action, ref int lastAction, ref Rng world)
    {
        ulong draw = world.Next();
        if (stickyBelow != 0)
            draw = Repeat(draw, ref action, ref lastAction);
        uint row = uint.CreateTruncating(codes[(uint)state * (uint)Actions + (uint)action]) * (uint)perPair, index = row;
        // Counting the passed thresholds avoids a branch, which could not be predicted.
        for (uint i = row; i < row + (uint)perPair - 1; i++)
            index += draw >= thresholds[i] ? 1u : 0;
        ref readonly var outcome = ref outcomes[index];
        return starts.Follow(in outcome, state + outcome.Delta, ref world);
    }

    // One draw decides both. Below the threshold the last action is repeated; the rest of the draw, rescaled, decides the move.
    ulong Repeat(ulong draw, ref int action, ref int lastAction)
    {
        double p = mdp.Sticky, u = draw * (1 / (double)ulong.MaxValue);
        bool repeats = lastAction >= 0 && draw < stickyBelow;
        if (lastAction >= 0)
            draw = Rng.Threshold(repeats ? u / p : (u - p) / (1 - p));
        if (repeats)
            action = lastAction;
        lastAction = action;
        return draw;
    }
}
