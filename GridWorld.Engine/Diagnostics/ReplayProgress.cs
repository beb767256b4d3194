namespace GridWorld;

/// <summary>How a recorded run is being shown.</summary>
/// <param name="Speed">Seconds of training a second.</param>
/// <param name="Seconds">Seconds of training shown so far.</param>
/// <param name="Duration">Seconds that the training took.</param>
/// <param name="IsPaused">Whether it is held.</param>
public sealed record ReplayProgress(double Speed, double Seconds, double Duration, bool IsPaused);
