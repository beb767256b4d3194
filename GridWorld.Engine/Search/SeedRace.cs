namespace GridWorld;

/// <summary>
/// Decides after each seed whether a challenger can still compete with the incumbent: racing (Maron and Moore, 1994; Birattari et al.,
/// 2002) with a paired test, because both ran with the same seeds.
/// </summary>
public sealed record SeedRace
{
    /// <summary>
    /// The two-sided p-value of a test that paired differences are symmetric around 0. Default: the Wilcoxon signed-rank test.
    /// </summary>
    public Func<IReadOnlyList<double>, double> PValue { get; init => field = Guard.NotNull(value); } =
        differences => RankTests.SignedRank([.. differences]);

    /// <summary>
    /// The significance below which a difference decides, in (0, 1). Default 0.1, of which one half is for each direction: with the exact
    /// Wilcoxon test, 5 seeds that all agree decide (p = 0.0625). The race tests after each seed and does not correct for that.
    /// </summary>
    public double Significance { get; init; } = 0.1;

    /// <summary>Decides from the scores so far.</summary>
    /// <param name="challenger">The challenger's scores, by seed. NaN is worse than any number.</param>
    /// <param name="incumbent">The incumbent's scores for the same seeds, and perhaps more.</param>
    /// <param name="seeds">The number of seeds of a whole trial.</param>
    /// <param name="higherIsBetter">Whether a higher score is better.</param>
    /// <exception cref="InputException">There are fewer scores of the incumbent than of the challenger, or the significance is out of
    /// range.</exception>
    public RaceDecision Decide(IReadOnlyList<double> challenger, IReadOnlyList<double> incumbent, int seeds, bool higherIsBetter)
    {
        int count = Guard.NotNull(challenger).Count;
        new Faults().Require(Guard.NotNull(incumbent).Count >= count,
            $"A race compares the same seeds: the incumbent must have at least {count} scores (got {incumbent.Count}).")
            .Require(Significance is > 0 and < 1, $"Significance must be between 0 and 1, both excluded (got {Significance}).")
            .ThrowIfAny();
        double[] gains = [.. challenger.Select((score, i) => Gain(score, incumbent[i], higherIsBetter))];
        int sign = gains.Length == 0 ? 0 : Math.Sign(SignedRanks(gains));
        if (sign != 0 && PValue(gains) < Significance)
            return sign > 0 ? RaceDecision.Keep : RaceDecision.Drop;
        return count >= seeds ? RaceDecision.Keep : RaceDecision.Undecided;
    }

    // Positive if the challenger is better. Infinite scores on both sides are equal; the test needs finite differences.
    static double Gain(double challenger, double incumbent, bool higherIsBetter)
    {
        double a = -Rank.Of(challenger, higherIsBetter), b = -Rank.Of(incumbent, higherIsBetter);
        return a == b ? 0 : Math.Clamp(a - b, -double.MaxValue, double.MaxValue);
    }

    // The direction of the difference: the sum of the ranks of the gains minus that of the losses.
    static double SignedRanks(double[] gains)
    {
        double[] sizes = [.. gains.Where(g => g != 0).Select(Math.Abs)];
        return gains.Where(g => g != 0).Sum(g =>
            Math.Sign(g) * (sizes.Count(s => s < Math.Abs(g)) + (sizes.Count(s => s == Math.Abs(g)) + 1) / 2.0));
    }
}
