namespace GridWorld.Tests;

/// <summary>Histograms: hand-worked bars, and that every finite value is counted once.</summary>
public sealed class HistogramTests
{
    [Fact]
    public void Bars_have_one_round_width()
    {
        var bars = Histogram.Of([1, 2, 2, 3, 5, 9, 10], most: 8);

        // 98 % of the way from 2 % lies 1.12 to 9.94; 8.82 in 5 bars is 1.764, rounded up to 2.
        Assert.Equal([new(0, 2, 1), new(2, 4, 3), new(4, 6, 1), new(6, 8, 0), new(8, 10, 2)], bars);
    }

    [Fact]
    public void Outliers_are_counted_in_the_last_bars_however_far_they_are()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(k => (double)(k % 10)), -1e9, 1e12, double.NaN, double.NegativeInfinity];

        var bars = Histogram.Of(values, most: 20);

        Assert.Equal(1002, bars.Sum(bar => bar.Count));
        Assert.Equal((-1e9, 1e12), (bars[0].Low, bars[^1].High));
        Assert.InRange(bars.Count, 10, 20);
        Assert.All(bars.Zip(bars.Skip(1)), pair => Assert.Equal(pair.First.High, pair.Second.Low));
    }

    [Theory]
    [InlineData(new double[0], 0)]
    [InlineData(new[] { 7.0 }, 1)]
    [InlineData(new[] { -3.0, -3, -3 }, 1)]
    [InlineData(new[] { -1e308, 1e308 }, 1)]
    public void Few_or_equal_values_are_one_bar(double[] values, int bars)
    {
        var found = Histogram.Of(values, most: 20);

        Assert.Equal(bars, found.Count);
        Assert.Equal(values.Length, found.Sum(bar => bar.Count));
    }
}
