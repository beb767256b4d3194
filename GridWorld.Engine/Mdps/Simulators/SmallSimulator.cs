using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>
/// Steps of a small world, without chance or with the same chances everywhere. The table stores the next state together with the kind of
/// outcome, and the draw alone selects the alternative. The dependency from one state to the next is then a single load, which is what
/// limits the speed of a step.
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
