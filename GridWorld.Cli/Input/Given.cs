using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GridWorld.Cli;

/// <summary>What was given on the command line. Every reading notes its fault, so that all of them can be told at once.</summary>
internal sealed class Given
{
    readonly ParseResult parsed;

    public Given(ParseResult parsed)
    {
        this.parsed = parsed;
        foreach (var error in parsed.Errors.Where(e => e.SymbolResult is not CommandResult))
            Faults.Add(error.SymbolResult is OptionResult { Tokens.Count: 0, Option: var option } ? $"{option.Name} needs a value. {option.Description}" : error.Message);
        UnknownWords.Report(parsed, Faults);
    }

    public Faults Faults { get; } = new();

    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    public string? Text(Option option) => parsed.GetResult(option)?.Tokens is [.., var last] ? last.Value : null;

    public IReadOnlyList<string> Words(Argument argument) => parsed.GetResult(argument)?.Tokens.Select(t => t.Value).ToArray() ?? [];

    public bool Flag(Option option) => Has(option);

    /// <summary>A whole number; null where it was not given or is faulty.</summary>
    public long? Whole(Option option, long min, long max = long.MaxValue)
    {
        if (Text(option) is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= min && value <= max)
            return value;
        Faults.Add($"{option.Name} must be a whole number from {min} to {max} (got {Printable.Text(text)}).");
        return null;
    }

    public int? Whole(Option option, int min, int max = int.MaxValue) => (int?)Whole(option, min, (long)max);

    public ulong? Seed(Option option)
    {
        if (Text(option) is not { } text)
            return null;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            return seed;
        Faults.Add($"{option.Name} must be a whole number from 0 to {ulong.MaxValue} (got {Printable.Text(text)}).");
        return null;
    }

    /// <summary>A finite number in a range; null where it was not given or is faulty.</summary>
    public double? Number(Option option, string range, Func<double, bool>? isAllowed = null)
    {
        if (Text(option) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && isAllowed?.Invoke(value) != false)
            return value;
        Faults.Add($"{option.Name} must be {range} (got {Printable.Text(text)}).");
        return null;
    }

    public bool? TrueOrFalse(Option option) => Choice(option, ("true", true), ("false", false));

    /// <summary>One of some words; null where it was not given or is faulty.</summary>
    public T? Choice<T>(Option option, params (string Word, T Value)[] choices) where T : struct
    {
        if (Text(option) is not { } text)
            return null;
        foreach (var (word, value) in choices)
        {
            if (word == text)
                return value;
        }

        Faults.Add($"{option.Name} must be {string.Join(" or ", choices.Select(c => c.Word))} (got {Printable.Text(text)}).");
        return null;
    }

    /// <summary>Something that throws its faults; null where it did.</summary>
    public T? Make<T>(Func<T> make) where T : class
    {
        T? made = null;
        Faults.Collect(() => made = make());
        return made;
    }
}
