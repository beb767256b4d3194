namespace GridWorld;

/// <summary>The origin of a fork.</summary>
/// <param name="RunId">The id of the run that it was forked from. That run may no longer exist.</param>
/// <param name="Episode">Episode after which it was forked; 0 is untrained.</param>
public sealed record RunParent(string RunId, long Episode)
{
    internal static RunParent? Of(string? run, long? episode) => run is null || episode is not { } at ? null : new(run, at);
}
