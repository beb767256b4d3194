namespace GridWorld.Tests;

public class SampleSizeTests
{
    // Cohen's small, medium and large effects at power 80 %, two-sided 5 %: the tables of Cohen, 1988, and of G*Power.
    [Theory]
    [InlineData(0.2, 199, 394)]
    [InlineData(0.5, 34, 64)]
    [InlineData(0.8, 15, 26)]
    public void Seeds_are_those_of_the_tables(double effect, int paired, int perSide)
    {
        Assert.Equal(paired, SampleSize.Paired(3 * effect, 3));
        Assert.Equal(paired, SampleSize.Paired(-effect, 1));
        Assert.Equal(perSide, SampleSize.Unpaired(effect, 1));
    }

    [Fact]
    public void More_power_or_confidence_takes_more_seeds()
    {
        Assert.Equal(44, SampleSize.Paired(0.5, 1, power: 0.9)); // G*Power
        Assert.Equal(51, SampleSize.Paired(0.5, 1, level: 0.99)); // G*Power
    }

    // Normal approximation with its correction: (1.959964 + 0.841621)²/0.01² + 1.959964²/2 = 78,488.8 + 1.9.
    [Fact]
    public void Small_effects_use_the_normal_approximation() => Assert.Equal(78_491, SampleSize.Paired(0.01, 1));

    [Fact]
    public void Seeds_have_limits()
    {
        Assert.Equal(2, SampleSize.Paired(1, 0));
        Assert.Equal(1_000_000, SampleSize.Paired(1e-9, 1));
    }

    [Fact]
    public void Numbers_out_of_range_are_named() =>
        Assert.Equal(["The difference to detect must be finite and not 0 (got 0).",
            "The standard deviation must be finite and at least 0 (got -1).", "Power must be between 0.5 and 0.999 (got 80). Use 0.8.",
            "Level must be between 0.5 and 0.999 (got NaN). Use 0.95."],
            Assert.Throws<InputException>(() => SampleSize.Paired(0, -1, 80, double.NaN)).Errors);
}
