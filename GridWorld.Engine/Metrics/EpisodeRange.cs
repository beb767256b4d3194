namespace GridWorld;

/// <summary>Neighboring episodes.</summary>
/// <param name="First">The first, from 1.</param>
/// <param name="Last">The last.</param>
public readonly record struct EpisodeRange(long First, long Last);
