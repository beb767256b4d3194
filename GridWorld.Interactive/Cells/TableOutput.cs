using System.Text;

namespace GridWorld;

/// <summary>The output of a table in a cell: its first and last rows, the column types, and the number of rows.</summary>
internal static class TableOutput
{
    const int Head = 10, Tail = 5, Page = 50, FirstPages = 6, LastPages = 2;
    const string Cell = "padding:2px 10px;white-space:nowrap";

    public static CellOutput Of(IReadOnlyList<TableColumn> columns, long rows)
    {
        List<long> shown = Shown(rows);
        return new(WriteHtml(columns, rows, shown), Text(columns, rows));
    }

    /// <summary>The table as text in aligned columns.</summary>
    public static string Text(IReadOnlyList<TableColumn> columns, long rows) => Rows(columns, Shown(rows)) + Size(columns, rows);

    static List<long> Shown(long rows) => rows <= Head + Tail + 1 ? [.. Range(0, rows)] : [.. Range(0, Head), .. Range(rows - Tail, rows)];

    static string Size(IReadOnlyList<TableColumn> columns, long rows) => $"{Numerals.Count(rows)} rows × {columns.Count} columns";

    static string WriteHtml(IReadOnlyList<TableColumn> columns, long rows, List<long> shown)
    {
        var html = new StringBuilder(
            "<div style=\"overflow-x:auto\"><table"
            + " style=\"border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;margin:0\"><thead><tr"
            + " style=\"background:none;border-bottom:1px solid rgba(128,128,128,.5)\">");
        foreach (var column in columns)
            html.Append($"<th style=\"{Cell};text-align:{Side(column)}\">{Html.Encode(column.Name)}<br><span"
                + $" style=\"font-weight:400;font-size:11px;opacity:.7\">{Html.Encode(column.Type)}</span></th>");
        html.Append("</tr></thead><tbody>");
        long before = -1;
        foreach (long row in shown)
        {
            if (row != before + 1)
                html.Append($"<tr style=\"background:none\"><td colspan=\"{Math.Max(1, columns.Count)}\""
                    + $" style=\"{Cell};text-align:center;opacity:.7\">⋯ {Numerals.Count(row - before - 1)} rows ⋯</td></tr>");
            html.Append("<tr style=\"background:none\">");
            foreach (var column in columns)
                html.Append($"<td style=\"{Cell};text-align:{Side(column)}\">{Html.Encode(ValueText.Of(column.At(row)))}</td>");
            html.Append("</tr>");
            before = row;
        }

        return Html.Block(html.Append("</tbody></table></div>").Append(Html.Caption(Size(columns, rows))).Append(Pages(columns, rows))
            .ToString());
    }

    /// <summary>
    /// The rows as collapsed pages, which can be read without scripts and without the kernel: all pages if there are few, else the first
    /// and the last.
    /// </summary>
    static string Pages(IReadOnlyList<TableColumn> columns, long rows)
    {
        long pages = (rows + Page - 1) / Page;
        if (rows <= Head + Tail + 1)
            return "";
        var html = new StringBuilder();
        foreach (long page in pages <= FirstPages + LastPages ? Range(0, pages) : Range(0, FirstPages)
            .Concat(Range(pages - LastPages, pages)))
        {
            long from = page * Page, to = Math.Min(rows, from + Page);
            html.Append($"<details><summary style=\"cursor:pointer;font-size:12px;opacity:.75\">Rows {Numerals.Count(from)} to"
                + $" {Numerals.Count(to - 1)}</summary><pre style=\"background:none;font-size:12px;margin:2px 0 8px;overflow-x:auto\">")
                .Append(Html.Encode(Rows(columns, [.. Range(from, to)]))).Append("</pre></details>");
        }

        return html.ToString();
    }

    static string Rows(IReadOnlyList<TableColumn> columns, List<long> shown)
    {
        var set = columns.Select(column => (column.IsNumeric, Cells: shown.Select(row => ValueText.Of(column.At(row))).Prepend(column.Name)
            .ToList()))
            .Select(column => (column.IsNumeric, column.Cells, Width: column.Cells.Max(cell => cell.Length))).ToList();
        var text = new StringBuilder();
        for (int line = 0; line <= shown.Count; line++)
        {
            if (line > 1 && shown[line - 1] != shown[line - 2] + 1)
                text.Append("⋯\n");
            var cells = set.Select(column => column.IsNumeric
                ? column.Cells[line].PadLeft(column.Width) : column.Cells[line].PadRight(column.Width));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    static IEnumerable<long> Range(long from, long to)
    {
        for (long row = from; row < to; row++)
            yield return row;
    }

    static string Side(TableColumn column) => column.IsNumeric ? "right" : "left";
}
