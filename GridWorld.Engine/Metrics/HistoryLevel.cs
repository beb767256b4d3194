namespace GridWorld;

/// <summary>Complete buckets of one level.</summary>
/// <param name="Level">Buckets of 2^Level episodes.</param>
/// <param name="First">Index of the first bucket.</param>
/// <param name="Returns">Buckets of the return.</param>
/// <param name="Lengths">Buckets of the length.</param>
internal sealed record HistoryLevel(int Level, long First, Summary[] Returns, Summary[] Lengths);
