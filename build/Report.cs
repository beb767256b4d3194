using System.Xml;
using System.Xml.Linq;

namespace GridWorld.Build;

/// <summary>The results of a test program: the counts, and one line per failure with its name and reason.</summary>
public sealed record Report(int Passed, int Skipped, IReadOnlyList<string> Failures)
{
    /// <summary>
    /// Reads a JUnit report. A missing, truncated or empty report is a failure, and so is a program that failed without a failed test.
    /// </summary>
    /// <param name="file">The report.</param>
    /// <param name="fault">Why the program failed, if it did.</param>
    public static Report Of(string file, string? fault)
    {
        try
        {
            // A message may contain control characters, which XML does not allow: written as they are, or as references.
            var text = File.ReadAllText(file).Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD');
            using var reader = XmlReader.Create(new StringReader(string.Concat(text)), new() { CheckCharacters = false });
            var tests = XDocument.Load(reader).Descendants("testcase").ToList();
            var failures = tests.SelectMany(test => test.Elements().Where(IsFailure).Take(1).Select(why => Line(test, why))).ToList();
            int skipped = tests.Count(test => test.Element("skipped") is not null), passed = tests.Count - skipped - failures.Count;
            if (failures.Count == 0 && (fault is not null || tests.Count == 0))
                failures.Add(fault ?? "no test ran");
            return new(passed, skipped, failures);
        }
        catch (Exception e) when (e is IOException or XmlException)
        {
            return new(0, 0, [$"{fault ?? "it ended well"}, but its report says nothing: {e.Message}"]);
        }
    }

    static bool IsFailure(XElement part) => part.Name.LocalName is "failure" or "error";

    public override string ToString() => $"{Passed} passed, {Failures.Count} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");

    // A message can contain a complete server reply; its first lines identify it.
    static string Line(XElement test, XElement why)
    {
        string message = why.Attribute("message")?.Value is { Length: > 0 } said ? said : why.Value;
        string start = string.Join(' ', message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Take(6));
        return $"{test.Attribute("name")?.Value}: {(start.Length > 400 ? start[..400] + " …" : start)}";
    }
}
