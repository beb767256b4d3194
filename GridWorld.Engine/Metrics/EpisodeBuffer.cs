using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>Episodes one after the other, as columns; the loop adds to the newest buffer, readers see all.</summary>
internal sealed class EpisodeBuffer(int capacity)
{
    /// <summary>Rows of the buffers that a run keeps.</summary>
    public const int Rows = 4096;

    public readonly double[] Returns = new double[capacity];
    public readonly int[] Lengths = new int[capacity];
    public readonly bool[] Terminated = new bool[capacity];
    public readonly double[] Epsilons = new double[capacity];
    public readonly double[] LearningRates = new double[capacity];

    /// <summary>Only where every episode is sampled: mean of the greedy values, and counts of the actions.</summary>
    public double[]? MeanQ;
    public int[]?[]? ActionCounts;

    public int Count { get; set; }

    public int Capacity => capacity;

    public bool IsFull => Count == capacity;

    /// <summary>Writes a row; it counts once <see cref="Count"/> says so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int row, double sum, int length, bool terminated, double epsilon, double learningRate)
    {
        Returns[row] = sum;
        Lengths[row] = length;
        Terminated[row] = terminated;
        Epsilons[row] = epsilon;
        LearningRates[row] = learningRate;
    }

    public void Sample(int row, double meanQ, ReadOnlySpan<int> actionCounts)
    {
        MeanQ ??= new double[capacity];
        ActionCounts ??= new int[capacity][];
        MeanQ[row] = meanQ;
        ActionCounts[row] = actionCounts.ToArray();
    }

    /// <summary>Adds rows of another buffer.</summary>
    public void CopyFrom(EpisodeBuffer other, int from, int count)
    {
        Array.Copy(other.Returns, from, Returns, Count, count);
        Array.Copy(other.Lengths, from, Lengths, Count, count);
        Array.Copy(other.Terminated, from, Terminated, Count, count);
        Array.Copy(other.Epsilons, from, Epsilons, Count, count);
        Array.Copy(other.LearningRates, from, LearningRates, Count, count);
        for (int i = 0; i < count && other.ActionCounts is not null; i++)
        {
            if (other.ActionCounts[from + i] is { } counts)
                Sample(Count + i, other.MeanQ![from + i], counts);
        }

        Count += count;
    }

    public void Clear()
    {
        Count = 0;
        (MeanQ, ActionCounts) = (null, null);
    }

    public EpisodeRecord Record(long first, int row) => new(first + row, Returns[row], Lengths[row], Terminated[row], !Terminated[row],
        Epsilons[row], LearningRates[row], ActionCounts?[row] is null ? null : MeanQ![row], ActionCounts?[row]);
}
