using System.Numerics;
using System.Runtime.CompilerServices;

namespace GridWorld;

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
