using CsCheck;

namespace GridWorld.Tests;

public class QuantilesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 2.5)]  // a quarter of the 3 steps: ¾ of the way from 1 to 3
    [InlineData(0.5, 4)]     // between 3 and 5
    [InlineData(1, 10)]
    public void Quantile_lies_between_neighbors(double probability, double expected)
    {
        double[] shuffled = [5, 1, 10, 3];

        Assert.Equal(expected, Quantiles.OfSorted([1, 3, 5, 10], probability), 12);
        Assert.Equal(expected, Quantiles.Of(shuffled, probability), 12);
    }

    [Fact]
    public void Selection_finds_what_sorting_finds() =>
        Gen.Select(Gen.Int[0, 9].Select(i => (double)i).Array[1, 60], Gen.Double[0, 1]).Sample((values, probability) =>
        {
            double[] sorted = [.. values.Order()];
            return Quantiles.OfSorted(sorted, probability) == Quantiles.Of(values, probability);
        });
}
