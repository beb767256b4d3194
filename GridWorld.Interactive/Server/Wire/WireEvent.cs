using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>An event of a run.</summary>
/// <param name="Episode">The episode after which it takes effect.</param>
/// <param name="Param">For a change: the hyperparameter.</param>
/// <param name="OldValue">For a change: a number or a schedule's object.</param>
internal sealed record WireEvent(long Seq, string SessionId, long Episode, string Event,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Param,
    [property: JsonIgnore(Condition = WhenWritingNull)] RawJson? OldValue,
    [property: JsonIgnore(Condition = WhenWritingNull)] RawJson? NewValue,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Message, DateTimeOffset Timestamp)
{
    public static WireEvent Of(RunEvent e) => new(e.Seq, e.RunId, e.Episode, WireText.Name(e.Word), WireText.Name(e.Param),
        Value(e.OldValue), Value(e.NewValue), WireText.Long(e.Message), e.Timestamp);

    /// <summary>A store from an untrusted source can contain anything in place of JSON.</summary>
    static RawJson? Value(string? json)
    {
        if (json is null)
            return null;
        try
        {
            using var value = JsonDocument.Parse(json, new() { MaxDepth = ServerLimits.JsonDepth });
            return new(JsonSerializer.SerializeToUtf8Bytes(json.Length <= WireText.Longest ? value.RootElement : default(JsonElement?),
                WireJson.Default.NullableJsonElement));
        }
        catch (JsonException)
        {
            return new(JsonSerializer.SerializeToUtf8Bytes(WireText.Name(json), WireJson.Default.String));
        }
    }
}

internal sealed record WireEvents(string SessionId, IEnumerable<WireEvent> Events)
{
    public static WireEvents Of(string sessionId, IEnumerable<RunEvent> events) => new(sessionId, events.Select(WireEvent.Of));
}
