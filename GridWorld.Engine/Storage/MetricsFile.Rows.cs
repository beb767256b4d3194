using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>The columns of an episode.</summary>
internal static class EpisodeColumns
{
    public static readonly string[] Names = ["episode", "return", "length", "epsilon", "learning_rate", "mean_q", "terminated", "truncated"];

    public static object?[] Of(EpisodeRecord e) => [e.Episode, e.Return, e.Length, e.Epsilon, e.LearningRate, e.MeanQ, e.Terminated, e.Truncated];
}

/// <summary>One row an episode; how often each action was taken in columns of their own.</summary>
internal sealed class CsvMetricsFile : MetricsFile
{
    readonly StreamWriter text;
    int actions;

    public CsvMetricsFile(OutputFile file) : base(file) => text = new(Stream, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };

    public override void Begin(string id, string name, RunSpecification specification)
    {
        actions = specification.World.Actions;
        CsvExport.Header([.. EpisodeColumns.Names, .. specification.World.ActionNames.Select(a => "count_" + a)], text);
    }

    protected override void Add(EpisodeRecord episode)
    {
        var counts = new object?[actions];
        for (int a = 0; a < counts.Length; a++)
            counts[a] = episode.ActionCounts?[a];
        CsvExport.Row([.. EpisodeColumns.Of(episode), .. counts], text);
    }

    protected override void Finish(IReadOnlyList<(long Episode, EpisodeStep[] Steps)> trace, IReadOnlyList<RunEvent> events, IReadOnlyList<(string Name, object? Value)> summary) => text.Flush();
}

/// <summary>One object a line, an episode each.</summary>
internal sealed class JsonLinesMetricsFile : MetricsFile
{
    static readonly string[] columns = [.. EpisodeColumns.Names, "action_counts"];
    readonly Utf8JsonWriter json;

    public JsonLinesMetricsFile(OutputFile file) : base(file) => json = new(Stream);

    public override void Begin(string id, string name, RunSpecification specification)
    {
    }

    protected override void Add(EpisodeRecord episode) => JsonLinesExport.Line(columns, [.. EpisodeColumns.Of(episode), episode.ActionCounts], json, Stream);

    protected override void Finish(IReadOnlyList<(long Episode, EpisodeStep[] Steps)> trace, IReadOnlyList<RunEvent> events, IReadOnlyList<(string Name, object? Value)> summary) => json.Flush();
}
