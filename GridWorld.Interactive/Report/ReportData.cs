using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>The files that a report contains for download.</summary>
internal static class ReportData
{
    const int MostEpisodes = 20_000, MostPairs = 40_000, Points = 2_000;

    /// <summary>
    /// Gets name, media type, description and content of each file. For long runs and large worlds, only files that fit into a page.
    /// </summary>
    public static IEnumerable<(string Name, string Type, string What, byte[] Content)> Files(RunView run)
    {
        yield return ("run.json", "application/json", "the run's specification, events and learning curve", Run(run));
        if (run.Status().Episodes <= MostEpisodes)
            yield return ("metrics.csv", "text/csv", "one row per episode", Rows(RunTables.Metrics(run, all: true)));
        if (run.World.States * run.World.Actions <= MostPairs)
            yield return ("q-table.csv", "text/csv", "one row per state and action", Rows(RunTables.QTable(run)));
        yield return ("events.csv", "text/csv", "one row per event", Rows(RunTables.Events(run)));
    }

    /// <summary>The specification as readable JSON.</summary>
    public static string Specification(RunSpecification specification)
    {
        using var document = JsonDocument.Parse(SpecificationJson.Write(specification));
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, IndentSize = 2, NewLine = "\n" }))
            document.RootElement.WriteTo(json);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    static byte[] Run(RunView run)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("run_id", run.Id);
            json.WriteString("name", run.Name);
            json.WritePropertyName("specification");
            json.WriteRawValue(SpecificationJson.Write(run.Specification));
            json.WriteStartArray("events");
            foreach (var e in run.EventLog)
                EventJson.Write(e, json);
            json.WriteEndArray();
            json.WriteStartArray("curve");
            foreach (var b in run.MetricBuckets(1, long.MaxValue, Points))
                JsonLinesExport.Row(["start", "end", "min", "max", "mean", "std", "count"],
                    [b.Start, b.End, b.Min, b.Max, b.Mean, b.Std, b.Count], json);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    static byte[] Rows(RowTable table)
    {
        using var stream = new MemoryStream();
        using (var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true))
            CsvExport.Write(table, text);
        return stream.ToArray();
    }
}
