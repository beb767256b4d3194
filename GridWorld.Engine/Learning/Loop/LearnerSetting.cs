using System.Globalization;

namespace GridWorld;

/// <summary>One thing a learner can be told, as files, command lines and pages name it.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Title">As it stands in messages.</param>
internal abstract record LearnerSetting(string Name, string Title)
{
    /// <summary>A second spelling that is read but never written.</summary>
    public string? OtherSpelling { get; init; }

    /// <summary>What values there are, to follow "must be".</summary>
    public abstract string Range { get; }

    /// <summary>The value as JSON; null where the learner has no such setting.</summary>
    public abstract string? ToJson(LearnerOptions options);

    /// <summary>Options with another value, given as JSON or as bare text; the range is not checked.</summary>
    /// <exception cref="InputException">The text is no such value.</exception>
    public abstract LearnerOptions WithJson(LearnerOptions options, string json);

    public abstract void Check(LearnerOptions options, Faults faults);

    private protected InputException Wrong(string json) => new($"{Title} must be {Range} (got {Printable.Text(json)}).");
}

internal sealed record WholeSetting(string Name, string Title, int Min, int Max, Func<LearnerOptions, int?> Get, Func<LearnerOptions, int, LearnerOptions> With)
    : LearnerSetting(Name, Title)
{
    public override string Range => string.Create(CultureInfo.InvariantCulture, $"a whole number between {Min} and {Max}");

    public override string? ToJson(LearnerOptions options) => Get(options)?.ToString(CultureInfo.InvariantCulture);

    public override LearnerOptions WithJson(LearnerOptions options, string json) =>
        int.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? With(options, value) : throw Wrong(json);

    public override void Check(LearnerOptions options, Faults faults) =>
        faults.Require(Get(options) >= Min && Get(options) <= Max, string.Create(CultureInfo.InvariantCulture, $"{Title} must be {Range} (got {Get(options)})."));
}

internal sealed record NumberSetting(string Name, string Title, Func<LearnerOptions, double?> Get, Func<LearnerOptions, double, LearnerOptions> With)
    : LearnerSetting(Name, Title)
{
    public override string Range => "a finite number";

    public override string? ToJson(LearnerOptions options) => Get(options)?.ToString("R", CultureInfo.InvariantCulture);

    public override LearnerOptions WithJson(LearnerOptions options, string json) =>
        double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? With(options, value) : throw Wrong(json);

    public override void Check(LearnerOptions options, Faults faults) =>
        faults.Require(double.IsFinite(Get(options)!.Value), string.Create(CultureInfo.InvariantCulture, $"{Title} must be {Range} (got {Get(options)})."));
}

internal sealed record ChoiceSetting(string Name, string Title, string[] Choices, Func<LearnerOptions, int?> Get, Func<LearnerOptions, int, LearnerOptions> With)
    : LearnerSetting(Name, Title)
{
    public override string Range => $"one of {string.Join(", ", Choices)}";

    public override string? ToJson(LearnerOptions options) => Get(options) is { } choice ? $"\"{Text(choice)}\"" : null;

    public override LearnerOptions WithJson(LearnerOptions options, string json) =>
        Array.IndexOf(Choices, json.Trim('"')) is var choice and >= 0 ? With(options, choice) : throw Wrong(json);

    public override void Check(LearnerOptions options, Faults faults) =>
        faults.Require(Get(options) >= 0 && Get(options) < Choices.Length, $"{Title} must be {Range} (got {Text(Get(options)!.Value)}).");

    string Text(int choice) => choice >= 0 && choice < Choices.Length ? Choices[choice] : choice.ToString(CultureInfo.InvariantCulture);
}
