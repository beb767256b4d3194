using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>
/// A Q-table: one row per state, with one number per action. The index of an entry is state × actions + action.
/// Rows are aligned for vector loads, and the memory never moves during the lifetime of the table.
/// </summary>
public sealed unsafe class QTable
{
    const int Alignment = 64;
    readonly double[] buffer;
    readonly double* first;

    /// <summary>Creates a table filled with one value.</summary>
    /// <param name="states">Number of rows, at least 0.</param>
    /// <param name="actions">Number of entries per row, at least 0.</param>
    /// <param name="initialValue">Value of every entry. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public QTable(int states, int actions, double initialValue = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(states);
        ArgumentOutOfRangeException.ThrowIfNegative(actions);
        (States, Actions) = (states, actions);
        buffer = GC.AllocateArray<double>(checked(states * actions) + Alignment / sizeof(double), pinned: true);
        HugePages.Advise(buffer);
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer));
        first = (double*)((address + Alignment - 1) & -Alignment);
        if (initialValue != 0)
            Values.Fill(initialValue);
    }

    /// <summary>Number of rows.</summary>
    public int States { get; }

    /// <summary>Number of entries per row.</summary>
    public int Actions { get; }

    /// <summary>All entries, row by row.</summary>
    public Span<double> Values => new(first, States * Actions);

    /// <summary>The entry of a pair, state × actions + action.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pair does not exist.</exception>
    public ref double this[int pair]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)pair >= (uint)(States * Actions))
                Refuse(nameof(pair), pair, States * Actions);
            return ref first[pair];
        }
    }

    /// <summary>Returns the row Q(state, ·).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The state does not exist.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<double> Row(int state)
    {
        if ((uint)state >= (uint)States)
            Refuse(nameof(state), state, States);
        return new(first + (nint)(uint)state * Actions, Actions);
    }

    /// <summary>The entry of a pair. The index is not checked, because the loop computes pairs from checked tables.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref double At(int pair) => ref first[pair];

    internal double* First => first;

    static void Refuse(string name, int value, int count) =>
        throw new ArgumentOutOfRangeException(name, value, $"The table has {name}s 0 to {count - 1}.");
}
