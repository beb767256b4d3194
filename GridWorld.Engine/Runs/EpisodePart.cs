namespace GridWorld;

/// <summary>Some steps of an episode.</summary>
/// <param name="Length">Number of steps of the whole episode.</param>
/// <param name="Return">Undiscounted return of the whole episode.</param>
/// <param name="Epsilon">ε at the first step; NaN if the learner has none.</param>
/// <param name="Steps">The requested steps.</param>
internal sealed record EpisodePart(int Length, double Return, double Epsilon, EpisodeStep[] Steps);
