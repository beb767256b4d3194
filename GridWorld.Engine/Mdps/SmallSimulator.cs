using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// Steps of a small world, without chance or with the same chances everywhere. The next state stands beside the kind of its
/// outcome, and the draw alone tells which alternative comes: one load on the way from state to state, which is the way
/// that every step waits for.
/// </summary>
internal readonly struct SmallSimulator<TChance, TRow>(Mdp mdp, SmallMoves small) : IMdpSimulator
    where TChance : struct, IChance<TChance> where TRow : struct, IRow
{
    readonly PinnedTable<uint> moves = new(small.Moves);
    readonly PinnedTable<Outcome> endings = new(small.Endings);
    readonly TChance chance = TChance.Of(mdp);
    readonly StartDraw starts = new(mdp);
    readonly int actions = mdp.Actions;

    public SmallSimulator(Mdp mdp) : this(mdp, SmallMoves.Of(mdp, TChance.Places))
    {
    }

    public int States => mdp.States;

    public int Actions => TRow.Actions(actions);

    public IMdpSimulator Of(Mdp mdp) => new SmallSimulator<TChance, TRow>(mdp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Start(ref Rng world) => starts.Draw(ref world);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TimeStep Step(int state, int action, ref int lastAction, ref Rng world)
    {
        uint pair = (uint)state * (uint)Actions + (uint)action, move = moves[pair * (uint)TChance.Places + chance.Draw(ref world)];
        return starts.Follow(in endings[(byte)move], (int)(move >> 8), ref world);
    }
}

/// <summary>Which of a pair's alternatives comes.</summary>
internal interface IChance<TSelf>
{
    /// <summary>Room for the alternatives of a pair, a power of 2.</summary>
    static abstract int Places { get; }

    static abstract TSelf Of(Mdp mdp);

    uint Draw(ref Rng world);
}

/// <summary>The only one.</summary>
internal readonly struct NoChance : IChance<NoChance>
{
    public static int Places => 1;

    public static NoChance Of(Mdp mdp) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Draw(ref Rng world) => 0;
}

/// <summary>One of three at most. Counting the thresholds passed costs no branch, and which outcome is drawn no predictor can know.</summary>
internal readonly struct SameChance(ulong first, ulong second) : IChance<SameChance>
{
    public static int Places => 4;

    public static SameChance Of(Mdp mdp) => new(mdp.Thresholds[0], mdp.OutcomesPerPair > 2 ? mdp.Thresholds[1] : ulong.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Draw(ref Rng world)
    {
        ulong draw = world.Next();
        return (draw >= first ? 1u : 0) + (draw >= second ? 1u : 0);
    }
}
