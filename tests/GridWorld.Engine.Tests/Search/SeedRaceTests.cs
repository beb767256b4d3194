namespace GridWorld.Tests;

public class SeedRaceTests
{
    // Wilcoxon's exact two-sided p for few differences without ties or zeros, by counting all signs.
    static double Exact(IReadOnlyList<double> gains)
    {
        double[] sorted = [.. gains.OrderBy(Math.Abs)];
        int n = sorted.Length, losses = Sum(Enumerable.Range(0, n).Where(i => sorted[i] < 0));
        int least = Math.Min(losses, n * (n + 1) / 2 - losses);
        int asFar = Enumerable.Range(0, 1 << n).Count(signs => Sum(Enumerable.Range(0, n).Where(i => (signs >> i & 1) != 0)) <= least);
        return Math.Min(1, 2.0 * asFar / (1 << n));

        static int Sum(IEnumerable<int> places) => places.Sum(i => i + 1);
    }

    static readonly SeedRace Race = new() { PValue = Exact };

    [Theory]
    [InlineData(0, RaceDecision.Undecided)]
    [InlineData(4, RaceDecision.Undecided)] // p = 2/16
    [InlineData(5, RaceDecision.Drop)] // p = 2/32
    public void A_challenger_that_always_loses_is_dropped_after_5_seeds(int seeds, RaceDecision expected)
    {
        double[] challenger = [.. Enumerable.Range(0, seeds).Select(i => -20.0 - i)], incumbent = [.. Enumerable.Repeat(-13.0, 10)];

        Assert.Equal(expected, Race.Decide(challenger, incumbent, 10, higherIsBetter: true));
        Assert.Equal(expected == RaceDecision.Drop ? RaceDecision.Keep : expected,
            Race.Decide(challenger, incumbent, 10, higherIsBetter: false));
    }

    [Theory]
    [InlineData(4, RaceDecision.Undecided)]
    [InlineData(5, RaceDecision.Drop)]
    public void The_usual_test_is_Wilcoxons(int seeds, RaceDecision expected) => Assert.Equal(expected,
        new SeedRace().Decide([.. Enumerable.Range(1, seeds).Select(i => -20.0 - i)], new double[9], 9, higherIsBetter: true));

    [Fact]
    public void Significance_is_the_callers() => Assert.Equal(RaceDecision.Undecided,
        (Race with { Significance = 0.05 }).Decide([1, 2, 3, 4, 5], [9, 9, 9, 9, 9], 10, higherIsBetter: true));

    [Fact]
    public void Equal_challengers_are_kept_after_the_last_seed()
    {
        var race = new SeedRace { PValue = _ => 0 };

        Assert.Equal(RaceDecision.Undecided, race.Decide([1, 2], [1, 2], 3, true));
        Assert.Equal(RaceDecision.Keep, race.Decide([1, 2, 3], [1, 2, 3], 3, true));
    }

    [Fact]
    public void Infinite_and_missing_scores_reach_the_test_as_finite_differences()
    {
        double inf = double.PositiveInfinity;
        var race = new SeedRace
        {
            PValue = gains =>
            {
                Assert.All(gains, g => Assert.True(double.IsFinite(g)));
                return 0.01;
            },
        };

        Assert.Equal(RaceDecision.Drop, race.Decide([inf, inf, double.NaN, 5], [inf, 1, 2, 4], 9, higherIsBetter: false));
        Assert.Throws<InputException>(() => race.Decide([1], [], 9, true));
    }
}
