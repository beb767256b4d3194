using System.Globalization;
using System.Text.Json;

namespace GridWorld;

/// <summary>
/// A setting of a learner, which its options record declares once. Files, command lines, pages, checks and changes during a run use the
/// declaration.
/// </summary>
public abstract class LearnerSetting
{
    private protected LearnerSetting(string name, string doc)
    {
        bool isName = Guard.NotNull(name).Length is >= 1 and <= 64
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            && char.IsAsciiLetterLower(name[0]) && name != "name";
        new Faults().Require(isName,
            $"The name of a setting must be in snake_case and must not be 'name' (got '{Printable.Text(name)}').").ThrowIfAny();
        (Name, Doc) = (name, doc);
    }

    /// <summary>The name of the setting, in snake_case.</summary>
    public string Name { get; }

    /// <summary>The meaning of the setting, in a few words.</summary>
    public string Doc { get; }

    /// <summary>A second spelling of the name, which is read but never written.</summary>
    internal string? OtherSpelling { get; private set; }

    /// <summary>The name in messages and at fields.</summary>
    internal string Title => char.ToUpperInvariant(Name[0]) + (OtherSpelling ?? Name)[1..].Replace('_', ' ');

    /// <summary>The allowed values, to follow "must be" in a message.</summary>
    internal abstract string Range { get; }

    /// <summary>Declares a hyperparameter: a number or a schedule, which can be changed during a run.</summary>
    /// <param name="name">Name of the setting, in snake_case.</param>
    /// <param name="doc">Meaning of the setting, in a few words.</param>
    /// <param name="min">Least value, or least first value of a schedule, which can decay to 0.</param>
    /// <param name="max">Greatest value.</param>
    /// <param name="get">Returns the value of the property.</param>
    /// <param name="with">Returns options with another value.</param>
    public static LearnerSetting Schedule<TOptions>(string name, string doc, double min, double max,
        Func<TOptions, Schedule> get, Func<TOptions, Schedule, TOptions> with) where TOptions : LearnerOptions =>
        new Hyperparameter(name, doc, min, max, o => get((TOptions)o), (o, s) => with((TOptions)o, s));

    /// <summary>Declares a whole number, which cannot be changed during a run.</summary> <inheritdoc cref="Schedule"/>
    public static LearnerSetting Whole<TOptions>(string name, string doc, int min, int max,
        Func<TOptions, int> get, Func<TOptions, int, TOptions> with) where TOptions : LearnerOptions =>
        new NumberSetting(name, doc, min, max, isWhole: true, o => get((TOptions)o), (o, v) => with((TOptions)o, (int)v));

    /// <summary>Declares a number, which cannot be changed during a run. Infinite bounds allow any finite number.</summary>
    /// <inheritdoc cref="Schedule"/>
    public static LearnerSetting Number<TOptions>(string name, string doc, double min, double max,
        Func<TOptions, double> get, Func<TOptions, double, TOptions> with) where TOptions : LearnerOptions =>
        new NumberSetting(name, doc, min, max, isWhole: false, o => get((TOptions)o), (o, v) => with((TOptions)o, v));

    /// <summary>Declares a value of an enumeration, in kebab-case in files and commands, which cannot be changed during a run.</summary>
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

    /// <summary>Options with another value, given as JSON or as plain text. The range is not checked.</summary>
    /// <exception cref="InputException">The text is not a value of the setting.</exception>
    internal abstract LearnerOptions WithJson(LearnerOptions options, string json);

    internal abstract void Check(LearnerOptions options, Faults faults);

    internal bool IsCalled(string name) => name == Name || name == OtherSpelling;

    private protected string MustBe(string got) => $"{Title} must be {Range} (got {got}).";

    private protected static string Text(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
