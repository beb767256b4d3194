namespace GridWorld;

/// <summary>
/// A density on an interval: the mean of one normal density per value, and of one for the whole interval, each cut at the bounds. The width
/// of each is the distance to its farther neighbor or bound (Bergstra et al., 2011), not less than the interval divided by
/// min(100, 1 + number of values).
/// </summary>
internal sealed class ParzenDensity
{
    const double RootOf2Pi = 2.5066282746310005;
    readonly double from, to;
    readonly (double Mean, double Width, double Scale)[] parts;

    public ParzenDensity(IEnumerable<double> values, double from, double to)
    {
        (this.from, this.to) = (from, to);
        double range = to - from, prior = (from + to) / 2;
        double[] means = [.. values.Append(prior).Order()];
        double least = range / Math.Min(100, means.Length + 1);
        bool hasPrior = false;
        parts = [.. means.Select((mean, i) =>
        {
            double below = mean - (i == 0 ? from : means[i - 1]), above = (i == means.Length - 1 ? to : means[i + 1]) - mean;
            double width = Math.Clamp(Math.Max(below, above), least, range);
            if (mean == prior && !hasPrior)
                (hasPrior, width) = (true, range);
            double inside = Normal((to - mean) / width) - Normal((from - mean) / width);
            return (mean, width, 1 / (inside * width * RootOf2Pi * means.Length));
        })];
    }

    public double At(double x)
    {
        double sum = 0;
        foreach (var (mean, width, scale) in parts)
        {
            double z = (x - mean) / width;
            // Farther away, a part adds less than the last digit of the part for the whole interval.
            if (z * z < 100)
                sum += scale * PortableMath.Exp(-0.5 * z * z);
        }

        return sum;
    }

    // A part, then a normal draw by Marsaglia's polar method (1964) until it is inside. At least a third of a part is inside.
    public double Draw(ref Rng random)
    {
        var (mean, width, _) = parts[random.Below(parts.Length)];
        while (true)
        {
            double u = 2 * random.NextDouble() - 1, v = 2 * random.NextDouble() - 1, s = u * u + v * v;
            if (s is 0 or >= 1)
                continue;
            double x = mean + width * u * Math.Sqrt(-2 * PortableMath.Log(s) / s);
            if (x >= from && x < to)
                return x;
        }
    }

    // Abramowitz and Stegun, 26.2.17: an error below 7.5e-8, with no function that differs between machines.
    static double Normal(double x)
    {
        double t = 1 / (1 + 0.2316419 * Math.Abs(x));
        double tail = PortableMath.Exp(-0.5 * x * x) / RootOf2Pi
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x < 0 ? tail : 1 - tail;
    }
}
