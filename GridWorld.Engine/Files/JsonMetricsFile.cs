using System.Text.Json;

namespace GridWorld;

/// <summary>Writes a .json file: one object with run, episodes, trace, events and summary.</summary>
internal sealed class JsonMetricsFile : MetricsFile
{
    static readonly string[] stepColumns = ["step", "state", "x", "y", "action", "reward", "next_state"];
    readonly Utf8JsonWriter json;
    StateSpace space;

    public JsonMetricsFile(OutputFile file) : base(file) => json = new(Stream);

    public override void Begin(string id, string name, RunSpecification specification)
    {
        base.Begin(id, name, specification);
        space = specification.World.Space;
        json.WriteStartObject();
        json.WritePropertyName("run");
        Run(id, name, specification);
        json.WriteStartArray("episodes");
    }

    protected override void Add(EpisodeRecord episode)
    {
        JsonLinesExport.Row(Table.WithActionCounts, [.. Table.Cells(episode), episode.ActionCounts], json);
        Spill();
    }

    protected override void Finish(IReadOnlyList<EpisodeTrace> trace, IReadOnlyList<RunEvent> events,
        IReadOnlyList<(string Name, object? Value)> summary)
    {
        json.WriteEndArray();
        json.WriteStartArray("trace");
        foreach (var (_, steps) in trace)
        {
            json.WriteStartArray();
            foreach (var s in steps)
            {
                var (x, y) = space.CellOf(s.State);
                JsonLinesExport.Row(stepColumns, [s.Step, s.State, x, y, s.Action, s.Reward, s.NextState], json);
                Spill();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("events");
        foreach (var e in events)
            EventJson.Write(e, json);
        json.WriteEndArray();
        json.WritePropertyName("summary");
        JsonLinesExport.Row([.. summary.Select(f => f.Name)], [.. summary.Select(f => f.Value)], json);
        json.WriteEndObject();
        json.Flush();
        Stream.WriteByte((byte)'\n');
    }

    void Run(string id, string name, RunSpecification specification)
    {
        var learner = specification.Learner;
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("name", name);
        json.WriteString("world", specification.World.Name);
        json.WriteString("learner", learner.Name);
        json.WritePropertyName("seed");
        JsonLinesExport.Value(specification.Seed, json);
        json.WritePropertyName("episodes");
        JsonLinesExport.Value(specification.Episodes, json);
        json.WriteNumber("max_steps", specification.StepLimit);
        json.WriteStartObject("hyperparameters");
        LearnerJson.WriteSettings(json, learner);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void Spill()
    {
        if (json.BytesPending > 1 << 16)
            json.Flush();
    }
}
