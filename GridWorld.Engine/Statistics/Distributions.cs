namespace GridWorld;

/// <summary>The normal distribution and those of Student, to about 12 digits.</summary>
internal static class Distributions
{
    const double InverseRootTwoPi = 0.398942280401432678;

    /// <summary>Φ(z), the probability of a standard normal value below z.</summary>
    public static double Normal(double z)
    {
        if (z > 0)
            return 1 - Normal(-z);
        double density = InverseRootTwoPi * Math.Exp(-z * z / 2);
        if (z < -4)
        {
            // Laplace's continued fraction of the tail.
            double fraction = -z;
            for (int k = 60; k >= 1; k--)
                fraction = -z + k / fraction;
            return density / fraction;
        }

        // Φ(z) = ½ + φ(z)(z + z³/3 + z⁵/(3·5) + …). Marsaglia, 2004.
        double sum = z, term = z;
        for (int k = 3; Math.Abs(term) > 1e-18; k += 2)
            sum += term *= z * z / k;
        return 0.5 + density * sum;
    }

    /// <summary>The z with Φ(z) = p, for p in (0, 1).</summary>
    public static double NormalQuantile(double p) => p > 0.5 ? -NormalQuantile(1 - p) : Inverse(Normal, p, -40, 0);

    /// <summary>The probability of a value of Student's distribution below t. Abramowitz and Stegun, 1964, 26.7.1.</summary>
    public static double Student(double t, double degreesOfFreedom)
    {
        double half = IncompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2;
        return t > 0 ? 1 - half : half;
    }

    /// <summary>The t below which Student's distribution has probability p in (0, 1).</summary>
    public static double StudentQuantile(double p, double degreesOfFreedom) =>
        p == 0.5 ? 0 : p > 0.5 ? -StudentQuantile(1 - p, degreesOfFreedom) : Inverse(t => Student(t, degreesOfFreedom), p, -1e9, 0);

    /// <summary>
    /// The probability that |T| exceeds <paramref name="critical"/>, T of the noncentral distribution: the normal probability, integrated
    /// over the sample's standard deviation by Simpson's rule.
    /// </summary>
    public static double NoncentralStudentBeyond(double critical, double degreesOfFreedom, double noncentrality)
    {
        const int Intervals = 400;
        double width = 10 / Math.Sqrt(2 * degreesOfFreedom), start = Math.Max(0, 1 - width), step = (1 + width - start) / Intervals;
        double constant = Math.Log(2) + degreesOfFreedom / 2 * Math.Log(degreesOfFreedom / 2) - LogGamma(degreesOfFreedom / 2);
        double sum = 0;
        for (int i = 0; i <= Intervals; i++)
        {
            double s = start + i * step;
            double density = s == 0 ? (degreesOfFreedom == 1 ? Math.Exp(constant) : 0)
                : Math.Exp(constant + (degreesOfFreedom - 1) * Math.Log(s) - degreesOfFreedom * s * s / 2);
            double beyond = Normal(noncentrality - critical * s) + Normal(-noncentrality - critical * s);
            sum += density * beyond * (i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2);
        }

        return sum * step / 3;
    }

    static double Inverse(Func<double, double> rising, double p, double low, double high)
    {
        while (low + (high - low) / 2 is var middle && middle > low && middle < high)
            (low, high) = rising(middle) < p ? (middle, high) : (low, middle);
        return high;
    }

    // The continued fraction of the regularized incomplete beta function, by Lentz's method. Numerical Recipes, 3rd ed., 6.4.
    static double IncompleteBeta(double x, double a, double b)
    {
        if (x <= 0 || x >= 1)
            return x <= 0 ? 0 : 1;
        if (x > (a + 1) / (a + b + 2))
            return 1 - IncompleteBeta(1 - x, b, a);
        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x)) / a;
        double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), fraction = d, change = 0;
        for (int m = 1; m < 10_000 && Math.Abs(change - 1) > 1e-15; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / (1 + even * d);
            c = 1 + even / c;
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / (1 + odd * d);
            c = 1 + odd / c;
            fraction *= change = d * c;
        }

        return front * fraction;
    }

    // Stirling's series after shifting the argument above 10.
    static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 10; x++)
            shift += Math.Log(x);
        double r = 1 / (x * x);
        double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / x;
        return (x - 0.5) * Math.Log(x) - x + 0.91893853320467274178 + series - shift;
    }
}
