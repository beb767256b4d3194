namespace GridWorld;

/// <summary>Where an ensemble stands, between two rounds.</summary>
/// <param name="State">Its state.</param>
/// <param name="Episodes">Episodes that every seed has ended.</param>
/// <param name="Steps">Steps of all seeds.</param>
/// <param name="Seconds">Seconds of training.</param>
/// <param name="Failed">Number of seeds that failed.</param>
/// <param name="Message">Why the first of them did; null if none did.</param>
internal sealed record EnsembleProgress(RunState State, long Episodes, long Steps, double Seconds, int Failed, string? Message);
