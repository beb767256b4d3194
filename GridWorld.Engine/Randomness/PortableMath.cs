namespace GridWorld;

/// <summary>
/// Computes powers, logarithms and exponentials by products and sums in a fixed order. The platform's functions differ in the last bits
/// between systems.
/// </summary>
internal static class PortableMath
{
    const double Ln2 = 0.693147180559945309417;

    /// <summary>xʸ for x ≥ 1, within a few units in the last place.</summary>
    public static double Pow(double x, double y) => Exp(y * Log(x));

    /// <summary>ln x for finite x > 0.</summary>
    // ln x = k·ln 2 + 2·artanh((m − 1)/(m + 1)) with m in [√½, √2).
    public static double Log(double x)
    {
        int exponent = Math.ILogB(x);
        double m = Math.ScaleB(x, -exponent);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }

        double z = (m - 1) / (m + 1), square = z * z, term = z, sum = 0;
        for (int n = 1; n < 30; n += 2, term *= square)
            sum += term / n;
        return exponent * Ln2 + 2 * sum;
    }

    /// <summary>eˣ for x ≤ 700; 0 below −745.</summary>
    // e^x = 2^k · e^r with |r| ≤ ½ ln 2, by its series.
    public static double Exp(double x)
    {
        if (x < -745)
            return 0;
        int k = (int)Math.Round(x / Ln2);
        double r = x - k * Ln2, term = 1, sum = 1;
        for (int n = 1; n < 20; n++)
            sum += term *= r / n;
        return Math.ScaleB(sum, k);
    }
}
