using CsCheck;

namespace GridWorld.Tests;

public class PortableMathTests
{
    // nᵖ of a perfect power is whole: known without any other power function.
    [Fact]
    public void Powers_of_whole_roots_are_whole() => Gen.Long[1, 6000].Sample(k =>
    {
        // n = k, k², k⁴ (below 2⁵³) to the 1, ½, ¼, ¾ and ½.
        foreach (var (root, part) in new[] { (1, 1), (2, 1), (4, 1), (4, 3), (4, 2) })
        {
            double n = Math.Round(Exactly(k, root)), expected = Exactly(k, part);
            Close(expected, PortableMath.Pow(n, (double)part / root));
        }
    }, iter: 2000);

    [Theory]
    [InlineData(2, 0.5, 1.4142135623730950488)]
    [InlineData(10, 0.5, 3.1622776601683793320)]
    [InlineData(2, 0.8, 1.7411011265922482783)]
    [InlineData(3, 0.8, 2.4082246852806920463)]
    [InlineData(10, 0.6, 3.9810717055349725077)]
    [InlineData(1024, 0.7, 128)]
    [InlineData(1e12, 0.75, 1e9)]
    [InlineData(1e15, 0.8, 1e12)]
    [InlineData(1e10, 1.5, 1e15)]
    [InlineData(1e6, 2, 1e12)]
    [InlineData(9007199254740992, 2, 81129638414606681695789005144064d)]
    public void Powers_match_known_values(double x, double y, double expected) => Close(expected, PortableMath.Pow(x, y));

    [Fact]
    public void One_stays_one() => Assert.Equal(1, PortableMath.Pow(1, 0.8));

    [Fact]
    public void Powers_never_rise_where_learning_rates_must_fall() => Gen.Long[1, 1L << 40].Sample(n =>
        Assert.True(PortableMath.Pow(n + (n >> 20) + 1, 0.8) > PortableMath.Pow(n, 0.8)));

    static double Exactly(long k, int power) => (double)Enumerable.Repeat((decimal)k, power).Aggregate(1m, (a, b) => a * b);

    static void Close(double expected, double actual) => Assert.InRange(actual / expected, 1 - 1e-14, 1 + 1e-14);
}
