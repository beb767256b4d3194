using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GridWorld.Tests;

/// <summary>
/// The notebooks as they lie in the repository, read by somebody else's program and without a kernel: what a colleague gets
/// by mail, what a code-hosting site shows, what comes out of the printer.
/// </summary>
public sealed partial class SavedNotebookTests : IDisposable
{
    static readonly string[] notebooks = [.. Directory.GetFiles(Repository.At("notebooks"), "*.ipynb")
        .Order(StringComparer.Ordinal)];
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gridworld-converted-");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Every_saved_output_is_complete_without_script_frame_or_server()
    {
        Assert.All(notebooks, file => Assert.All(Outputs(file), output =>
        {
            Assert.DoesNotMatch(ActiveOrFar(), output.Html);
            Assert.NotEqual("", output.Plain);
        }));
        Assert.All(notebooks,
            file => Assert.True(Outputs(file).Any(output => Picture().IsMatch(output.Html)), $"{file} is saved without a picture."));
    }

    [Fact]
    public async Task Converted_by_nbconvert_and_sanitized_all_pictures_and_words_are_there_and_print()
    {
        var nbconvert = Programs.Find("nbconvert", null, "jupyter-nbconvert");

        // Sanitized, it is an untrusted notebook: no script, style or frame of an output is left.
        await Programs.RunAsync(nbconvert,
            ["--to", "html", "--HTMLExporter.sanitize_html=True", "--log-level=ERROR", "--output-dir", folder.FullName, .. notebooks],
            Stop);

        foreach (var file in notebooks)
        {
            var page = await File.ReadAllTextAsync(PageOf(file), Stop);
            var words = Words(page);
            Assert.All(Outputs(file).Where(output => output.Html.Length > 0), output =>
            {
                Assert.All(Picture().Matches(output.Html), picture => Assert.Contains(picture.Value, page));
                Assert.Contains(Words(output.Html), words);
            });
        }

        var browser = Programs.Find("A Chromium to print with", "GRIDWORLD_BROWSER", "chromium", "chromium-browser", "google-chrome",
            "chrome", "msedge");
        var print = Path.Combine(folder.FullName, "print.pdf");
        await Programs.RunAsync(browser,
            ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", $"--user-data-dir={folder.FullName}/profile",
            "--host-resolver-rules=MAP * ~NOTFOUND", $"--print-to-pdf={print}", new Uri(PageOf(notebooks[0])).AbsoluteUri], Stop);

        var pdf = await File.ReadAllTextAsync(print, System.Text.Encoding.Latin1, Stop);
        Assert.StartsWith("%PDF-", pdf);
        var pictures = Outputs(notebooks[0]).SelectMany(output => Picture().Matches(output.Html)).Select(picture => picture.Value)
            .Distinct().Count();
        Assert.True(Printed().Count(pdf) >= pictures, $"{Printed().Count(pdf)} pictures were printed of {pictures}.");
    }

    string PageOf(string notebook) => Path.Combine(folder.FullName, Path.ChangeExtension(Path.GetFileName(notebook), ".html"));

    static IEnumerable<(string Html, string Plain)> Outputs(string notebook)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(notebook));
        foreach (var cell in document.RootElement.GetProperty("cells").EnumerateArray()
            .Where(cell => cell.GetProperty("cell_type").GetString() == "code"))
            foreach (var output in cell.GetProperty("outputs").EnumerateArray())
                if (output.TryGetProperty("data", out var data)) yield return (Text(data, "text/html"), Text(data, "text/plain"));
    }

    static string Text(JsonElement data, string mimeType) => !data.TryGetProperty(mimeType, out var text) ? ""
        : text.ValueKind == JsonValueKind.Array ? string.Concat(text.EnumerateArray().Select(line => line.GetString())) : text.GetString()!;

    static string Words(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tag().Replace(html, " ")), " ").Trim();

    [GeneratedRegex("""<(script|iframe|object|embed|svg|style)\b|\bon\w+=|(src|href)="https?://(127|localhost)""")]
    private static partial Regex ActiveOrFar();

    [GeneratedRegex("data:image/png;base64,[A-Za-z0-9+/=]+")]
    private static partial Regex Picture();

    [GeneratedRegex(@"/Subtype\s*/Image")]
    private static partial Regex Printed();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
