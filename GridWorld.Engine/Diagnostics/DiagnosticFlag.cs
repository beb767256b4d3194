using System.Text.Json.Serialization;

namespace GridWorld;

/// <summary>A diagnosis of a run.</summary>
/// <param name="Kind">Kind of the diagnosis.</param>
/// <param name="Text">The policy that was observed, the measurement and its episodes, and what to do.</param>
public sealed record DiagnosticFlag([property: JsonPropertyName("flag")] DiagnosticKind Kind, string Text)
{
    /// <summary>The kind as HTTP, JSON and pages name it, in snake_case.</summary>
    [JsonIgnore]
    public string Word => Words.Of(Kind);
}
