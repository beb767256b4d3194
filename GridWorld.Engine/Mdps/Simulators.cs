using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>The parts of an <see cref="Mdp"/> that every simulator of it needs.</summary>
internal readonly struct StartDraw(Mdp mdp)
{
    readonly int only = mdp.Starts.Count == 1 ? mdp.Starts[0].State : -1;
    readonly Mdp mdp = mdp;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Draw(ref Rng world) => only >= 0 ? only : DrawOne(ref world);

    int DrawOne(ref Rng world)
    {
        ulong draw = world.Next();
        int i = 0;
        while (i < mdp.StartThresholds.Length - 1 && draw >= mdp.StartThresholds[i])
            i++;
        return mdp.Starts[i].State;
    }
}

/// <summary>A simulator of compiled tables, which can be exchanged while a run goes on.</summary>
internal interface IMdpSimulator : ISimulator
{
    /// <summary>The same simulator over other tables of the same size.</summary>
    IMdpSimulator Of(Mdp mdp);
}

/// <summary>Steps of a world without chance: one load of a code, one of its outcome.</summary>
internal readonly struct DeterministicSimulator<TCode, TRow>(Mdp mdp) : IMdpSimulator
    where TCode : unmanaged, IBinaryInteger<TCode> where TRow : struct, IRow
{
    readonly TCode[] codes = mdp.CodesAs<TCode>();
    readonly Outcome[] outcomes = mdp.OutcomeTable;
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
        int pair = state * Actions + action;
        int code = int.CreateTruncating(Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(codes), pair));
        ref readonly var outcome = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(outcomes), code);
        if (outcome.End == MoveEnd.None)
            return TimeStep.Mid(state + outcome.Delta, outcome.Reward);
        return outcome.End == MoveEnd.Terminal
            ? TimeStep.Terminated(state + outcome.Delta, outcome.Reward)
            : TimeStep.Mid(starts.Draw(ref world), outcome.Reward);
    }
}

/// <summary>Steps of a world with chance: one draw a step, outcomes by cumulated probability.</summary>
internal readonly struct StochasticSimulator<TCode, TRow>(Mdp mdp) : IMdpSimulator
    where TCode : unmanaged, IBinaryInteger<TCode> where TRow : struct, IRow
{
    readonly TCode[] codes = mdp.CodesAs<TCode>();
    readonly Outcome[] outcomes = mdp.OutcomeTable;
    readonly ulong[] thresholds = mdp.Thresholds;
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
        int pair = state * Actions + action;
        int row = int.CreateTruncating(Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(codes), pair)) * perPair, index = row;
        // Counting the thresholds passed costs no branch, and which outcome is drawn no predictor can know.
        for (int i = row; i < row + perPair - 1; i++)
            index += draw >= Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(thresholds), i) ? 1 : 0;
        ref readonly var outcome = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(outcomes), index);
        if (outcome.End == MoveEnd.None)
            return TimeStep.Mid(state + outcome.Delta, outcome.Reward);
        return outcome.End == MoveEnd.Terminal
            ? TimeStep.Terminated(state + outcome.Delta, outcome.Reward)
            : TimeStep.Mid(starts.Draw(ref world), outcome.Reward);
    }

    // One draw decides both: below the threshold the last action is repeated, and what is left of the draw, stretched, is the move's.
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
