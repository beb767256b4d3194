namespace GridWorld.Tests;

public class DistributionsTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]   // Abramowitz and Stegun, table 26.1
    [InlineData(-1.96, 0.024997895148220)]
    [InlineData(3, 0.998650101968370)]
    public void Normal_probabilities_are_those_of_the_tables(double z, double expected) =>
        Assert.Equal(expected, Distributions.Normal(z), 14);

    [Theory]
    [InlineData(-5, 2.866515718791939e-7)]
    [InlineData(-10, 7.619853024160527e-24)]
    public void Tails_keep_their_digits(double z, double expected) =>
        Assert.Equal(1, Distributions.Normal(z) / expected, 10);

    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.8, 0.841621233572914)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(0.5, 0)]
    public void Normal_quantiles_are_those_of_the_tables(double p, double expected) =>
        Assert.Equal(expected, Distributions.NormalQuantile(p), 11);

    [Theory]
    [InlineData(0.975, 1, 12.706204736174698)] // tan(0.475 π)
    [InlineData(0.975, 2, 4.302652729749462)]  // 0.95 √(2/(1 − 0.95²))
    [InlineData(0.975, 9, 2.262157162798205)]
    [InlineData(0.975, 29, 2.045229642132703)]
    [InlineData(0.975, 120, 1.979930405082422)]
    [InlineData(0.05, 10, -1.812461122811676)]
    public void Student_quantiles_are_those_of_the_tables(double p, double degreesOfFreedom, double expected) =>
        Assert.Equal(expected, Distributions.StudentQuantile(p, degreesOfFreedom), 9);

    [Theory]
    [InlineData(0, 9, 0.5)]
    [InlineData(1, 1, 0.75)]  // 1/2 + arctan(1)/π
    [InlineData(-1, 1, 0.25)]
    public void Student_probabilities_are_exact_at_the_middle_and_for_one_degree(double t, double degreesOfFreedom, double expected) =>
        Assert.Equal(expected, Distributions.Student(t, degreesOfFreedom), 14);

    [Fact]
    public void Noncentral_probability_without_a_difference_is_the_level() =>
        Assert.Equal(0.05, Distributions.NoncentralStudentBeyond(2.262157162798205, 9, 0), 9);
}
