using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GridWorld;

/// <summary>Eight actions in two vectors.</summary>
internal readonly unsafe struct EightActions : IRow
{
    public static bool KeepsGreedy => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Actions(int actions) => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Draw(ulong draw, int actions) => (int)(draw >> 61);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Greedy Greedy(double* row, int actions) => Greedy(Vector256.Load(row), Vector256.Load(row + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(ReadOnlySpan<double> row) => 0.0 + row[0] + row[1] + row[2] + row[3] + row[4] + row[5] + row[6] + row[7];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Greedy Replace(double* row, int actions, int action, double value)
    {
        var low = Rows.Insert(Vector256.Load(row), action, value);
        var high = Rows.Insert(Vector256.Load(row + 4), action - 4, value);
        low.Store(row);
        high.Store(row + 4);
        return Greedy(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Greedy Greedy(Vector256<double> low, Vector256<double> high)
    {
        var greatest = Rows.Greatest(Rows.Larger(low, high));
        return new(greatest.ToScalar(), Rows.NotLess(low, greatest) | Rows.NotLess(high, greatest) << 4);
    }
}
