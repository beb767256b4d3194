using System.CommandLine;
using System.Globalization;

namespace GridWorld.Cli;

/// <summary>Records a run outside the store: the metrics file, and the first episodes step by step.</summary>
internal sealed class Recording : IDisposable
{
    const int DefaultTrace = 10;
    static readonly Option OutputFile = Options.Value("--output-file", "F",
        "Write every episode to a file: .json (with trace, events and summary), .jsonl, .csv or .parquet.");
    static readonly Option DebugTrace = Options.Value("--debug-trace", "N",
        "Record the first N episodes step by step: in a .json output file (default 10), otherwise on stderr.");
    readonly MetricsFile? file;
    readonly int trace;
    readonly bool tracesIntoFile;

    public Recording(ParsedOptions given)
    {
        string? path = given.Text(OutputFile);
        tracesIntoFile = path is not null && path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        trace = given.Whole(DebugTrace, 0, 10_000) ?? (tracesIntoFile ? DefaultTrace : 0);
        if (path is not null)
            file = given.Make(() => MetricsFile.Create(path, output => new ParquetMetricsFile(output)));
    }

    public static IReadOnlyList<Option> All { get; } = [OutputFile, DebugTrace];

    public RunOptions Apply(RunOptions options) => options with { SampleEveryEpisode = file is not null, TraceEpisodes = trace };

    public void Begin(Run run) => file?.Begin(run.Id, run.Name, run.Specification);

    /// <summary>Records the episodes that have ended since the last call.</summary>
    public void Follow(Run run)
    {
        while (file is not null && run.RawEpisodes(file.Next, 4096) is { Length: > 0 } episodes)
            file.Append(episodes);
    }

    public void Complete(Run run, IReadOnlyList<(string Name, object? Value)> summary)
    {
        var traces = trace > 0 ? run.Traces : [];
        if (traces.Count < Math.Min(trace, run.Episodes) && trace > 0)
        {
            Console.Error.WriteLine(
                $"The trace ends after episode {traces.Count}: it has at most {RunOptions.MostTracedSteps} steps. "
                + $"For all steps: gridworld export {run.Id} --what trajectories.");
        }

        file?.Complete(traces, run.EventLog, summary);
        if (!tracesIntoFile)
            Print(traces, run.World);
    }

    public void Dispose() => file?.Dispose();

    static void Print(IReadOnlyList<EpisodeTrace> traces, World world)
    {
        foreach (var (episode, steps) in traces)
        {
            foreach (var s in steps)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"episode {episode} step {s.Step}: state {s.State} ({world.CellOf(s.State).X}, {world.CellOf(s.State).Y}),"
                    + $" {world.ActionNames[s.Action]}{(s.Explored ? " (explored)" : "")}, reward {s.Reward:R}, next state {s.NextState}"));
            }
        }
    }
}
