namespace GridWorld;

/// <summary>The episodes that ended in one slice of training: columns that the loop fills and the trainer empties.</summary>
internal sealed class EpisodeBuffer(int capacity)
{
    public readonly double[] Returns = new double[capacity];
    public readonly int[] Lengths = new int[capacity];
    public readonly bool[] Terminated = new bool[capacity];
    public readonly double[] Epsilons = new double[capacity];
    public readonly double[] LearningRates = new double[capacity];

    public int Count { get; set; }

    public int Capacity => capacity;

    public bool IsFull => Count == capacity;
}
