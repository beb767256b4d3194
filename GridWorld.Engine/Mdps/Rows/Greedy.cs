using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GridWorld;

/// <summary>The greatest entry of a row of action values, and all actions that have exactly this value.</summary>
/// <param name="Value">The greatest value, max Q(s, ·).</param>
/// <param name="Actions">A set of actions: bit a is set if action a has the greatest value.</param>
public readonly record struct Greedy(double Value, uint Actions)
{
    /// <summary>The first greedy action, in action order.</summary>
    public int First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitOperations.TrailingZeroCount(Actions);
    }

    /// <summary>Whether several actions share the greatest value.</summary>
    public bool IsTied
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Actions & (Actions - 1)) != 0;
    }

    /// <summary>Number of actions that share the greatest value.</summary>
    public int Count => BitOperations.PopCount(Actions);

    /// <summary>Returns the greedy action at a place, in action order.</summary>
    /// <param name="place">The place, from 0 to <see cref="Count"/> − 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int At(int place)
    {
        // Avoids a branch: the place is random, so a branch could not be predicted.
        if (Bmi2.IsSupported)
            return BitOperations.TrailingZeroCount(Bmi2.ParallelBitDeposit(1u << place, Actions));
        uint left = Actions;
        for (; place > 0; place--)
            left &= left - 1;
        return BitOperations.TrailingZeroCount(left);
    }

    /// <summary>Returns the greedy actions of a row of 1 to 32 entries.</summary>
    public static unsafe Greedy Of(ReadOnlySpan<double> row)
    {
        fixed (double* first = row)
            return row.Length switch
            {
                4 => FourActions.Greedy(first, 4),
                8 => EightActions.Greedy(first, 8),
                _ => AnyActions.Greedy(first, row.Length),
            };
    }
}
