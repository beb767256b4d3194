namespace GridWorld;

/// <summary>What came of a piece of work.</summary>
/// <param name="Unit">The work.</param>
/// <param name="Seed">What came of its seed.</param>
internal sealed record SweepOutcome(SweepUnit Unit, SeedOutcome Seed)
{
    public SeedResult Result => Seed.Result;
}
