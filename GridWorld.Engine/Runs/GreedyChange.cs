namespace GridWorld;

/// <summary>A change of the greedy actions of a state: the actions with the greatest value, several if they are exactly equal.</summary>
/// <param name="Episode">Number of the episode during which they changed.</param>
/// <param name="Before">The greedy actions after the episode before.</param>
/// <param name="After">The greedy actions after the episode.</param>
public sealed record GreedyChange(long Episode, IReadOnlyList<int> Before, IReadOnlyList<int> After);
