namespace GridWorld;

/// <summary>The progress of a recorded run that is replayed over time.</summary>
/// <param name="Speed">Seconds of training shown per second.</param>
/// <param name="Seconds">Seconds of training shown so far.</param>
/// <param name="Duration">Seconds that the training took.</param>
/// <param name="IsPaused">Whether the replay is paused.</param>
public sealed record ReplayProgress(double Speed, double Seconds, double Duration, bool IsPaused);
