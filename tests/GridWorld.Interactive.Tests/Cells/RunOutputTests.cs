using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld.Tests;

public partial class RunOutputTests
{
    public RunOutputTests() => KernelExtension.Load();

    [Fact]
    public void Html_holds_picture_caption_facts_and_what_the_picture_shows_in_words()
    {
        var run = Trained.In(Worlds.CliffWalking(), name: "my cliff");

        string html = run.ToDisplayString("text/html");

        Assert.Matches(
            """<img src="data:image/png;base64,[A-Za-z0-9+/=]+" width="720" [^>]*alt="Run my cliff in cliff-walking: return per episode""",
            html);
        Assert.Contains("my cliff: q-learning in cliff-walking (12×4), seed 1 · 200 episodes · return −", html);
        Assert.Contains("completed: 200 episodes", html);
        Assert.Contains("learning rate 0.5, discount factor 0.99, epsilon 0.1", html);
        Assert.InRange(html.Length, 1_000, 100_000);
    }

    [Fact]
    public void Html_is_complete_when_scripts_styles_and_frames_are_taken_out()
    {
        string html = Trained.In(Worlds.CliffWalking()).ToDisplayString("text/html");

        string sanitised = ScriptsAndFrames().Replace(html, "");

        Assert.DoesNotContain("<svg", html);
        Assert.DoesNotContain("<style", html);
        Assert.Contains("<img src=\"data:image/png", sanitised);
        Assert.Contains("<table", sanitised);
    }

    [Fact]
    public void Moment_of_a_run_has_its_own_anchor_and_its_link_leads_to_it_in_the_run()
    {
        var run = Trained.In(Worlds.CliffWalking());
        var moment = run.Past(100, TestContext.Current.CancellationToken);
        var served = new ServedRuns(null);
        served.Register(run);

        served.Register(moment);

        Assert.Contains($"<div id=\"{run.Id}@100\"", moment.ToDisplayString("text/html"));
        Assert.EndsWith($"/{run.Id}@100", LiveLink.To(moment).Url);
        Assert.Same(run, served.Find(run.Id).View);
    }

    [Fact]
    public void Text_has_three_to_five_lines_of_result()
    {
        var lines = Trained.In(Worlds.CliffWalking(), name: "my cliff").ToDisplayString("text/plain").Split('\n');

        Assert.InRange(lines.Length, 3, 5);
        Assert.Equal("my cliff: q-learning in cliff-walking (12×4), seed 1", lines[0]);
        Assert.StartsWith("completed: 200 episodes, ", lines[1]);
        Assert.StartsWith("return: −", lines[2]);
    }

    [Fact]
    public void Cell_gets_html_and_text_and_a_png_is_there_for_whoever_asks()
    {
        var mimeTypes = Formatter.GetPreferredMimeTypesFor(typeof(Run)).ToList();
        byte[] png = Convert.FromBase64String(Trained.In(Worlds.CliffWalking()).ToDisplayString("image/png"));

        Assert.Equal(["text/html", "text/plain"], mimeTypes);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("\" onload=\"alert(1)")]
    [InlineData("a\u2028b & c")]
    public void Names_are_shown_as_text(string name)
    {
        string html = Trained.In(Worlds.CliffWalking(), episodes: 2, name).ToDisplayString("text/html");

        Assert.DoesNotContain("alert(1)>", html);
        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotContain("\" onload", html);
        Assert.Contains(Html.Encode(name), html);
    }

    [Fact]
    public void Run_that_trains_on_is_shown_as_it_is_and_says_so()
    {
        var run = Worlds.CliffWalking().Train(episodes: null, options: RunOptions.InMemory with { Pace = 200 });

        string html = run.ToDisplayString("text/html");
        run.Stop();

        Assert.Contains("still training", html);
    }

    [Fact]
    public void Run_at_a_pace_is_shown_with_its_first_episode_where_that_comes_soon()
    {
        var run = Worlds.FrozenLake4x4().Train(episodes: null, options: RunOptions.InMemory with { Pace = 500 });

        string text = run.ToDisplayString("text/plain");
        run.Stop();

        Assert.DoesNotContain("no episode has ended yet", text);
    }

    [Fact]
    public void Kinds_of_one_showing_are_of_one_moment_and_a_new_showing_is_of_a_new_one()
    {
        var run = Worlds.CliffWalking().Train(episodes: 100_000_000, options: RunOptions.InMemory with { StartPaused = true });

        string first = run.ToDisplayString("text/plain");
        run.Resume();
        Wait.Until(() => run.Episodes > 0, "It did not train.");
        run.Pause();
        string html = run.ToDisplayString("text/html"), again = run.ToDisplayString("text/plain");
        run.Stop();

        Assert.Contains("paused: 0 of 100,000,000 episodes", first);
        Assert.Contains("paused: 0 of 100,000,000 episodes", html);
        Assert.DoesNotContain("paused: 0 of", again);
    }

    [Fact]
    public void Link_comes_first_where_no_frame_can_hold_the_page()
    {
        var run = Trained.In(Worlds.CliffWalking());

        string html = RunOutput.Of(run,
            new("http://127.0.0.1:1/#T", "instance", "https://name-1.app.github.dev/#T", FitsFrame: false)).Html;

        Assert.InRange(html.IndexOf("href=\"https://name-1.app.github.dev/#T\"", StringComparison.Ordinal), 0,
            html.IndexOf("<img", StringComparison.Ordinal));
        Assert.DoesNotContain("<script", html);
    }

    [Fact]
    public void Picture_of_a_large_maze_stays_within_its_budget()
    {
        var output = RunOutput.Of(Trained.In(Worlds.Maze(199, 199), episodes: 3), new("http://127.0.0.1:1/#T", "instance"));

        Assert.InRange(output.Png!.Length, 1_000, PngImage.Budget);
        Assert.InRange(output.Html.Length, 1_000, 60_000);
    }

    [Theory]
    [InlineData("cliff-walking")]
    [InlineData("frozen-lake-8x8")]
    [InlineData("rooms-30x30")]
    [InlineData("empty-1000x2")]
    public void Run_adds_at_most_60_kB_to_a_notebook(string world)
    {
        var run = Trained.In(Worlds.Get(world), episodes: 300);

        var output = RunOutput.Of(run, new("http://127.0.0.1:1/#T", "instance"));

        Assert.InRange(output.Html.Length + output.Text.Length, 1_000, 60_000);
        Assert.Single(output.Html.Split("data:image/png").Skip(1));
    }

    [GeneratedRegex("<(script|iframe).*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex ScriptsAndFrames();
}
