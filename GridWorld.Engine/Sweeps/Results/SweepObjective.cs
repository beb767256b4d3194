namespace GridWorld;

/// <summary>What a sweep optimizes.</summary>
/// <param name="Name">The name, with the target of <c>steps_to:X</c>.</param>
/// <param name="HigherIsBetter">Whether it is maximized.</param>
/// <param name="Target">The return X of <c>steps_to:X</c>; null for other objectives.</param>
/// <param name="Score">The function of a registered objective; null for the library's own.</param>
internal sealed record SweepObjective(string Name, bool HigherIsBetter, double? Target = null,
    Func<IReadOnlyList<EpisodeRecord>, double>? Score = null);
