namespace GridWorld;

/// <summary>Where a fork comes from.</summary>
/// <param name="RunId">The id of the run it was forked from, which may be gone.</param>
/// <param name="Episode">The episode after which it went another way; 0 is untrained.</param>
public sealed record RunParent(string RunId, long Episode)
{
    internal static RunParent? Of(string? run, long? episode) => run is null || episode is not { } at ? null : new(run, at);
}
