using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridWorld;

/// <summary>How values cross the wire: snake case, generated code only, so that it works where reflection is off.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    MaxDepth = ServerLimits.JsonDepth)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Diagnostics))]
[JsonSerializable(typeof(RawJson))]
[JsonSerializable(typeof(Fault))]
internal sealed partial class WireJson : JsonSerializerContext;

/// <summary>An RFC 9457 problem. Holds what the caller did wrong, never what went wrong inside.</summary>
internal sealed record Problem(string Type, string Title, int Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Errors);

/// <summary>Who a page is talking to: changes with every start.</summary>
internal sealed record Hello(string Instance, string Version);

/// <summary>What the hub could not do, in words for the user.</summary>
internal sealed record Fault(string Message);

/// <summary>JSON that is already written.</summary>
[JsonConverter(typeof(RawJsonConverter))]
internal sealed class RawJson(ReadOnlyMemory<byte> utf8)
{
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;
}

internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}
