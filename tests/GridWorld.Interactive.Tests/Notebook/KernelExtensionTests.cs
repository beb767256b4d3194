using System.Reflection;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld.Tests;

public class KernelExtensionTests
{
    public KernelExtensionTests() => KernelExtension.Load();

    [Fact]
    public void Own_types_are_found_by_name_alone()
    {
        string html = new Greeting().ToDisplayString("text/html"), text = new Greeting().ToDisplayString("text/plain");

        Assert.Contains("<b>GridWorld is ready.", html);
        Assert.EndsWith("run.QTable()", text);
    }

    [Fact]
    public void Version_shown_is_that_of_the_package()
    {
        string packed = typeof(Run).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split(
            '+')[0];

        Assert.Contains($">version {packed}<", new Greeting().ToDisplayString("text/html"));
        Assert.Contains($"GridWorld {packed}<", Trained.In(Worlds.CliffWalking()).ToDisplayString("text/html"));
    }

    [Fact]
    public void World_shows_its_map_and_prints_as_text()
    {
        var world = Worlds.CliffWalking();

        Assert.Contains("<img src=\"data:image/png;base64,", world.ToDisplayString("text/html"));
        Assert.StartsWith(world.ToString(), world.ToDisplayString("text/plain"));
    }

    [Fact]
    public void Long_table_shows_first_and_last_rows_types_and_size()
    {
        var frame = new DataFrame(Columns.Of("n", [.. Enumerable.Range(0, 1234)]), Columns.Of("text", Enumerable.Repeat("<b>", 1234)));

        string html = frame.ToDisplayString("text/html");
        string[] text = frame.ToDisplayString("text/plain").Split('\n');

        Assert.Contains("1,234 rows × 2 columns", html);
        Assert.Contains("&lt;b&gt;", html);
        Assert.DoesNotContain("<b>", html);
        Assert.Contains(">9<", html);
        Assert.DoesNotContain(">10<", html);
        Assert.Contains(">1229<", html);
        Assert.Contains("1,219 rows", html);
        Assert.Equal(["   n  text", "   0  <b>"], text[..2]);
        Assert.Equal("1,234 rows × 2 columns", text[^1]);
    }

    [Fact]
    public void Short_table_shows_every_row()
    {
        var frame = new DataFrame(Columns.Of("q", [0.5, null, -1e-9]));

        Assert.Equal("     q\n   0.5\n     –\n−1E−09\n3 rows × 1 columns", frame.ToDisplayString("text/plain"));
    }
}
