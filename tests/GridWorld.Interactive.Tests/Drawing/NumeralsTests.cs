namespace GridWorld.Tests;

public class NumeralsTests
{
    [Theory]
    [InlineData(-1e9, "−1e9")]
    [InlineData(1234567.0, "1,234,567")]
    [InlineData(-12345678.0, "−1.235e7")]
    [InlineData(-13.0, "−13")]
    [InlineData(0.00012, "1.2e−4")]
    public void Numbers_that_are_long_are_short(double value, string text) => Assert.Equal(text, Numerals.Short(value));

    [Theory]
    [InlineData(1e9, 1e9, "1e9")]
    [InlineData(1_000_000_020.0, 10, "1.00000002e9")] // the next one is …30: all digits down to the tens
    [InlineData(-2.5e8, 5e7, "−2.5e8")]
    [InlineData(-60, 20, "−60")]
    [InlineData(1e-20, 1, "0")]
    public void Marks_of_an_axis_differ(double value, double step, string text) => Assert.Equal(text, Numerals.Tick(value, step));
}
