using System.Text.Json;

namespace GridWorld;

/// <summary>Options of a learner as JSON, from the tables of learners and of their settings.</summary>
internal static class LearnerJson
{
    public static void Write(Utf8JsonWriter json, LearnerOptions options)
    {
        json.WriteStartObject();
        json.WriteString("name", options.Name);
        foreach (var setting in LearnerSettings.Of(options))
        {
            json.WritePropertyName(setting.Name);
            json.WriteRawValue(setting.ToJson(options)!);
        }

        json.WriteEndObject();
    }

    /// <exception cref="InputException">It is not a learner of this version.</exception>
    public static LearnerOptions Read(JsonElement json)
    {
        var options = LearnerCatalog.Create(json.GetProperty("name").GetString() ?? "");
        foreach (var property in json.EnumerateObject().Where(p => !p.NameEquals("name")))
        {
            var setting = LearnerSettings.Of(options).FirstOrDefault(s => s.Name == property.Name || s.OtherSpelling == property.Name)
                ?? throw new InputException($"The learner {options.Name} has no option '{Printable.Text(property.Name)}' in this version.");
            options = setting.WithJson(options, property.Value.GetRawText());
        }

        return options;
    }
}
