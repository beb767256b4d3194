using System.Numerics;
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

/// <summary>A simulator of compiled tables, which can be replaced during a run.</summary>
internal interface IMdpSimulator : ISimulator
{
    /// <summary>The same simulator over other tables of the same size.</summary>
    IMdpSimulator Of(Mdp mdp);
}

/// <summary>Steps of a world without chance: loads a code, then its outcome.</summary>
internal readonly struct DeterministicSimulator<TCode, TRow>(Mdp mdp) : IMdpSimulator
    where TCode : unmanaged, IBinaryInteger<TCode> where TRow : struct, IRow
{
    readonly PinnedTable<TCode> codes = new(mdp.CodesAs<TCode>());
    readonly PinnedTable<Outcome> outcomes = new(mdp.OutcomeTable);
    readonly StartDraw starts = new(mdp);
    readonly int actions = mdp.Actions;

    public int States => mdp.States;

    public int Actions => TRow.Actions(actions);

    public IMdpSimulator Of(Mdp mdp) => new DeterministicSimulator<TCode, TRow>(mdp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Start(ref Rng world) => starts.Draw(ref world);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TimeStep Step(int state, int action, ref int lastAction, ref Rng world)
    {
        uint pair = (uint)state * (uint)Actions + (uint)action;
        ref readonly var outcome = ref outcomes[uint.CreateTruncating(codes[pair])];
        return starts.Follow(in outcome, state + outcome.Delta, ref world);
    }
}

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
