using System.Globalization;
using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>Reads the files that a run's Q-table is written to, and compares them with the reference.</summary>
internal static class CourseExports
{
    public static void Check(RunView view, Reference straight)
    {
        var csv = new StringWriter();
        CsvExport.Write(RunTables.QTable(view), csv);
        string[][] rows = [.. csv.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        int q = Array.IndexOf(rows[0], "q"), visits = Array.IndexOf(rows[0], "visits");
        Assert.Equal(straight.Q, rows[1..].Select(row => double.Parse(row[q], CultureInfo.InvariantCulture)));
        Assert.Equal(straight.Visits, rows[1..].Select(row => long.Parse(row[visits], CultureInfo.InvariantCulture)));

        var json = new MemoryStream();
        JsonLinesExport.WriteArray(RunTables.QTable(view), json);
        using var document = JsonDocument.Parse(json.ToArray());
        Assert.Equal(straight.Q, document.RootElement.EnumerateArray().Select(row => row.GetProperty("q").GetDouble()));
    }
}
