using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>A single alternative.</summary>
internal readonly struct NoChance : IChance<NoChance>
{
    public static int Places => 1;

    public static NoChance Of(Mdp mdp) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Draw(ref Rng world) => 0;
}
