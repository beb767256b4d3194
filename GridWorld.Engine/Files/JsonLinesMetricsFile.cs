using System.Text.Json;

namespace GridWorld;

/// <summary>Writes a .jsonl file: one line per episode.</summary>
internal sealed class JsonLinesMetricsFile : MetricsFile
{
    readonly Utf8JsonWriter json;

    public JsonLinesMetricsFile(OutputFile file) : base(file) => json = new(Stream);

    protected override void Add(EpisodeRecord episode) =>
        JsonLinesExport.Line(Table.WithActionCounts, [.. Table.Cells(episode), episode.ActionCounts], json, Stream);

    protected override void Finish(IReadOnlyList<EpisodeTrace> trace, IReadOnlyList<RunEvent> events,
        IReadOnlyList<(string Name, object? Value)> summary) => json.Flush();
}
