using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>At most three alternatives. Counting the passed thresholds avoids a branch, which could not be predicted.</summary>
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
