using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GridWorld;

internal static class Frozen
{
    /// <summary>Returns an array as an immutable one, without a copy. Nothing may write to it afterwards.</summary>
    public static ImmutableArray<T> Freeze<T>(this T[] array) => ImmutableCollectionsMarshal.AsImmutableArray(array);
}
