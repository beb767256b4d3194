namespace GridWorld.Tests;

public class RankTestsTests
{
    // The published critical values of the signed-rank sum at the two-sided 5 % level (Wilcoxon and Wilcox, 1964; in most textbooks).
    [Theory]
    [InlineData(6, 0)]
    [InlineData(7, 2)]
    [InlineData(8, 3)]
    [InlineData(9, 5)]
    [InlineData(10, 8)]
    [InlineData(12, 13)]
    [InlineData(15, 25)]
    [InlineData(20, 52)]
    [InlineData(25, 89)]
    public void Signed_rank_sum_is_critical_where_the_tables_say(int pairs, int critical)
    {
        Assert.True(RankTests.SignedRank(WithSum(pairs, critical)) <= 0.05);
        Assert.True(RankTests.SignedRank(WithSum(pairs, critical + 1)) > 0.05);
    }

    // Sums 0, 1, 2, 3, 4 of ranks from 1 … 8 arise in 1, 1, 1, 2, 2 of 256 ways.
    [Theory]
    [InlineData(0, 2.0 / 256)]
    [InlineData(1, 4.0 / 256)]
    [InlineData(2, 6.0 / 256)]
    [InlineData(3, 10.0 / 256)]
    [InlineData(4, 14.0 / 256)]
    [InlineData(18, 1)] // the middle of 36
    public void Signed_rank_probability_of_eight_pairs_is_counted(int sum, double expected) =>
        Assert.Equal(expected, RankTests.SignedRank(WithSum(8, sum)), 12);

    // Depression scores of nine patients at two visits: V = 40, p = 0.01953 one-sided. Hollander and Wolfe, 1973, p. 29.
    [Fact]
    public void Signed_rank_test_agrees_with_a_textbook_example()
    {
        double[] first = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30],
            second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

        Assert.Equal(2 * 0.01953, RankTests.SignedRank([.. first.Zip(second, (a, b) => a - b)]), 5);
    }

    // |d| = 1, 1, 2 have ranks 1½, 1½, 3. Of 8 signs, the positive sum is 6 once: p = 2/8. For +, −, +: 4½, reached by 6, 4½, 4½: 2 · 3/8.
    [Theory]
    [InlineData(0.25, 1.0, 1, 2)]
    [InlineData(0.75, 1.0, -1, 2)]
    public void Tied_differences_share_their_ranks_exactly(double expected, double a, double b, double c) =>
        Assert.Equal(expected, RankTests.SignedRank([a, b, c]), 12);

    // Pratt: |d| = 0, 1, 2, 3 have ranks 1, 2, 3, 4; the zero is dropped. Sums of {2, 3, 4}: 0, 2, 3, 4, 5, 6, 7, 9. +, +, − gives 5, at or
    // above 4 of 8: p = 1. Without ranking the zero, {1, 2, 3} would give the sum 3, also the middle. +, −, +: 6 of 9, at or above 3 of 8.
    [Theory]
    [InlineData(1.0, 1.0, 2, -3)]
    [InlineData(0.75, 1.0, -2, 3)]
    public void Zero_differences_are_ranked_and_dropped(double expected, double a, double b, double c) =>
        Assert.Equal(expected, RankTests.SignedRank([0, a, b, c]), 12);

    [Fact]
    public void Pairs_without_a_difference_show_none() => Assert.Equal(1, RankTests.SignedRank([0, 0, 0]));

    // 26 positive differences: W = 351, mean 175.5, variance 26·27·53/24 = 1550.25, z = 175/39.3732 = 4.44465: p = 8.804e−6.
    [Fact]
    public void Many_pairs_use_the_normal_approximation() =>
        Assert.Equal(8.804e-6, RankTests.SignedRank(WithSum(26, 351)), 9);

    // Exact and approximate probabilities agree where one takes over from the other: W = 100 of 325 with 25 pairs, z = −62/37.1652.
    [Fact]
    public void Exact_probability_of_25_pairs_is_near_the_normal_one() =>
        Assert.Equal(2 * Distributions.Normal(-62 / Math.Sqrt(25 * 26 * 51 / 24.0)), RankTests.SignedRank(WithSum(25, 100)), 0.002);

    // Of 252 choices of 5 ranks among 10, U is 0, 1, 2, 3 in 1, 1, 2, 3. The table's critical value at 5 % is 2. Mann and Whitney, 1947.
    [Theory]
    [InlineData(2.0 / 252, 1, 2, 3, 4, 5)]
    [InlineData(4.0 / 252, 1, 2, 3, 4, 6)]
    [InlineData(8.0 / 252, 1, 2, 3, 4, 7)]
    [InlineData(14.0 / 252, 1, 2, 3, 4, 8)]
    public void Rank_sum_probability_of_five_and_five_is_counted(double expected, int a, int b, int c, int d, int e)
    {
        double[] x = [a, b, c, d, e], y = [.. Enumerable.Range(1, 10).Select(i => (double)i).Except(x)];

        Assert.Equal(expected, RankTests.RankSum(x, y), 12);
        Assert.Equal(expected, RankTests.RankSum(y, x), 12);
    }

    // Permeability of the placenta: W = 35, p = 0.1272 one-sided. Hollander and Wolfe, 1973, p. 69.
    [Fact]
    public void Rank_sum_test_agrees_with_a_textbook_example() =>
        Assert.Equal(0.2544, RankTests.RankSum([0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
            [1.15, 0.88, 0.90, 0.74, 1.21]), 4);

    // {1, 1} against {1, 2}: ranks 2, 2, 2, 4. Choices of two: 4 or 6, three each. The sum of x is 4, at or below it 3 of 6.
    [Fact]
    public void Tied_values_share_their_ranks_exactly() => Assert.Equal(1, RankTests.RankSum([1, 1], [1, 2]), 12);

    // 30 above 30: U = 900, mean 450, variance 30·30·61/12 = 4575, z = 449.5/67.639 = 6.6456: p = 3.0199e−11.
    [Fact]
    public void Many_runs_use_the_normal_approximation()
    {
        double[] x = [.. Enumerable.Range(31, 30).Select(i => (double)i)], y = [.. Enumerable.Range(1, 30).Select(i => (double)i)];

        Assert.Equal(1, RankTests.RankSum(x, y) / (2 * Distributions.Normal(-449.5 / Math.Sqrt(4575))), 9);
    }

    // Differences ±1 … ±n whose positive ones add up to a sum.
    static double[] WithSum(int pairs, int sum)
    {
        double[] differences = [.. Enumerable.Range(1, pairs).Select(i => -(double)i)];
        for (int rank = pairs; rank >= 1; rank--)
        {
            if (rank > sum)
                continue;
            differences[rank - 1] = rank;
            sum -= rank;
        }

        return differences;
    }
}
