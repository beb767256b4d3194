using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridWorld;

/// <summary>
/// The JSON of the wire: snake case, and non-finite numbers as strings. The serializers are source-generated, so they work without
/// reflection. The page's types in <c>widget/src/wire/messages.ts</c> are generated from the same records.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    MaxDepth = ServerLimits.JsonDepth,
    Converters = [typeof(RunStateConverter), typeof(PathEndConverter), typeof(DiagnosticKindConverter)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonElement?))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(RawJson))]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(WireFrame))]
[JsonSerializable(typeof(WireStatus))]
[JsonSerializable(typeof(WireWorld))]
[JsonSerializable(typeof(Diagnostics))]
[JsonSerializable(typeof(WireCurve))]
[JsonSerializable(typeof(WireBucket))]
[JsonSerializable(typeof(IReadOnlyList<WireAxisMark>))]
[JsonSerializable(typeof(WireEpisodes))]
[JsonSerializable(typeof(WireEpisode))]
[JsonSerializable(typeof(WireRows))]
[JsonSerializable(typeof(IReadOnlyList<WireEvent>))]
[JsonSerializable(typeof(WireMap))]
[JsonSerializable(typeof(WirePath))]
[JsonSerializable(typeof(WireStored))]
[JsonSerializable(typeof(WireRuns))]
[JsonSerializable(typeof(WireRunGroups))]
[JsonSerializable(typeof(WireComparison))]
[JsonSerializable(typeof(IReadOnlyList<WireSweep>))]
[JsonSerializable(typeof(WireSweepStatus))]
[JsonSerializable(typeof(WireTrials))]
[JsonSerializable(typeof(WireSeeds))]
[JsonSerializable(typeof(WireSweepPlot))]
[JsonSerializable(typeof(WireImportances))]
[JsonSerializable(typeof(WireEnsembleCurve))]
[JsonSerializable(typeof(WireHistogram))]
[JsonSerializable(typeof(IReadOnlyList<object>))]
[JsonSerializable(typeof(WireEvents))]
[JsonSerializable(typeof(WireSettings))]
[JsonSerializable(typeof(WireMetrics))]
[JsonSerializable(typeof(WireState))]
[JsonSerializable(typeof(WireStateHistory))]
[JsonSerializable(typeof(WireTiles))]
[JsonSerializable(typeof(WireStart))]
[JsonSerializable(typeof(WireStep))]
[JsonSerializable(typeof(WireExtremes))]
[JsonSerializable(typeof(WireEpisodeSteps))]
[JsonSerializable(typeof(WireCheckpoints))]
[JsonSerializable(typeof(WirePolicy))]
[JsonSerializable(typeof(WireTable))]
[JsonSerializable(typeof(WireBreakpoints))]
[JsonSerializable(typeof(WireWarnings))]
[JsonSerializable(typeof(WireCatalog))]
internal sealed partial class WireJson : JsonSerializerContext;

/// <summary>An RFC 9457 problem. It describes an error of the caller, never an internal error.</summary>
internal sealed record Problem(string Type, string Title, int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Errors);

/// <summary>The identity of the server, which changes with every start.</summary>
internal sealed record Hello(string Instance, string Version);

/// <summary>An error of the hub, as text for the user.</summary>
internal sealed record Fault(string Message);

/// <summary>The states in snake case.</summary>
internal sealed class RunStateConverter() : JsonStringEnumConverter<RunState>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>The ends of a path in snake case.</summary>
internal sealed class PathEndConverter() : JsonStringEnumConverter<PathEnd>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>The kinds of diagnoses in snake case.</summary>
internal sealed class DiagnosticKindConverter() : JsonStringEnumConverter<DiagnosticKind>(JsonNamingPolicy.SnakeCaseLower);
