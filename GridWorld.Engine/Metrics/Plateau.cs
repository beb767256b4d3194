namespace GridWorld;

/// <summary>
/// Decides whether the return has stopped improving: the one-sided rank test of Mann and Whitney (1947) between the block means of a
/// <see cref="Stretch"/> and those of the same number of episodes before it. Ranks work for values of any size, and block means, unlike
/// single episodes, are nearly independent.
/// </summary>
internal static class Plateau
{
    // 16 means against 16: 256 pairs. If nothing has changed, 128 wins are expected, with standard deviation √(16·16·33/12) = 26.5.
    // Not better at p = 0.05 is a plateau. Only better at p = 0.00003, four deviations, ends the plateau.
    const double MostWinsOfPlateau = 171, LeastWinsOfImprovement = 235;

    public static bool IsReached(EpisodeHistory history, long episode) => Stretch.Holds(episode, stretch => Verdict(history, stretch));

    static bool? Verdict(EpisodeHistory history, Stretch stretch)
    {
        var means = history.Returns(stretch.Start - stretch.Length, stretch.End, 2 * Stretch.Blocks, stretch.End);
        if (stretch.Start <= stretch.Length || means.Length != 2 * Stretch.Blocks)
            return null;
        double wins = Wins([.. means[Stretch.Blocks..].Select(b => b.Mean)], [.. means[..Stretch.Blocks].Select(b => b.Mean)]);
        return wins <= MostWinsOfPlateau ? true : wins >= LeastWinsOfImprovement ? false : null;
    }

    /// <summary>Mann and Whitney's U: the number of pairs in which the later value is greater. A tie or a NaN counts half.</summary>
    internal static double Wins(ReadOnlySpan<double> later, ReadOnlySpan<double> earlier)
    {
        double wins = 0;
        foreach (double a in later)
        {
            foreach (double b in earlier)
                wins += a > b ? 1 : a < b ? 0 : 0.5;
        }

        return wins;
    }
}
