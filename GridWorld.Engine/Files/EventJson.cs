using System.Text.Json;

namespace GridWorld;

/// <summary>Writes an event as JSON, without the fields that are null.</summary>
internal static class EventJson
{
    public static void Write(RunEvent e, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("seq", e.Seq);
        json.WriteString("session_id", e.RunId);
        json.WriteNumber("episode", e.Episode);
        json.WriteString("event", e.Word);
        if (e.Param is not null)
            json.WriteString("param", e.Param);
        Raw("old_value", e.OldValue);
        Raw("new_value", e.NewValue);
        if (e.Message is not null)
            json.WriteString("message", e.Message);
        json.WriteString("timestamp", e.Timestamp);
        json.WriteEndObject();

        void Raw(string name, string? value)
        {
            if (value is null)
                return;
            json.WritePropertyName(name);
            json.WriteRawValue(value);
        }
    }
}
