using System.Collections;

namespace GridWorld;

/// <summary>Values of our types that have no output of their own: one is a list of facts, several are a table.</summary>
internal static class RecordOutput
{
    // More rows than anyone pages through; a run has millions of episodes.
    const int MostRows = 10_000;

    public static CellOutput Of(object value) => ShownProperty.Of(value.GetType()) is [_, ..] properties
        ? FactOutput.Of([.. properties.Select(p => (p.Name, ValueText.Of(p.Read(value))))])
        : new(Html.Block(Html.Encode(value.ToString() ?? "")), value.ToString() ?? "");

    /// <param name="items">What there is.</param>
    /// <param name="type">The type of each.</param>
    public static CellOutput OfMany(IEnumerable items, Type type)
    {
        bool isRun = type == typeof(Run) || type.IsAssignableTo(typeof(RunView));
        var rows = items.Cast<object?>().Take(MostRows + 1)
            .Select(item => item switch { Run run => run.View.Status(), RunView run => run.Status(), _ => item }).ToList();
        bool isCut = rows.Count > MostRows;
        var output = TableOutput.Of(Columns(isRun ? typeof(RunStatus) : type, rows), Math.Min(rows.Count, MostRows));
        return isCut ? output with { Html = output.Html + Html.Caption(More), Text = $"{output.Text}\n{More}" } : output;
    }

    static readonly string More = $"There are more: these are the first {Numerals.Count(MostRows)}.";

    static IReadOnlyList<TableColumn> Columns(Type type, List<object?> rows) => ShownProperty.Of(type) is [_, ..] properties
        ? [.. properties.Select(p =>
            new TableColumn(p.Name, "", ShownProperty.IsNumeric(p.Type), row => rows[(int)row] is { } item ? p.Read(item) : null))]
        : [new("value", "", false, row => rows[(int)row])];
}
