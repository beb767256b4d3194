namespace GridWorld;

/// <summary>A piece of work: one seed of one trial, up to the end of a rung.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Place">The number of the seed within the trial, from 0.</param>
/// <param name="Rung">How often the pruner had let the trial go on.</param>
/// <param name="Episodes">Number of episodes that must have ended then.</param>
/// <param name="Scoring">What its result is judged by.</param>
internal sealed record SweepUnit(TrialSearch Trial, ulong Seed, int Place, int Rung, long Episodes, SeedScoring Scoring)
{
    public UnitKey Key => new(Trial.Number, Seed, Rung);

    /// <summary>What is to be trained.</summary>
    public SeedWork Work => new(Trial.Trial.Specification with { Seed = Seed }, Episodes, Rung == Trial.Bracket.Rungs.Count - 1, Scoring);
}
