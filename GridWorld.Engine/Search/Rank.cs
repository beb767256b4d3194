namespace GridWorld;

/// <summary>The order of scores: the best first, NaN last.</summary>
internal static class Rank
{
    /// <summary>A number that is smaller for a better score.</summary>
    public static double Of(double score, bool higherIsBetter) =>
        double.IsNaN(score) ? double.PositiveInfinity : higherIsBetter ? -score : score;

    /// <summary>The numbers of the scores, best first; equal ones in their order.</summary>
    public static IEnumerable<int> Best(IReadOnlyList<double> scores, bool higherIsBetter) => Enumerable.Range(0, scores.Count)
        .OrderBy(i => double.IsNaN(scores[i])).ThenBy(i => Of(scores[i], higherIsBetter)).ThenBy(i => i);
}
