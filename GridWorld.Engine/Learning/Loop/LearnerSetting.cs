using System.Globalization;
using System.Text.Json;

namespace GridWorld;

/// <summary>
/// A setting of a learner, declared once by its options record. Files, command lines, pages, checks and what can be changed while a run
/// trains are made from the declarations.
/// </summary>
public abstract class LearnerSetting
{
    private protected LearnerSetting(string name, string doc)
    {
        bool isName = Guard.NotNull(name).Length is >= 1 and <= 64
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            && char.IsAsciiLetterLower(name[0]) && name != "name";
        new Faults().Require(isName, $"A setting's name is in snake_case and is not 'name' (got '{Printable.Text(name)}').").ThrowIfAny();
        (Name, Doc) = (name, doc);
    }

    /// <summary>Its name, in snake_case.</summary>
    public string Name { get; }

    /// <summary>What it means, in a few words.</summary>
    public string Doc { get; }

    /// <summary>A second spelling that is read but never written.</summary>
    internal string? OtherSpelling { get; private set; }

    /// <summary>As it stands in messages and at fields.</summary>
    internal string Title => char.ToUpperInvariant(Name[0]) + (OtherSpelling ?? Name)[1..].Replace('_', ' ');

    /// <summary>What values there are, to follow "must be".</summary>
    internal abstract string Range { get; }

    /// <summary>A hyperparameter: a number or a schedule of it, which can be changed while a run trains.</summary>
    /// <param name="name">Its name, in snake_case.</param>
    /// <param name="doc">What it means, in a few words.</param>
    /// <param name="min">The least value, or first value of a schedule; what decays may go to 0.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="get">Reads the property.</param>
    /// <param name="with">Options with another value.</param>
    public static LearnerSetting Schedule<TOptions>(string name, string doc, double min, double max,
        Func<TOptions, Schedule> get, Func<TOptions, Schedule, TOptions> with) where TOptions : LearnerOptions =>
        new Hyperparameter(name, doc, min, max, o => get((TOptions)o), (o, s) => with((TOptions)o, s));

    /// <summary>A whole number, fixed for a run.</summary>
    /// <inheritdoc cref="Schedule"/>
    public static LearnerSetting Whole<TOptions>(string name, string doc, int min, int max,
        Func<TOptions, int> get, Func<TOptions, int, TOptions> with) where TOptions : LearnerOptions =>
        new NumberSetting(name, doc, min, max, isWhole: true, o => get((TOptions)o), (o, v) => with((TOptions)o, (int)v));

    /// <summary>A number, fixed for a run. Infinite bounds stand for any finite number.</summary>
    /// <inheritdoc cref="Schedule"/>
    public static LearnerSetting Number<TOptions>(string name, string doc, double min, double max,
        Func<TOptions, double> get, Func<TOptions, double, TOptions> with) where TOptions : LearnerOptions =>
        new NumberSetting(name, doc, min, max, isWhole: false, o => get((TOptions)o), (o, v) => with((TOptions)o, v));

    /// <summary>One of an enumeration's values, in kebab-case outside; fixed for a run.</summary>
    /// <inheritdoc cref="Schedule"/>
    public static LearnerSetting Choice<TOptions, TChoice>(string name, string doc,
        Func<TOptions, TChoice> get, Func<TOptions, TChoice, TOptions> with) where TOptions : LearnerOptions where TChoice : struct, Enum =>
        new ChoiceSetting(name, doc, Array.ConvertAll(Enum.GetNames<TChoice>(), JsonNamingPolicy.KebabCaseLower.ConvertName),
            o => JsonNamingPolicy.KebabCaseLower.ConvertName(get((TOptions)o).ToString()),
            (o, i) => with((TOptions)o, Enum.GetValues<TChoice>()[i]));

    internal LearnerSetting AlsoSpelled(string other)
    {
        OtherSpelling = other;
        return this;
    }

    /// <summary>The value as JSON.</summary>
    internal abstract string ToJson(LearnerOptions options);

    /// <summary>Options with another value, given as JSON or as bare text; the range is not checked.</summary>
    /// <exception cref="InputException">The text is not such a value.</exception>
    internal abstract LearnerOptions WithJson(LearnerOptions options, string json);

    internal abstract void Check(LearnerOptions options, Faults faults);

    internal bool IsCalled(string name) => name == Name || name == OtherSpelling;

    private protected string MustBe(string got) => $"{Title} must be {Range} (got {got}).";

    private protected static string Text(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}

internal sealed class NumberSetting(string name, string doc, double min, double max, bool isWhole,
    Func<LearnerOptions, double> get, Func<LearnerOptions, double, LearnerOptions> with) : LearnerSetting(name, doc)
{
    internal override string Range => double.IsInfinity(min) && double.IsInfinity(max) ? "a finite number"
        : $"{(isWhole ? "a whole number " : "")}between {Text(min)} and {Text(max)}";

    internal override string ToJson(LearnerOptions options) => get(options).ToString("R", CultureInfo.InvariantCulture);

    internal override LearnerOptions WithJson(LearnerOptions options, string json) => double.TryParse(json,
        isWhole ? NumberStyles.AllowLeadingSign : NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && (!isWhole || value is >= int.MinValue and <= int.MaxValue)
        ? with(options, value) : throw new InputException(MustBe(Printable.Text(json)));

    internal override void Check(LearnerOptions options, Faults faults) =>
        faults.Require(double.IsFinite(get(options)) && get(options) >= min && get(options) <= max, MustBe(Printable.Number(get(options))));
}

internal sealed class ChoiceSetting(string name, string doc, string[] choices,
    Func<LearnerOptions, string> get, Func<LearnerOptions, int, LearnerOptions> with) : LearnerSetting(name, doc)
{
    public IReadOnlyList<string> Choices => choices;

    internal override string Range => $"one of {string.Join(", ", choices)}";

    internal override string ToJson(LearnerOptions options) => $"\"{get(options)}\"";

    internal override LearnerOptions WithJson(LearnerOptions options, string json) =>
        Array.IndexOf(choices, json.Trim('"')) is var choice and >= 0
        ? with(options, choice) : throw new InputException(MustBe(Printable.Text(json)));

    internal override void Check(LearnerOptions options, Faults faults) =>
        faults.Require(choices.Contains(get(options)), MustBe(get(options)));
}
