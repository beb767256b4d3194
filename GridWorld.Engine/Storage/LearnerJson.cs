using System.Text.Json;

namespace GridWorld;

/// <summary>Options of a learner as JSON: a table of learners, and a table of what each can be told.</summary>
internal static class LearnerJson
{
    static readonly IReadOnlyList<Func<LearnerOptions>> Learners =
    [
        () => new QLearning(),
    ];

    static readonly IReadOnlyList<LearnerField> Fields =
    [
        .. Hyperparameter.All.Select(LearnerField.Scheduled),
        LearnerField.Choice<LearnerOptions, Ties>("ties", o => o.Ties, (o, v) => o with { Ties = v }, ("random", Ties.Random), ("first", Ties.First)),
        LearnerField.Choice<LearnerOptions, Behaviour>("behaviour", o => o.Behaviour, (o, v) => o with { Behaviour = v }, ("epsilon-greedy", Behaviour.EpsilonGreedy)),
        LearnerField.Number<LearnerOptions>("initial_value", o => o.InitialValue, (o, v) => o with { InitialValue = v }),
    ];

    public static void Write(Utf8JsonWriter json, LearnerOptions options)
    {
        json.WriteStartObject();
        json.WriteString("name", options.Name);
        foreach (var field in Fields.Where(f => f.IsOf(options)))
        {
            json.WritePropertyName(field.Name);
            field.Write(json, options);
        }

        json.WriteEndObject();
    }

    /// <exception cref="InputException">It is no learner of this version.</exception>
    public static LearnerOptions Read(JsonElement json)
    {
        string name = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("name", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        var options = Learners.Select(make => make()).FirstOrDefault(o => o.Name == name)
            ?? throw new InputException($"There is no learner '{Printable.Text(name)}' in this version. There are: {string.Join(", ", Learners.Select(make => make().Name))}.");
        foreach (var property in json.EnumerateObject())
        {
            if (property.NameEquals("name"))
                continue;
            var field = Fields.FirstOrDefault(f => f.Name == property.Name && f.IsOf(options))
                ?? throw new InputException($"The learner {name} has no option '{Printable.Text(property.Name)}' in this version.");
            options = field.Read(options, property.Value);
        }

        return options;
    }
}

/// <summary>One option of a learner as JSON.</summary>
internal sealed record LearnerField(string Name, Func<LearnerOptions, bool> IsOf, Action<Utf8JsonWriter, LearnerOptions> Write,
    Func<LearnerOptions, JsonElement, LearnerOptions> Read)
{
    public static LearnerField Scheduled(Hyperparameter h) => new(h.Name, _ => true,
        (json, o) => json.WriteRawValue(h.Get(o).ToJson()), (o, value) => h.With(o, Schedule.FromJson(value.GetRawText())));

    public static LearnerField Number<TOptions>(string name, Func<TOptions, double> get, Func<TOptions, double, LearnerOptions> with) where TOptions : LearnerOptions =>
        new(name, o => o is TOptions, (json, o) => json.WriteNumberValue(get((TOptions)o)),
            (o, value) => with((TOptions)o, value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Fault(name, "a number", value)));

    public static LearnerField Whole<TOptions>(string name, Func<TOptions, int> get, Func<TOptions, int, LearnerOptions> with) where TOptions : LearnerOptions =>
        new(name, o => o is TOptions, (json, o) => json.WriteNumberValue(get((TOptions)o)),
            (o, value) => with((TOptions)o, value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw Fault(name, "a whole number", value)));

    public static LearnerField Choice<TOptions, T>(string name, Func<TOptions, T> get, Func<TOptions, T, LearnerOptions> with, params (string Text, T Value)[] choices)
        where TOptions : LearnerOptions where T : struct, Enum =>
        new(name, o => o is TOptions, (json, o) => json.WriteStringValue(choices.First(c => c.Value.Equals(get((TOptions)o))).Text), (o, value) =>
        {
            foreach (var (text, choice) in choices)
            {
                if (value.ValueKind == JsonValueKind.String && value.ValueEquals(text))
                    return with((TOptions)o, choice);
            }

            throw Fault(name, $"one of {string.Join(", ", choices.Select(c => c.Text))}", value);
        });

    static InputException Fault(string name, string what, JsonElement value) => new($"The option {name} must be {what} (got {Printable.Text(value.GetRawText())}).");
}
