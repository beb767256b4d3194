namespace GridWorld;

/// <summary>
/// Whether the return has stopped improving: the one-sided rank test of Mann and Whitney (1947) between the block means of a
/// <see cref="Stretch"/> and of the episodes before it, as many. Ranks take values of any size, and means of blocks, unlike single
/// episodes, hardly depend on each other.
/// </summary>
internal static class Plateau
{
    // 16 means against 16: 256 pairs, expected 128 wins with standard deviation √(16·16·33/12) = 26.5 where nothing has changed.
    // Not better at p = 0.05 says plateau; only better at p = 0.00003, four deviations, takes it back.
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

    /// <summary>Mann and Whitney's U: in how many pairs the later value is the greater one; a tie counts half, and so does what is not a number.</summary>
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
