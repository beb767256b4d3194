namespace GridWorld;

/// <summary>Scores of seeds.</summary>
internal static class SeedScores
{
    /// <summary>The mean returns of the last 100 episodes that are finite numbers, in the order of the seeds.</summary>
    public static IEnumerable<double> FiniteReturns(this IEnumerable<SeedResult> seeds) =>
        seeds.Select(s => s.MeanReturnLast100).OfType<double>().Where(double.IsFinite);

    /// <summary>
    /// The interquartile mean of the finite returns, null for none, and its 95 % interval, null for fewer than two.
    /// </summary>
    public static (double? Mean, ConfidenceInterval? Interval) InterquartileReturn(this IEnumerable<SeedResult> seeds)
    {
        double[] returns = [.. seeds.FiniteReturns()];
        if (returns.Length == 0)
            return (null, null);
        var scores = Scores.Of(returns);
        return (scores.InterquartileMean, returns.Length < 2 ? null : scores.Interval(Aggregate.InterquartileMean));
    }
}
