namespace GridWorld;

/// <summary>A checkpoint in a list.</summary>
/// <param name="Episode">Episode after which it was taken; 0 is untrained.</param>
/// <param name="Step">Number of steps taken by then.</param>
/// <param name="Name">Name of the checkpoint; null for an automatic one.</param>
/// <param name="Timestamp">Time at which it was taken.</param>
public sealed record CheckpointInfo(long Episode, long Step, string? Name, DateTimeOffset Timestamp);
