namespace GridWorld;

/// <summary>The number of seeds that a comparison needs, from the power of Student's t-test.</summary>
public static class SampleSize
{
    const double MostSeeds = 1_000_000;

    /// <summary>
    /// Returns the number of seeds with which a paired comparison (both sides with the same seeds) shows a difference with the given
    /// probability. Exact power of the paired t-test.
    /// </summary>
    /// <param name="difference">The true mean difference to detect, in the unit of the scores; finite, not 0.</param>
    /// <param name="standardDeviation">The standard deviation of the differences of the pairs, divisor n − 1; at least 0.</param>
    /// <param name="power">The probability of detection, in [0.5, 0.999]. Default 0.8.</param>
    /// <param name="level">1 − the two-sided significance level, in [0.5, 0.999]. Default 0.95.</param>
    /// <returns>The number of seeds, at least 2; 1,000,000 if that is not enough.</returns>
    /// <exception cref="InputException">A number is out of range.</exception>
    public static int Paired(double difference, double standardDeviation, double power = 0.8, double level = 0.95) =>
        Least(Effect(difference, standardDeviation, power, level), 1, power, level);

    /// <summary>The same for sides with different seeds: the number of seeds per side. Exact power of the two-sample t-test.</summary>
    /// <param name="difference">The true difference of the means to detect, in the unit of the scores; finite, not 0.</param>
    /// <param name="standardDeviation">The standard deviation of the scores of a side, divisor n − 1; at least 0.</param>
    /// <param name="power">The probability of detection, in [0.5, 0.999]. Default 0.8.</param>
    /// <param name="level">1 − the two-sided significance level, in [0.5, 0.999]. Default 0.95.</param>
    /// <returns>The number of seeds per side, at least 2; 1,000,000 if that is not enough.</returns>
    /// <exception cref="InputException">A number is out of range.</exception>
    public static int Unpaired(double difference, double standardDeviation, double power = 0.8, double level = 0.95) =>
        Least(Effect(difference, standardDeviation, power, level), 2, power, level);

    static double Effect(double difference, double deviation, double power, double level)
    {
        new Faults().Require(double.IsFinite(difference) && difference != 0,
            $"The difference to detect must be finite and not 0 (got {Printable.Number(difference)}).")
            .Require(deviation >= 0 && double.IsFinite(deviation),
            $"The standard deviation must be finite and at least 0 (got {Printable.Number(deviation)}).")
            .Require(power is >= 0.5 and <= 0.999, $"Power must be between 0.5 and 0.999 (got {Printable.Number(power)}). Use 0.8.")
            .Require(level is >= 0.5 and <= 0.999, $"Level must be between 0.5 and 0.999 (got {Printable.Number(level)}). Use 0.95.")
            .ThrowIfAny();
        return Math.Abs(difference) / deviation;
    }

    // The smallest n per side whose power suffices, between a number that does not and one that does.
    static int Least(double effect, int sides, double power, double level)
    {
        // Guenther, 1981: normal approximation, right to the seed in large samples.
        double z = Distributions.NormalQuantile((1 + level) / 2), sum = z + Distributions.NormalQuantile(power);
        double guess = sides * sum * sum / (effect * effect) + z * z / (2 * sides);
        if (guess > 2_000)
            return (int)Math.Min(MostSeeds, Math.Ceiling(guess));
        int low = 1, high = 2;
        while (Power(effect, high, sides, level) < power)
            (low, high) = (high, 2 * high);
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = Power(effect, middle, sides, level) < power ? (middle, high) : (low, middle);
        }

        return high;
    }

    static double Power(double effect, int n, int sides, double level)
    {
        double freedom = sides * (n - 1.0), critical = Distributions.StudentQuantile((1 + level) / 2, freedom);
        return double.IsInfinity(effect) ? 1
            : Distributions.NoncentralStudentBeyond(critical, freedom, effect * Math.Sqrt((double)n / sides));
    }
}
