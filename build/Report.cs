using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace GridWorld.Build;

/// <summary>The results of a test program: the counts, and one line per failure with its name and reason.</summary>
public sealed record Report(Tally Tally, IReadOnlyList<string> Failures)
{
    public static readonly Report Empty = new(default, []);

    /// <summary>Reads an xunit XML report. A missing or truncated report counts nothing.</summary>
    public static Report OfXunit(string file) => Read(file, text =>
    {
        var report = XDocument.Parse(text);
        var tally = report.Descendants("assembly").Aggregate(default(Tally), (sum, a) => sum + new Tally(
            Number(a, "passed"), Number(a, "failed") + Number(a, "errors"), Number(a, "skipped") + Number(a, "not-run")));
        var failures = report.Descendants("failure").Select(f => Line(f.Parent?.Attribute("name")?.Value, f.Element("message")?.Value));
        return new(tally, [.. failures]);
    });

    /// <summary>Reads a vitest JSON report. A test file that could not be loaded counts as one failed test.</summary>
    public static Report OfVitest(string file) => Read(file, text =>
    {
        var report = JsonDocument.Parse(text).RootElement;
        int Of(string name) => report.GetProperty(name).GetInt32();
        var failed = Of("numFailedTests");
        var success = report.GetProperty("success").GetBoolean();
        var tally = new Tally(Of("numPassedTests"), success ? failed : Math.Max(1, failed), Of("numPendingTests") + Of("numTodoTests"));
        return new(tally, [.. report.GetProperty("testResults").EnumerateArray().SelectMany(OfVitestFile)]);
    });

    private static IEnumerable<string> OfVitestFile(JsonElement file)
    {
        if (file.GetProperty("message").GetString() is { Length: > 0 } message)
            yield return Line(Path.GetFileName(file.GetProperty("name").GetString()), message);
        foreach (var test in file.GetProperty("assertionResults").EnumerateArray().Where(t => t.GetProperty("status").GetString() == "failed"))
            yield return Line(test.GetProperty("fullName").GetString(), test.GetProperty("failureMessages").EnumerateArray().FirstOrDefault().GetString());
    }

    // A message can contain a complete server reply; its first lines identify it.
    private static string Line(string? name, string? message)
    {
        var why = string.Join(' ', (message ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(6));
        return $"{name}: {(why.Length > 400 ? why[..400] + " …" : why)}";
    }

    private static Report Read(string file, Func<string, Report> parse)
    {
        try
        {
            return File.Exists(file) ? parse(File.ReadAllText(file)) : Empty;
        }
        catch (Exception e) when (e is XmlException or JsonException or KeyNotFoundException)
        {
            return Empty;
        }
    }

    private static int Number(XElement element, string name) =>
        int.Parse(element.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
}
