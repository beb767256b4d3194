using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace GridWorld.Build;

/// <summary>How many tests passed, failed and were skipped.</summary>
public readonly record struct Tally(int Passed, int Failed = 0, int Skipped = 0)
{
    public static Tally operator +(Tally a, Tally b) => new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped);

    public override string ToString() =>
        $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");

    /// <summary>An xunit XML report. A report that is missing or cut short counts nothing.</summary>
    public static Tally OfXunit(string file) => Read(file, text =>
        XDocument.Parse(text).Descendants("assembly").Aggregate(default(Tally), (sum, a) => sum + new Tally(
            Number(a, "passed"), Number(a, "failed") + Number(a, "errors"), Number(a, "skipped") + Number(a, "not-run"))));

    /// <summary>A vitest JSON report; a test file that could not be loaded counts as one failed test.</summary>
    public static Tally OfVitest(string file) => Read(file, text =>
    {
        var report = JsonDocument.Parse(text).RootElement;
        int Of(string name) => report.GetProperty(name).GetInt32();
        var failed = Of("numFailedTests");
        var success = report.GetProperty("success").GetBoolean();
        return new Tally(Of("numPassedTests"), success ? failed : Math.Max(1, failed), Of("numPendingTests") + Of("numTodoTests"));
    });

    private static Tally Read(string file, Func<string, Tally> parse)
    {
        try
        {
            return File.Exists(file) ? parse(File.ReadAllText(file)) : default;
        }
        catch (Exception e) when (e is XmlException or JsonException or KeyNotFoundException)
        {
            return default;
        }
    }

    private static int Number(XElement element, string name) =>
        int.Parse(element.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
}
