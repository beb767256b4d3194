using System.Globalization;

namespace GridWorld;

/// <summary>Writes rows as CSV (RFC 4180): comma-separated, numbers with a decimal point and all digits, missing values empty.</summary>
internal static class CsvExport
{
    public static void Write(RowTable table, TextWriter to)
    {
        Header(table.Columns, to);
        foreach (var row in table.Rows)
            Row(row, to);
    }

    public static void Header(IReadOnlyList<string> columns, TextWriter to) => Row([.. columns], to);

    public static void Row(IReadOnlyList<object?> cells, TextWriter to)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                to.Write(',');
            to.Write(Text(cells[i]));
        }

        to.Write('\n');
    }

    static string Text(object? cell) => cell switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable<int> list => string.Join(' ', list.Select(n => n.ToString(CultureInfo.InvariantCulture))),
        _ => Quoted(cell.ToString() ?? ""),
    };

    static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
