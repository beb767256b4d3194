using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GridWorld;

/// <summary>
/// Four actions in one vector. The whole row is written back, because rows are loaded whole and a processor can forward a store to a later
/// load only if the store covers the load.
/// </summary>
internal readonly unsafe struct FourActions : IRow
{
    public static bool KeepsGreedy => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Actions(int actions) => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Draw(ulong draw, int actions) => (int)(draw >> 62);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Greedy Greedy(double* row, int actions)
    {
        var values = Vector256.Load(row);
        var greatest = Rows.Greatest(values);
        return new(greatest.ToScalar(), Rows.NotLess(values, greatest));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(ReadOnlySpan<double> row) => 0.0 + row[0] + row[1] + row[2] + row[3];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Greedy Replace(double* row, int actions, int action, double value)
    {
        var values = Rows.Insert(Vector256.Load(row), action, value);
        values.Store(row);
        var greatest = Rows.Greatest(values);
        return new(greatest.ToScalar(), Rows.NotLess(values, greatest));
    }
}
