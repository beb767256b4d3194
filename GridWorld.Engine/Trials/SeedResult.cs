namespace GridWorld;

/// <summary>What is kept of one seed of an ensemble or of a trial.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="State">Its state.</param>
/// <param name="Episodes">Number of episodes that have ended.</param>
/// <param name="Steps">Number of steps taken.</param>
/// <param name="TotalReturn">The undiscounted returns of all episodes, added up in their order.</param>
/// <param name="MeanReturnLast100">Mean undiscounted return of the last 100 episodes; null before the first.</param>
/// <param name="Score">What the objective of the sweep gives for this seed; null for an ensemble, and until the last episode has
/// ended.</param>
/// <param name="QChecksum">The sum of all Q-table entries, in index order; null until the last episode has ended.</param>
/// <param name="GreedyValue">Exact discounted value of the greedy policy at the start; null until the last episode has ended, and if it was
/// not computed or is not finite.</param>
/// <param name="Hash">Hash of the final tables, counts and random state; null until the last episode has ended.</param>
/// <param name="Error">Why training failed; null if it did not.</param>
public sealed record SeedResult(ulong Seed, TrialState State, long Episodes, long Steps, double TotalReturn, double? MeanReturnLast100,
    double? Score, double? QChecksum, double? GreedyValue, string? Hash, string? Error)
{
    /// <summary>Mean undiscounted return of all episodes; null before the first.</summary>
    public double? MeanReturn => Episodes == 0 ? null : TotalReturn / Episodes;
}
