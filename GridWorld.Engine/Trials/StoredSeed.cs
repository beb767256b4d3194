namespace GridWorld;

/// <summary>A seed of a trial, as its file has it.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Result">The result.</param>
/// <param name="Curve">The learning curve.</param>
/// <param name="Rung">How often the pruner had let the trial go on.</param>
internal sealed record StoredSeed(long Trial, SeedResult Result, SeedCurve Curve, int Rung = 0);
