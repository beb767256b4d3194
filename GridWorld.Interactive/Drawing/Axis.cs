namespace GridWorld;

/// <summary>One axis: the range of values, the range of pixels, and the positions of round numbers.</summary>
/// <param name="From">The value at <paramref name="Start"/>.</param>
/// <param name="To">The value at <paramref name="End"/>.</param>
/// <param name="Start">The first end, in CSS pixels.</param>
/// <param name="End">The second end, in CSS pixels.</param>
internal readonly record struct Axis(double From, double To, double Start, double End)
{
    const double Largest = 1e307;

    /// <summary>A range with a margin, so that no curve lies on the edge.</summary>
    public static (double Low, double High) Padded(double low, double high)
    {
        // Limit the ends so that the margins stay finite.
        (low, high) = (Math.Clamp(low, -Largest, Largest), Math.Clamp(high, -Largest, Largest));
        double margin = high > low ? (high - low) * 0.06 : Math.Max(1e-9, Math.Abs(high) * 0.1 + (high == 0 ? 1 : 0));
        return (low - margin, high + margin);
    }

    public double At(double value) =>
        Start + (Math.Clamp(value, Math.Min(From, To), Math.Max(From, To)) - From) / (To - From) * (End - Start);

    /// <summary>Gets at most <paramref name="most"/> multiples of 1, 2 or 5 times a power of ten.</summary>
    public IEnumerable<double> Ticks(int most, double smallestStep = 0)
    {
        double step = Step(most, smallestStep);
        for (double n = Math.Ceiling(From / step - 1e-9); n * step <= To + 1e-9 * step; n++)
            yield return n * step;
    }

    /// <summary>The <see cref="Ticks"/> with their texts.</summary>
    public List<(double Value, string Text)> Labels(int most)
    {
        double step = Step(most);
        return [.. Ticks(most).Select(value => (value, Numerals.Tick(value, step)))];
    }

    /// <summary>The distance between two <see cref="Ticks"/>.</summary>
    public double Step(int most, double smallestStep = 0)
    {
        double step = Math.Pow(10, Math.Floor(Math.Log10((To - From) / most)));
        double[] factors = [1, 2, 5, 10, 20];
        double from = From, to = To;
        return Math.Max(smallestStep, step * factors.First(f => Math.Floor(to / (step * f)) - Math.Ceiling(from / (step * f)) + 1 <= most));
    }
}
