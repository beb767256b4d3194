namespace GridWorld;

/// <summary>A number summed up over neighboring episodes, those of them in which it is finite; NaN where it is in none.</summary>
/// <param name="Start">First episode, from 1.</param>
/// <param name="End">Last episode.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Std">Standard deviation over the episodes, with divisor n.</param>
/// <param name="Count">Number of episodes in which it is finite; End − Start + 1 less that many have no number.</param>
public readonly record struct MetricBucket(long Start, long End, double Min, double Max, double Mean, double Std, long Count);
