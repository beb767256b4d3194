using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GridWorld;

/// <summary>
/// The operations on a row of action values. The length is a constant for the move sets that have their own compiled loop.
/// </summary>
internal unsafe interface IRow
{
    /// <summary>Number of actions.</summary>
    static abstract int Actions(int actions);

    /// <summary>An action, drawn uniformly: the high word of draw × actions.</summary>
    static abstract int Draw(ulong draw, int actions);

    /// <summary>Whether the greedy actions of every state and their value are stored instead of computed at every visit.</summary>
    static abstract bool KeepsGreedy { get; }

    /// <summary>The greedy actions of a row.</summary>
    static abstract Greedy Greedy(double* row, int actions);

    /// <summary>The sum of a row, added up in the order of the actions.</summary>
    static abstract double Sum(ReadOnlySpan<double> row);

    /// <summary>Writes one entry and returns the greedy actions of the new row.</summary>
    static abstract Greedy Replace(double* row, int actions, int action, double value);
}

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

/// <summary>Any number of actions up to 32, processed one by one.</summary>
internal readonly unsafe struct AnyActions : IRow
{
    public static bool KeepsGreedy => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Actions(int actions) => actions;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Draw(ulong draw, int actions) => Rng.Below(draw, actions);

    public static Greedy Greedy(double* row, int actions)
    {
        double greatest = row[0];
        for (int a = 1; a < actions; a++)
            greatest = row[a] > greatest ? row[a] : greatest;
        uint greedy = 0;
        for (int a = 0; a < actions; a++)
            greedy |= !(row[a] < greatest) ? 1u << a : 0;
        return new(greatest, greedy);
    }

    public static double Sum(ReadOnlySpan<double> row)
    {
        double sum = 0;
        foreach (double value in row)
            sum += value;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Greedy Replace(double* row, int actions, int action, double value)
    {
        row[action] = value;
        return default;
    }
}
