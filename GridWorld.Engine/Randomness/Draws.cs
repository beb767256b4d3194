using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>A place among numbers drawn ahead. Whoever reads sees to it that enough are left.</summary>
internal unsafe struct Draws(ulong* place)
{
    /// <summary>The next number.</summary>
    public readonly ulong* Place => place;

    /// <summary>The next 64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next() => *place++;
}
