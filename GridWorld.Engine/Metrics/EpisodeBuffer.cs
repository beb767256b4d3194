using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>Consecutive episodes, stored by column. The loop adds to the newest buffer; readers see all of them.</summary>
internal sealed class EpisodeBuffer
{
    /// <summary>Number of rows of each buffer that a run keeps.</summary>
    public const int Rows = 4096;

    /// <summary>Marks a missing value: a NaN that no arithmetic produces.</summary>
    public static readonly double Missing = BitConverter.Int64BitsToDouble(0x7FF8_0000_6D69_7373);

    public readonly double[] Returns, Lengths, Terminated, Epsilons, LearningRates;
    readonly double[]?[] columns;

    public EpisodeBuffer(int capacity)
    {
        Capacity = capacity;
        columns = Array.ConvertAll(EpisodeColumns.All, c => c.Stored == EpisodeCell.Derived || c.MayLack ? null : new double[capacity]);
        (Returns, Lengths, Terminated) = (this[EpisodeColumns.Return]!, this[EpisodeColumns.Length]!, this[EpisodeColumns.Terminated]!);
        (Epsilons, LearningRates) = (this[EpisodeColumns.Epsilon]!, this[EpisodeColumns.LearningRate]!);
    }

    public int Count { get; set; }

    public int Capacity { get; }

    public bool IsFull => Count == Capacity;

    /// <summary>The number of times each action was taken; null for a row that was not sampled.</summary>
    public int[]?[]? ActionCounts { get; set; }

    /// <summary>A column; null if all of its rows lack the value.</summary>
    public double[]? this[EpisodeColumn column] => columns[column.Place];

    /// <summary>A value; null if the row lacks it.</summary>
    public double? this[EpisodeColumn column, int row]
    {
        get => this[column]?[row] is { } value && BitConverter.DoubleToInt64Bits(value) != BitConverter.DoubleToInt64Bits(Missing)
            ? value : null;
        set => Room(column.Place)[row] = value ?? Missing;
    }

    /// <summary>Writes a row. Readers see it only after <see cref="Count"/> includes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int row, double sum, int length, bool terminated, double epsilon, double learningRate)
    {
        Returns[row] = sum;
        Lengths[row] = length;
        Terminated[row] = terminated ? 1 : 0;
        Epsilons[row] = epsilon;
        LearningRates[row] = learningRate;
    }

    public void Sample(int row, double meanQ, ReadOnlySpan<int> actionCounts)
    {
        this[EpisodeColumns.MeanQ, row] = meanQ;
        (ActionCounts ??= new int[Capacity][])[row] = actionCounts.ToArray();
    }

    /// <summary>Adds rows of another buffer.</summary>
    public void CopyFrom(EpisodeBuffer other, int from, int count)
    {
        for (int c = 0; c < columns.Length; c++)
        {
            if (other.columns[c] is { } column)
                Array.Copy(column, from, Room(c), Count, count);
            else
                columns[c]?.AsSpan(Count, count).Fill(Missing);
        }

        if (other.ActionCounts is not null)
            Array.Copy(other.ActionCounts, from, ActionCounts ??= new int[Capacity][], Count, count);
        else if (ActionCounts is not null)
            Array.Clear(ActionCounts, Count, count);
        Count += count;
    }

    public void Clear()
    {
        (Count, ActionCounts) = (0, null);
        for (int c = 0; c < columns.Length; c++)
        {
            if (EpisodeColumns.All[c].MayLack)
                columns[c] = null;
        }
    }

    public EpisodeRecord Record(long first, int row) => EpisodeColumns.Record(this, row, first + row);

    /// <summary>The memory of a column; all values of a new column are missing.</summary>
    public double[] Room(int place)
    {
        if (columns[place] is { } column)
            return column;
        Array.Fill(columns[place] = new double[Capacity], Missing);
        return columns[place]!;
    }
}
