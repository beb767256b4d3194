using System.Globalization;

namespace GridWorld;

/// <summary>The words of a comparison.</summary>
internal static class ComparisonSentence
{
    /// <param name="result">The numbers.</param>
    /// <param name="ahead">The label of the side with the better mean.</param>
    /// <param name="difference">Greater minus smaller mean, at least 0.</param>
    /// <param name="interval">Its interval; null if a side has a single run.</param>
    /// <param name="higherIsBetter">Whether a higher score is better.</param>
    /// <param name="runs">The numbers of runs in words.</param>
    public static string Of(ScoreComparison result, string ahead, double difference, ConfidenceInterval? interval, bool higherIsBetter,
        string runs)
    {
        string lower = higherIsBetter ? "" : "lower is better, ";
        if (interval is null)
        {
            string lead = difference == 0 ? "The scores are equal" : $"{ahead} is ahead by {Number(difference, Decimals(difference) + 1)}";
            return $"{lead}, but one run does not show whether that is noise. Train at least 10 seeds of each.";
        }

        int decimals = Decimals(interval.High > interval.Low ? interval.High - interval.Low : difference);
        string by = Number(difference, decimals), level = (100 * interval.Level).ToString("0.#", CultureInfo.InvariantCulture);
        string ends = $"{level} % interval {Number(interval.Low, decimals)} to {Number(interval.High, decimals)}";
        if (!result.IsNoise)
            return $"{ahead} is better by {by} ({lower}{ends}, {runs}).";
        if (interval.Low == interval.High)
            return $"The scores do not differ ({runs}).";
        return $"The difference of {by} is noise: the {ends} contains 0.{Needed(result)}";
    }

    static string Needed(ScoreComparison result) => result.SeedsNeeded switch
    {
        >= 1_000_000 => " To see a difference this small you need more than a million seeds.",
        { } needed when needed > result.Count => $" To see a difference this small you need about {Number(TwoDigits(needed), 0)} seeds"
            + $"{(result.IsPaired ? "" : " per side")}.",
        _ => "",
    };

    // Rounded up, because fewer do not suffice.
    static int TwoDigits(int count)
    {
        int unit = 1;
        while (count / unit >= 100)
            unit *= 10;
        return (count + unit - 1) / unit * unit;
    }

    /// <summary>Decimals that show two digits of a width.</summary>
    static int Decimals(double width) => width > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(width)), 0, 12) : 0;

    static string Number(double value, int decimals)
    {
        string text = value.ToString($"N{decimals}", CultureInfo.InvariantCulture);
        return text.Any(c => c is >= '1' and <= '9') ? text.Replace('-', '−') : text.TrimStart('-');
    }
}
