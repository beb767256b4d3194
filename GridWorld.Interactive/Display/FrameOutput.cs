using System.Globalization;
using System.Text;
using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>What a table shows in a cell: its first and last rows, the columns' types, and how many rows there are.</summary>
internal static class FrameOutput
{
    const int Head = 10, Tail = 5, Page = 50, FirstPages = 6, LastPages = 2;
    const string Cell = "padding:2px 10px;white-space:nowrap";

    public static CellOutput Of(DataFrame frame)
    {
        long rows = frame.Rows.Count;
        List<long> shown = rows <= Head + Tail + 1 ? [.. Range(0, rows)] : [.. Range(0, Head), .. Range(rows - Tail, rows)];
        string size = $"{Numerals.Count(rows)} rows × {frame.Columns.Count} columns";
        return new(WriteHtml(frame, shown, size), WriteText(frame, shown, size));
    }

    static string WriteHtml(DataFrame frame, List<long> shown, string size)
    {
        var html = new StringBuilder("<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;margin:0\"><thead><tr style=\"background:none;border-bottom:1px solid rgba(128,128,128,.5)\">");
        foreach (var column in frame.Columns)
            html.Append($"<th style=\"{Cell};text-align:{Side(column)}\">{Html.Encode(column.Name)}<br><span style=\"font-weight:400;font-size:11px;opacity:.7\">{TypeName(column)}</span></th>");
        html.Append("</tr></thead><tbody>");
        long before = -1;
        foreach (long row in shown)
        {
            if (row != before + 1)
                html.Append($"<tr style=\"background:none\"><td colspan=\"{Math.Max(1, frame.Columns.Count)}\" style=\"{Cell};text-align:center;opacity:.7\">⋯ {Numerals.Count(row - before - 1)} rows ⋯</td></tr>");
            html.Append("<tr style=\"background:none\">");
            foreach (var column in frame.Columns)
                html.Append($"<td style=\"{Cell};text-align:{Side(column)}\">{Html.Encode(Value(column[row]))}</td>");
            html.Append("</tr>");
            before = row;
        }

        return Html.Block(html.Append("</tbody></table></div>").Append(Html.Caption(size)).Append(Pages(frame)).ToString());
    }

    /// <summary>The rows page by page, folded up, so that they can be read where neither scripts nor the kernel are left: all where they are few, else the first and the last.</summary>
    static string Pages(DataFrame frame)
    {
        long rows = frame.Rows.Count, pages = (rows + Page - 1) / Page;
        if (rows <= Head + Tail + 1)
            return "";
        var html = new StringBuilder();
        foreach (long page in pages <= FirstPages + LastPages ? Range(0, pages) : Range(0, FirstPages).Concat(Range(pages - LastPages, pages)))
        {
            long from = page * Page, to = Math.Min(rows, from + Page);
            html.Append($"<details><summary style=\"cursor:pointer;font-size:12px;opacity:.75\">Rows {Numerals.Count(from)} to {Numerals.Count(to - 1)}</summary><pre style=\"background:none;font-size:12px;margin:2px 0 8px;overflow-x:auto\">")
                .Append(Html.Encode(Table(frame, [.. Range(from, to)]))).Append("</pre></details>");
        }

        return html.ToString();
    }

    static string WriteText(DataFrame frame, List<long> shown, string size) => Table(frame, shown) + size;

    static string Table(DataFrame frame, List<long> shown)
    {
        var columns = frame.Columns.Select(column => (IsText: !column.IsNumericColumn(), Cells: shown.Select(row => Value(column[row])).Prepend(column.Name).ToList()))
            .Select(column => (column.IsText, column.Cells, Width: column.Cells.Max(cell => cell.Length))).ToList();
        var text = new StringBuilder();
        for (int line = 0; line <= shown.Count; line++)
        {
            if (line > 1 && shown[line - 1] != shown[line - 2] + 1)
                text.Append("⋯\n");
            var cells = columns.Select(column => column.IsText ? column.Cells[line].PadRight(column.Width) : column.Cells[line].PadLeft(column.Width));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    static IEnumerable<long> Range(long from, long to)
    {
        for (long row = from; row < to; row++)
            yield return row;
    }

    static string Side(DataFrameColumn column) => column.IsNumericColumn() ? "right" : "left";

    static string TypeName(DataFrameColumn column) => column.DataType == typeof(int) ? "int" : column.DataType == typeof(long) ? "long" : column.DataType == typeof(float) ? "float"
        : column.DataType == typeof(DateTime) ? "UTC" : Html.Encode(column.DataType.Name.ToLowerInvariant());

    static string Value(object? value) => value switch
    {
        null => Numerals.None,
        double number => number.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−'),
        bool claim => claim ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? Numerals.None,
    };
}
