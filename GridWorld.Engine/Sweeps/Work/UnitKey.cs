namespace GridWorld;

/// <summary>What identifies a piece of work in the file of a sweep, and between machines.</summary>
/// <param name="Trial">The number of the trial.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Rung">How often the pruner had let the trial go on.</param>
internal readonly record struct UnitKey(long Trial, ulong Seed, int Rung);
