using System.Globalization;

namespace GridWorld;

/// <summary>Formats numbers for readers.</summary>
internal static class Numerals
{
    public const string None = "–";

    // From here on, numbers use scientific notation: 1.235e7.
    const double Long = 1e7;

    /// <summary>At most four significant digits, but all integer digits below ten million, with a typographic minus sign.</summary>
    public static string Short(double? value)
    {
        if (value is not { } v || double.IsNaN(v))
            return None;
        if (double.IsInfinity(v))
            return v > 0 ? "∞" : "−∞";
        double size = Math.Abs(v);
        string text = size >= Long ? v.ToString("0.###e0", CultureInfo.InvariantCulture)
            : size >= 1000 ? Math.Round(v).ToString("N0", CultureInfo.InvariantCulture)
            : size is 0 or >= 0.001
            ? Math.Round(v, size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4).ToString(CultureInfo.InvariantCulture)
            : v.ToString("0.##e0", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>The label of an axis tick, with enough digits to distinguish it from the next.</summary>
    /// <param name="value">The value of the tick.</param>
    /// <param name="step">The distance to the next tick.</param>
    public static string Tick(double value, double step)
    {
        double size = Math.Abs(value);
        if (size < step / 1000)
            return "0";
        if (size < Long)
            return Short(value);
        int digits = (int)Math.Clamp(Math.Floor(Math.Log10(size)) - Math.Floor(Math.Log10(step)), 0, 15);
        return value.ToString($"0.{new string('#', digits)}e0", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A large number in thousands, millions or billions.</summary>
    public static string Large(double value) => value switch
    {
        >= 1e9 => $"{(value / 1e9).ToString("0.##", CultureInfo.InvariantCulture)} G",
        >= 1e6 => $"{(value / 1e6).ToString("0.#", CultureInfo.InvariantCulture)} M",
        >= 1e4 => $"{(value / 1e3).ToString("0.#", CultureInfo.InvariantCulture)} k",
        _ => Count((long)Math.Round(value)),
    };
}
