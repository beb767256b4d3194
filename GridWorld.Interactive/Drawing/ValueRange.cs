namespace GridWorld;

/// <summary>The range of a color scale, and the range of all values.</summary>
/// <param name="Least">The smallest value.</param>
/// <param name="Low">The lower end of the scale.</param>
/// <param name="High">The upper end of the scale.</param>
/// <param name="Greatest">The greatest value.</param>
internal readonly record struct ValueRange(double Least, double Low, double High, double Greatest)
{
    // Tukey 1977, Exploratory Data Analysis, section 2D: values beyond the outer fences are "far out".
    const double OuterFence = 3;

    /// <summary>Whether there are values outside the scale.</summary>
    public bool IsCut => Low > Least || High < Greatest;

    /// <summary>A share of the scale's width, even if the width itself overflows a double.</summary>
    public double Width(double share) => High * share - Low * share;

    /// <summary>The position of a value on the scale, from 0 to 1; 1 if the scale is a single value.</summary>
    public double Share(double value) => High > Low ? Math.Clamp((value / 2 - Low / 2) / (High / 2 - Low / 2), 0, 1) : 1;

    /// <summary>Creates a scale over all finite values; 0 to 0 if there are none.</summary>
    public static ValueRange Of(ReadOnlySpan<double> values) => Of(Sorted(values));

    /// <summary>
    /// Creates a scale over the finite values that lie within three interquartile ranges of the quartiles, so that a single −100 does not
    /// wash out the other colors. If the quartiles coincide, the scale covers all finite values.
    /// </summary>
    public static ValueRange Robust(ReadOnlySpan<double> values)
    {
        double[] sorted = Sorted(values);
        if (sorted.Length == 0)
            return default;
        double first = sorted[sorted.Length / 4], third = sorted[(3 * sorted.Length - 1) / 4], reach = OuterFence * (third - first);
        if (!(reach > 0 && double.IsFinite(reach)))
            return Of(sorted);
        double low = first - reach, high = third + reach;
        return new(sorted[0], Array.Find(sorted, v => v >= low), Array.FindLast(sorted, v => v <= high), sorted[^1]);
    }

    static ValueRange Of(double[] sorted) => sorted is [var least, ..] ? new(least, least, sorted[^1], sorted[^1]) : default;

    static double[] Sorted(ReadOnlySpan<double> values)
    {
        var finite = new List<double>(values.Length);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                finite.Add(value);
        }

        finite.Sort();
        return [.. finite];
    }
}
