namespace GridWorld;

/// <summary>What came of a seed.</summary>
/// <param name="Result">The result, with its score.</param>
/// <param name="Curve">The learning curve; null for a result that is in the file already.</param>
/// <param name="State">From where the next rung goes on; null after the last one.</param>
internal sealed record SeedOutcome(SeedResult Result, SeedCurve? Curve, IReadOnlyList<StateSection>? State);
