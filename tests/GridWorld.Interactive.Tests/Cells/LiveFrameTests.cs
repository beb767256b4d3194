using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld.Tests;

public partial class LiveFrameTests
{
    public LiveFrameTests() => KernelExtension.Load();

    [Fact]
    public void Frame_is_named_by_the_script_alone_and_the_page_asked_for_its_instance_first()
    {
        string html = Trained.In(Worlds.CliffWalking()).ToDisplayString("text/html");
        string script = Script().Match(html).Groups[1].Value;

        Assert.DoesNotContain("<iframe", html);
        Assert.Matches("""fetch\("http://127\.0\.0\.1:\d+/hello", \{ cache: "no-store", credentials: "omit" \}\)""", script);
        Assert.Matches("""h\.instance === "[0-9a-f]{16}"\)""", script);
        Assert.Matches("""frame\.src = "http://127\.0\.0\.1:\d+/#[A-Za-z0-9_-]{43}/cliff-walking-[a-z0-9]{8}";""", script);
        Assert.Contains("""frame.allow = "local-network-access *; loopback-network *";""", script);
        Assert.True(script.IndexOf("await hello()", StringComparison.Ordinal) < script.LastIndexOf("show()", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_showing_has_ids_of_its_own()
    {
        var run = Trained.In(Worlds.CliffWalking());

        string first = run.ToDisplayString("text/html"), second = run.ToDisplayString("text/html");

        Assert.NotEqual(Id().Match(first).Value, Id().Match(second).Value);
    }

    [Fact]
    public void What_is_put_into_the_script_cannot_end_it()
    {
        string script = LiveFrame.Script("id", new("http://127.0.0.1:1/#\"</script>", "\\\"';</script>"));

        Assert.Single(Regex.Matches(script, "</script>"));
        Assert.DoesNotContain("\"\\\"", script);
    }

    [Fact]
    public void Link_works_without_scripts()
    {
        string html = Trained.In(Worlds.CliffWalking()).ToDisplayString("text/html");

        Assert.Matches("""<a href="http://127\.0\.0\.1:\d+/#[^"&]+" target="_blank" rel="noopener noreferrer">""", html);
    }

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("id=\"gw[0-9a-f]{12}-live\"")]
    private static partial Regex Id();
}
