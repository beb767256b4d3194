using System.Buffers;
using System.Text.Json;

namespace GridWorld;

/// <summary>Reads and writes a learner's options as JSON, by its declared settings.</summary>
internal static class LearnerJson
{
    public static void Write(Utf8JsonWriter json, LearnerOptions options)
    {
        json.WriteStartObject();
        json.WriteString("name", options.Name);
        WriteSettings(json, options);
        json.WriteEndObject();
    }

    /// <summary>Writes only the settings, as members of the current object.</summary>
    public static void WriteSettings(Utf8JsonWriter json, LearnerOptions options)
    {
        foreach (var setting in options.Settings)
        {
            json.WritePropertyName(setting.Name);
            json.WriteRawValue(setting.ToJson(options));
        }
    }

    /// <summary>Reads a learner, even one that is not registered in this process.</summary>
    /// <exception cref="InputException">The learner does not have one of the settings.</exception>
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
                    + $"Use one of {string.Join(", ", options.Settings.Select(s => s.Name))}.");
            options = declared.WithJson(options, value);
        }

        return options;
    }

    /// <summary>The result of writing and reading the options.</summary>
    public static LearnerOptions Copy(LearnerOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, options);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return Read(document.RootElement);
    }
}
