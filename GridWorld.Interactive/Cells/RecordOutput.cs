using System.Collections;

namespace GridWorld;

/// <summary>The output of this library's types that do not define one: a list of facts for one value, a table for several.</summary>
internal static class RecordOutput
{
    // A run can have millions of episodes; no one reads more rows than this.
    const int MostRows = 10_000;

    public static CellOutput Of(object value) => ShownProperty.Of(value.GetType()) is [_, ..] properties
        ? FactOutput.Of([.. properties.Select(p => (p.Name, ValueText.Of(p.Read(value))))])
        : new(Html.Block(Html.Encode(value.ToString() ?? "")), value.ToString() ?? "");

    /// <param name="items">The values.</param>
    /// <param name="type">The type of each value.</param>
    public static CellOutput OfMany(IEnumerable items, Type type)
    {
        bool isRun = type.IsAssignableTo(typeof(RunView));
        var rows = items.Cast<object?>().Take(MostRows + 1)
            .Select(item => item switch { RunView run => run.Status(), _ => item }).ToList();
        bool isCut = rows.Count > MostRows;
        var output = TableOutput.Of(Columns(isRun ? typeof(RunStatus) : type, rows), Math.Min(rows.Count, MostRows));
        return isCut ? output with { Html = output.Html + Html.Caption(More), Text = $"{output.Text}\n{More}" } : output;
    }

    static readonly string More = $"Only the first {Numerals.Count(MostRows)} rows are shown.";

    static IReadOnlyList<TableColumn> Columns(Type type, List<object?> rows) => ShownProperty.Of(type) is [_, ..] properties
        ? [.. properties.Select(p =>
            new TableColumn(p.Name, "", ShownProperty.IsNumeric(p.Type), row => rows[(int)row] is { } item ? p.Read(item) : null))]
        : [new("value", "", false, row => rows[(int)row])];
}
