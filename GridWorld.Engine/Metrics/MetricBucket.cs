namespace GridWorld;

/// <summary>A summary of one metric over consecutive episodes. Includes only finite values; without any, the numbers are NaN.</summary>
/// <param name="Start">First episode, from 1.</param>
/// <param name="End">Last episode, inclusive.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="Mean">Mean of the values.</param>
/// <param name="Std">Standard deviation of the values, with divisor n.</param>
/// <param name="Count">Number of episodes whose value is finite, at most End − Start + 1.</param>
public readonly record struct MetricBucket(long Start, long End, double Min, double Max, double Mean, double Std, long Count);
