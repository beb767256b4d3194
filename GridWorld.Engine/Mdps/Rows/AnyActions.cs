using System.Runtime.CompilerServices;

namespace GridWorld;

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
