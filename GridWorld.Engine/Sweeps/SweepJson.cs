using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>Writes a sweep as JSON, and reads it. A round trip returns an equal sweep.</summary>
internal static class SweepJson
{
    // The greatest integer that JavaScript and most JSON readers represent exactly. Greater seeds are written as strings.
    const ulong GreatestExact = 1UL << 53;

    public static IReadOnlyList<string> Samplers { get; } = ["grid", "random", "sobol", "tpe"];

    public static IReadOnlyList<string> Pruners { get; } = ["none", "halving", "hyperband", "racing"];

    /// <param name="text">The JSON.</param>
    /// <param name="folder">The folder of world files; null for the working directory.</param>
    /// <param name="isChecked">Whether worlds, learners and options were checked before, so that only the JSON is.</param>
    /// <exception cref="InputException">Lists every error with its place.</exception>
    public static Sweep Read(string text, string? folder, bool isChecked = false)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, new() { MaxDepth = 10 });
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InputException($"The sweep is not JSON: {Printable.Text(e.Message, 200)}");
        }

        using (document)
        {
            var reader = new SweepReader(document.RootElement);
            Sweep sweep;
            try
            {
                sweep = reader.Read() with { Folder = folder };
            }
            catch (InvalidOperationException)
            {
                throw new InputException("A text of the sweep contains a lone surrogate or bytes that are not UTF-8. Remove them.");
            }

            if (!isChecked)
                SweepCheck.Groups(sweep, reader.Faults, reader.Invalid);
            reader.Faults.ThrowIfAny();
            return sweep;
        }
    }

    public static string Write(Sweep sweep)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("name", sweep.Name);
            Names("world", sweep.Worlds);
            Names("learner", sweep.Learners);
            json.WriteNumber("episodes", sweep.Episodes);
            json.WriteNumber("seeds", sweep.Seeds);
            if (sweep.FirstSeed <= GreatestExact)
                json.WriteNumber("first_seed", sweep.FirstSeed);
            else
                json.WriteString("first_seed", sweep.FirstSeed.ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("test_seeds", sweep.TestSeeds);
            json.WriteStartObject("settings");
            foreach (var (name, value) in sweep.Settings)
                Raw(name, value.ToJson());
            json.WriteEndObject();
            json.WriteStartObject("space");
            foreach (var parameter in sweep.Space)
                Raw(parameter.Name, Of(parameter));
            json.WriteEndObject();
            json.WriteString("sampler", Word(Samplers, (int)sweep.Sampler));
            Optional("trials", sweep.Trials);
            json.WriteString("pruner", Word(Pruners, (int)sweep.Pruner));
            json.WriteString("objective", sweep.Objective);
            Optional("budget_steps", sweep.BudgetSteps);
            Optional("max_steps", sweep.MaxSteps);
            json.WriteEndObject();

            void Names(string name, IReadOnlyList<string> values)
            {
                if (values.Count == 1)
                {
                    json.WriteString(name, values[0]);
                    return;
                }

                json.WriteStartArray(name + "s");
                foreach (string value in values)
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }

            void Optional(string name, long? value)
            {
                if (value is { } number)
                    json.WriteNumber(name, number);
                else
                    json.WriteNull(name);
            }

            void Raw(string name, string value)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(value, skipInputValidation: true);
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // On one line, and readable for a value that is invalid, too.
    static string Of(SearchParameter parameter)
    {
        var values = parameter.Kind == SearchKind.Choice ? parameter.Choices : [parameter.From, parameter.To];
        string when = string.Join(", ", parameter.Conditions.Select(c => $"{((SearchValue)c.Name).ToJson()}: {One(c.Values)}"));
        return $"{{\"{parameter.Word}\": {List(values)}{(when.Length > 0 ? $", \"when\": {{{when}}}" : "")}}}";

        static string List(IEnumerable<SearchValue> values) => $"[{string.Join(", ", values.Select(v => v.ToJson()))}]";

        static string One(IReadOnlyList<SearchValue> values) => values.Count == 1 ? values[0].ToJson() : List(values);
    }

    static string Word(IReadOnlyList<string> words, int value) => value >= 0 && value < words.Count ? words[value] : $"{value}";
}
