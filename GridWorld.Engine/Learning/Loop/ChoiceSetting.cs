namespace GridWorld;

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
