using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GridWorld.Tests;

/// <summary>Writes the outputs of a notebook's cells into its file, so that a reader without a kernel sees them.</summary>
internal static partial class SavedOutputs
{
    static readonly JsonSerializerOptions format = new() { WriteIndented = true, IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="file">The notebook.</param>
    /// <param name="outputs">By the cell's number, from 1.</param>
    public static async Task WriteAsync(string file, IReadOnlyDictionary<int, CellOutput> outputs)
    {
        var notebook = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var count = 0;
        foreach (var (number, output) in outputs.OrderBy(pair => pair.Key))
        {
            var cell = notebook["cells"]![number - 1]!;
            cell["execution_count"] = ++count;
            cell["outputs"] = new JsonArray([.. Nodes(output)]);
        }
        await File.WriteAllTextAsync(file, notebook.ToJsonString(format).ReplaceLineEndings("\n") + "\n");
    }

    /// <summary>The output without what only the process that made it could serve: the live page and its address.</summary>
    public static string WithoutLiveView(string html) => LiveParts().Replace(html, "");

    static IEnumerable<JsonNode> Nodes(CellOutput output)
    {
        if (output.Console.Length > 0) yield return new JsonObject { ["name"] = "stdout", ["output_type"] = "stream",
            ["text"] = Lines(output.Console) };
        foreach (var kinds in output.Values)
        {
            var data = new JsonObject();
            foreach (var (mimeType, content) in kinds) data[mimeType] = mimeType == "image/png" ? content : Lines(WithoutLiveView(content));
            yield return new JsonObject { ["data"] = data, ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };
        }
    }

    static JsonArray Lines(string text) =>
        new([.. text.ReplaceLineEndings("\n").Split('\n')
        .Select((line, at) => JsonValue.Create(at < text.Count(c => c == '\n') ? line + "\n" : line))]);

    [GeneratedRegex("<script>.*?</script>|<p [^>]*><a href=\"http://127.*?</p>|\nlive view: [^\n]*", RegexOptions.Singleline)]
    private static partial Regex LiveParts();
}
