namespace GridWorld.Tests;

public class ValueRangeTests
{
    [Fact]
    public void One_fall_leaves_the_other_values_their_colors()
    {
        // Quartiles −11 and −5, six apart: beyond −11 − 18 and −5 + 18 lies the fall alone.
        double[] values = [-13, -12, -11, -10, -9, -7, -5, -4, -3, -100];

        var range = ValueRange.Robust(values);

        Assert.Equal(new ValueRange(-100, -13, -3, -3), range);
        Assert.True(range.IsCut);
        Assert.Equal([0, 0, 0.5, 1], new[] { -100, -13, -8, -3 }.Select(v => range.Share(v)));
    }

    [Theory]
    [InlineData(new[] { 0.0, 0, 0, 0, 0, 1 }, 0, 1)]                    // no distance between the quartiles: nothing is far
    [InlineData(new[] { 1.0, 2, 3, double.NaN, double.PositiveInfinity }, 1, 3)]
    [InlineData(new double[0], 0, 0)]
    [InlineData(new[] { -1.7e308, 0, 1.7e308 }, -1.7e308, 1.7e308)]     // wider than a double
    public void Scale_spans_all_where_nothing_is_far(double[] values, double low, double high)
    {
        var range = ValueRange.Robust(values);

        Assert.Equal((low, high, false), (range.Low, range.High, range.IsCut));
        Assert.Equal(high > low ? 0.5 : 1, range.Share(high / 2 + low / 2));
    }
}
