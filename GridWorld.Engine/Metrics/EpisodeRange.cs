namespace GridWorld;

/// <summary>A range of consecutive episodes.</summary>
/// <param name="First">First episode, from 1.</param>
/// <param name="Last">Last episode, inclusive.</param>
public readonly record struct EpisodeRange(long First, long Last);
