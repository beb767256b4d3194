using System.Buffers;
using System.Text.Json;

namespace GridWorld;

/// <summary>Options of a learner as JSON, from what its settings declare.</summary>
internal static class LearnerJson
{
    public static void Write(Utf8JsonWriter json, LearnerOptions options)
    {
        json.WriteStartObject();
        json.WriteString("name", options.Name);
        WriteSettings(json, options);
        json.WriteEndObject();
    }

    /// <summary>Its settings alone, as members of an object that is open.</summary>
    public static void WriteSettings(Utf8JsonWriter json, LearnerOptions options)
    {
        foreach (var setting in options.Settings)
        {
            json.WritePropertyName(setting.Name);
            json.WriteRawValue(setting.ToJson(options));
        }
    }

    /// <summary>The learner; one that this process does not know can be read all the same.</summary>
    /// <exception cref="InputException">It has no such settings.</exception>
    public static LearnerOptions Read(JsonElement json)
    {
        string name = json.GetProperty("name").GetString() ?? "";
        var given = json.EnumerateObject().Where(p => !p.NameEquals("name")).Select(p => (p.Name, Json: p.Value.GetRawText())).ToList();
        var options = LearnerCatalog.Find(name)?.Invoke() ?? new UnknownLearner(name, given);
        foreach (var (setting, value) in given)
        {
            var declared = options.Settings.FirstOrDefault(s => s.IsCalled(setting))
                ?? throw new InputException(
                    $"The learner {Printable.Text(name)} has no setting '{Printable.Text(setting)}' in this version. "
                    + $"It has: {string.Join(", ", options.Settings.Select(s => s.Name))}.");
            options = declared.WithJson(options, value);
        }

        return options;
    }

    /// <summary>What comes back when it is written and read.</summary>
    public static LearnerOptions Copy(LearnerOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, options);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return Read(document.RootElement);
    }
}
