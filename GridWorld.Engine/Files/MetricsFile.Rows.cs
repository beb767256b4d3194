using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>The columns of an episode.</summary>
internal static class EpisodeColumns
{
    public static readonly string[] Names = ["episode", "return", "length", "epsilon", "learning_rate", "mean_q", "terminated", "truncated"];

    public static readonly Type[] Types = [typeof(long), typeof(double), typeof(int), typeof(double), typeof(double), typeof(double?), typeof(bool), typeof(bool)];

    public static object?[] Of(EpisodeRecord e) => [e.Episode, e.Return, e.Length, e.Epsilon, e.LearningRate, e.MeanQ, e.Terminated, e.Truncated];

    /// <summary>The same with a column an action, for files whose cells are single values.</summary>
    public static string[] NamesWithCounts(World world) => [.. Names, .. world.ActionNames.Select(a => "count_" + a)];

    public static object?[] OfWithCounts(EpisodeRecord e, int actions) => [.. Of(e), .. Enumerable.Range(0, actions).Select(a => (object?)e.ActionCounts?[a])];
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
        CsvExport.Header(EpisodeColumns.NamesWithCounts(specification.World), text);
    }

    protected override void Add(EpisodeRecord episode) => CsvExport.Row(EpisodeColumns.OfWithCounts(episode, actions), text);

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
