namespace GridWorld;

/// <summary>The size of a sweep.</summary>
/// <param name="Trials">Number of trials.</param>
/// <param name="Runs">Number of runs: those of all trials, and those that test the best trial of each group.</param>
/// <param name="Steps">The most steps that these runs take; 2⁶³ − 1 if there are more.</param>
public sealed record SweepCount(long Trials, long Runs, long Steps);
