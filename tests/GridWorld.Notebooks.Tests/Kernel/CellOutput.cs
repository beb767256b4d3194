using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>What a cell put out: values by mime type, an update in the place of what it updates.</summary>
internal sealed class CellOutput
{
    readonly List<(string? Id, Dictionary<string, string> Kinds)> _shown = [];

    /// <summary>Without what the kernel itself says of loading a package.</summary>
    public IReadOnlyList<Dictionary<string, string>> Values => [.. _shown.Select(shown => shown.Kinds).Where(kinds => !IsOfLoading(kinds))];

    public string Console { get; private set; } = "";

    /// <summary>What was written to the error stream, and lines of the process's output that belong to no cell.</summary>
    public string Stray { get; set; } = "";

    public string? Error { get; private set; }

    /// <summary>Values that were sent to the page, for cells in JavaScript, as JSON.</summary>
    public List<string> Sent { get; } = [];

    public bool IsEmpty => Values.Count == 0 && Console.Length == 0;

    public string Html => Of("text/html");

    public string Text => $"{Console}{Of("text/plain")}\n{Html}";

    public void Take(string? type, JsonNode? said)
    {
        switch (type)
        {
            case "ReturnValueProduced" or "DisplayedValueProduced" or "DisplayedValueUpdated":
                var id = said!["valueId"]?.GetValue<string>();
                var kinds = said["formattedValues"]!.AsArray()
                    .ToDictionary(value => value!["mimeType"]!.GetValue<string>(), value => value!["value"]!.GetValue<string>());
                var at = id is null ? -1 : _shown.FindIndex(value => value.Id == id);
                if (at < 0) _shown.Add((id, kinds));
                else _shown[at] = (id, kinds);
                break;
            case "StandardOutputValueProduced":
                Console += Written(said);
                break;
            case "StandardErrorValueProduced":
                Stray += Written(said);
                break;
            case "ErrorProduced" or "CommandFailed":
                Error = said?["message"]?.GetValue<string>() ?? "failed";
                break;
        }
    }

    static string Written(JsonNode? said) =>
        string.Concat(said!["formattedValues"]!.AsArray().Select(value => value!["value"]!.GetValue<string>()));

    string Of(string mimeType) => string.Join('\n', Values.Select(kinds => kinds.GetValueOrDefault(mimeType)).OfType<string>());

    static bool IsOfLoading(Dictionary<string, string> kinds) => kinds.Values.Any(text =>
        text.StartsWith("Loading extensions from `", StringComparison.Ordinal)
        || text.Contains("<strong>Installed Packages</strong>", StringComparison.Ordinal));
}
