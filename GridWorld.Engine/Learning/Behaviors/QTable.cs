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
    PinnedArray<byte> greedyActions;
    PinnedArray<double> greedyValues;

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

    /// <summary>The greedy actions of every state as a set of bits; null unless they are kept.</summary>
    internal byte* GreedyActions => greedyActions.First;

    /// <summary>The value of the greedy actions of every state; null unless it is kept.</summary>
    internal double* GreedyValues => greedyValues.First;

    /// <summary>Finds the greedy actions of every state. From then on, all writes must keep them up to date.</summary>
    internal void KeepGreedy<TRow>() where TRow : struct, IRow
    {
        if (GreedyActions is null)
            (greedyActions, greedyValues) = (new(States), new(States));
        for (int s = 0; s < States; s++)
        {
            var greedy = TRow.Greedy(first + (nint)s * Actions, Actions);
            (GreedyActions[s], GreedyValues[s]) = ((byte)greedy.Actions, greedy.Value);
        }
    }

    /// <summary>The greatest value of a state, kept up to date if rows of this kind keep it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Greatest<TRow>(int state) where TRow : struct, IRow =>
        TRow.KeepsGreedy ? GreedyValues[(uint)state] : TRow.Greedy(first + (nint)(uint)state * Actions, Actions).Value;

    /// <summary>Writes an entry and keeps the greedy actions of its state up to date if rows of this kind keep them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Write<TRow>(int pair, double value) where TRow : struct, IRow
    {
        uint actions = (uint)TRow.Actions(Actions), state = (uint)pair / actions, action = (uint)pair % actions;
        var now = TRow.Replace(first + ((uint)pair - action), (int)actions, (int)action, value);
        if (TRow.KeepsGreedy)
            (GreedyActions[state], GreedyValues[state]) = ((byte)now.Actions, now.Value);
    }

    static void Refuse(string name, int value, int count) =>
        throw new ArgumentOutOfRangeException(name, value, $"The table has {name}s 0 to {count - 1}.");
}
