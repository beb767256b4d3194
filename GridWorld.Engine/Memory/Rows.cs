using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GridWorld;

/// <summary>Operations on four numbers at once.</summary>
internal static class Rows
{
    // Two permutes compare every entry with every other, which computes the maximum without a branch that could be mispredicted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Greatest(Vector256<double> row)
    {
        // On AMD, swapping the halves takes half the time of a general permute.
        var pairs = Larger(row, Avx.IsSupported ? Avx.Permute2x128(row, row, 1) : Vector256.Shuffle(row, Vector256.Create(2L, 3, 0, 1)));
        return Larger(pairs, Vector256.Shuffle(pairs, Vector256.Create(1L, 0, 3, 2)));
    }

    // One instruction. Vector256.Max takes several, to order −0 and 0 and to handle NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Larger(Vector256<double> a, Vector256<double> b) => Vector256.MaxNative(a, b);

    // "Not less" instead of "equal", so that a row with NaN still has a greedy action and a run that diverges stays inside its tables
    // until the end of the episode.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint NotLess(Vector256<double> row, Vector256<double> greatest) =>
        (Avx.IsSupported ? Avx.CompareNotLessThan(row, greatest) : ~Vector256.LessThan(row, greatest)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Insert(Vector256<double> row, int place, double value)
    {
        var here = Vector256.Equals(Vector256.Create((long)place), Vector256.Create(0L, 1, 2, 3)).AsDouble();
        return Vector256.ConditionalSelect(here, Vector256.Create(value), row);
    }
}
