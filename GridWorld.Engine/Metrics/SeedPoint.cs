namespace GridWorld;

/// <summary>One point of the learning curve of a seed: the mean over a stretch of episodes.</summary>
/// <param name="Start">The first episode of the stretch, from 1.</param>
/// <param name="End">The last episode of the stretch.</param>
/// <param name="MeanReturn">Mean undiscounted return.</param>
/// <param name="MeanLength">Mean number of steps per episode.</param>
/// <param name="Steps">Number of steps that the seed had taken by the end of the stretch.</param>
public readonly record struct SeedPoint(long Start, long End, double MeanReturn, double MeanLength, long Steps);
