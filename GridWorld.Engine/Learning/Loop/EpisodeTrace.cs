namespace GridWorld;

/// <summary>The steps of one episode.</summary>
/// <param name="Episode">Number of the episode, from 1.</param>
/// <param name="Steps">Steps of the episode, in order.</param>
public sealed record EpisodeTrace(long Episode, IReadOnlyList<EpisodeStep> Steps);
