namespace GridWorld;

/// <summary>One point of the learning curve of an ensemble: the mean over its seeds, over a stretch of episodes or steps.</summary>
/// <param name="Start">The first episode (or step) of the stretch, from 1.</param>
/// <param name="End">The last episode (or step) of the stretch.</param>
/// <param name="Mean">Mean over seeds of the mean return of the stretch.</param>
/// <param name="Low">Lower end of the 95 % interval of the mean; the mean itself for a single seed.</param>
/// <param name="High">Upper end of the interval.</param>
public readonly record struct EnsemblePoint(long Start, long End, double Mean, double Low, double High);
