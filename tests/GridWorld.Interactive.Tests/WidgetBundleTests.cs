using System.Reflection;
using System.Text.RegularExpressions;

namespace GridWorld.Tests;

public partial class WidgetBundleTests
{
    static readonly Assembly library = Assembly.Load("GridWorld.Interactive");

    [Fact]
    public void Page_and_everything_it_asks_for_are_embedded()
    {
        var embedded = library.GetManifestResourceNames();
        using var page = new StreamReader(library.GetManifestResourceStream("widget/index.html")!);

        var asked = Asset().Matches(page.ReadToEnd()).Select(match => $"widget/{match.Groups["name"].Value}").ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains(name, embedded));
    }

    [Fact]
    public void Page_script_and_style_take_at_most_150_kB_packed()
    {
        long packed = 0;
        foreach (var name in (string[])["widget/index.html", "widget/widget.js", "widget/widget.css"])
        {
            using var file = library.GetManifestResourceStream(name)!;
            using var counted = new MemoryStream();
            using (var gzip = new System.IO.Compression.GZipStream(counted, System.IO.Compression.CompressionLevel.Optimal,
                leaveOpen: true))
                file.CopyTo(gzip);
            packed += counted.Length;
        }

        Assert.InRange(packed, 1, 150_000);
    }

    [Fact]
    public void Mark_of_a_finished_build_is_not_embedded() =>
        Assert.DoesNotContain("widget/.built", library.GetManifestResourceNames());

    [GeneratedRegex("""(?:src|href)="assets/(?<name>[^"?]+)""")]
    private static partial Regex Asset();
}
