using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>
/// A code cell of a notebook: <see cref="Saved"/> and <see cref="SavedConsole"/> are its saved output, <see cref="Expected"/> the texts
/// that its output must hold, from the cell's metadata (gridworld.expect).
/// </summary>
internal sealed record Cell(int Number, string Language, string Code, IReadOnlyList<Dictionary<string, string>> Saved, string SavedConsole,
    IReadOnlyList<string> Expected);

internal sealed record Notebook(IReadOnlyList<Cell> Cells)
{
    public bool UsesTool => Cells.Any(cell => cell.Code.Contains("\"gridworld\"", StringComparison.Ordinal));

    public static Notebook Parse(string ipynb)
    {
        using var document = JsonDocument.Parse(ipynb);
        var root = document.RootElement;
        var usual = Find(root, "metadata", "polyglot_notebook", "kernelInfo", "defaultKernelName")
            ?? Find(root, "metadata", "language_info", "name");
        var cells = root.GetProperty("cells").EnumerateArray()
            .Select((cell, index) => (Cell: cell, Number: index + 1))
            .Where(at => at.Cell.GetProperty("cell_type").GetString() == "code")
            .Select(at => new Cell(at.Number,
                Language(Find(at.Cell, "metadata", "polyglot_notebook", "kernelName")
                ?? Find(at.Cell, "metadata", "dotnet_interactive", "language") ?? usual),
                Text(at.Cell.GetProperty("source")),
                [.. Outputs(at.Cell).Select(output => Find(output, "data")).OfType<JsonElement>().Select(Kinds)],
                string.Concat(Outputs(at.Cell).Select(output => Find(output, "text")).OfType<JsonElement>().Select(Text)),
                Find(at.Cell, "metadata", "gridworld", "expect") is { } expected
                ? [.. expected.EnumerateArray().Select(text => text.GetString()!)] : []));
        return new([.. cells]);
    }

    static IEnumerable<JsonElement> Outputs(JsonElement cell) => Find(cell, "outputs")?.EnumerateArray() ?? [];

    static Dictionary<string, string> Kinds(JsonElement data) =>
        data.EnumerateObject().ToDictionary(kind => kind.Name, kind => Text(kind.Value));

    static string Language(JsonElement? name) =>
        name?.GetString() is { } given and not ("C#" or "polyglot-notebook") ? given : "csharp";

    static string Text(JsonElement source) =>
        source.ValueKind == JsonValueKind.Array
        ? string.Concat(source.EnumerateArray().Select(line => line.GetString())) : source.ToString();

    static JsonElement? Find(JsonElement element, params string[] path)
    {
        foreach (var name in path)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        return element;
    }
}
