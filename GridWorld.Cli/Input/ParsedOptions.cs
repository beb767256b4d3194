using System.CommandLine;
using System.CommandLine.Parsing;

namespace GridWorld.Cli;

/// <summary>The input of a command. Reading an option records its error, so that all errors can be reported together.</summary>
internal sealed class ParsedOptions
{
    readonly ParseResult parsed;

    public ParsedOptions(ParseResult parsed)
    {
        this.parsed = parsed;
        foreach (var error in parsed.Errors.Where(e => e.SymbolResult is not CommandResult))
            Faults.Add(error.SymbolResult is OptionResult { Tokens.Count: 0, Option: var option }
                ? $"{option.Name} needs a value. {option.Description}" : error.Message);
        UnknownWords.Report(parsed, Faults);
    }

    public Faults Faults { get; } = new();

    public bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    public string? Text(Option option) => parsed.GetResult(option)?.Tokens is [.., var last] ? last.Value : null;

    public IReadOnlyList<string> Words(Argument argument) => parsed.GetResult(argument)?.Tokens.Select(t => t.Value).ToArray() ?? [];

    public bool Flag(Option option) => Has(option);

    /// <summary>A whole number; null if the option is missing or invalid.</summary>
    public long? Whole(Option option, long min, long max = long.MaxValue) => Value(option).Whole(min, max, $"from {min} to {max}");

    public int? Whole(Option option, int min, int max = int.MaxValue) => (int?)Whole(option, min, (long)max);

    public ulong? Seed(Option option) => Value(option).Seed($"from 0 to {ulong.MaxValue}");

    /// <summary>A finite number in a range; null if the option is missing or invalid.</summary>
    public double? Number(Option option, string range, Func<double, bool>? isAllowed = null) =>
        Value(option).Number(range, value => double.IsFinite(value) && isAllowed?.Invoke(value) != false);

    public bool? TrueOrFalse(Option option) => Value(option).Flag();

    /// <summary>One of several words; null if the option is missing or invalid.</summary>
    public T? Choice<T>(Option option, params (string Word, T Value)[] choices) where T : struct
    {
        var words = choices.Select(c => c.Word);
        return Value(option).Word(words, string.Join(" or ", words)) is { } word ? choices.First(c => c.Word == word).Value : null;
    }

    InputValue Value(Option option)
    {
        string? text = Text(option);
        return new(Faults, option.Name, null, text, () => Printable.Text(text!));
    }

    /// <summary>The result of a function; null if the function throws its errors, which are recorded.</summary>
    public T? Make<T>(Func<T> make) where T : class
    {
        T? made = null;
        Faults.Collect(() => made = make());
        return made;
    }
}
