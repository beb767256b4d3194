using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld;

/// <summary>What one cell put out: its value, what it displayed (an update replaces), its console text, its error.</summary>
internal sealed class CellOutput
{
    private readonly List<(string Id, object? Value)> _displayed = [];

    public object? Value { get; set; }
    public string? Error { get; set; }
    public StringWriter Console { get; } = new();

    public IEnumerable<object> Shown => _displayed.Select(shown => shown.Value).Append(Value).OfType<object>();

    /// <summary>As the notebook draws it.</summary>
    public string Html => string.Join('\n', Shown.Select(value => value.ToDisplayString("text/html")));

    /// <summary>As a terminal shows it, console text first.</summary>
    public string Text => string.Join('\n', Shown.Select(value => value.ToDisplayString("text/plain")).Prepend(Console.ToString()));

    public bool IsEmpty => !Shown.Any() && Console.ToString().Length == 0;

    public void Show(string id, object? value)
    {
        lock (_displayed)
        {
            var at = _displayed.FindIndex(shown => shown.Id == id);
            if (at < 0) _displayed.Add((id, value));
            else _displayed[at] = (id, value);
        }
    }
}
