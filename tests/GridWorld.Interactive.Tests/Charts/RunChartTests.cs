using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using BigGustave;
using Microsoft.DotNet.Interactive.Formatting;
using XPlot.Plotly;

namespace GridWorld.Tests;

public sealed class RunChartTests(BrowserFixture browser) : IDisposable
{
    readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Learning_curve_holds_mean_range_and_exact_optimum()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 400);
        run.SolveExactly();

        var chart = JsonDocument.Parse(run.LearningCurve().ToJson()).RootElement;

        var traces = chart.GetProperty("data").EnumerateArray().ToArray();
        var mean = traces.Single(t => Name(t) == "mean").GetProperty("y").EnumerateArray().Select(y => y.GetDouble()).ToList();
        Assert.Equal(run.EpisodeRecords().Average(e => e.Return), mean.Average(), 9);
        Assert.All(traces.Single(t => Name(t) == "optimal policy (exact, undiscounted)").GetProperty("y").EnumerateArray(),
            y => Assert.Equal(-13, y.GetDouble(), 9));
        Assert.Equal($"Return per episode: {run.Name}", chart.GetProperty("layout").GetProperty("title").GetString());
    }

    [Fact]
    public void Interactive_curve_spans_the_returns_that_the_picture_spans()
    {
        // The first episodes return some −1,000 and less; the picture's axis begins near the usual return.
        var run = Trained.In(Worlds.CliffWalking(), episodes: 400);
        double least = run.EpisodeRecords().Min(e => e.Return);

        var chart = run.LearningCurve();

        var range = JsonDocument.Parse(chart.ToJson()).RootElement.GetProperty("layout").GetProperty("yaxis").GetProperty("range")
            .EnumerateArray().Select(v => v.GetDouble()).ToArray();
        var ticks = chart.Drawing.Shapes.OfType<Label>().Select(label => label.Text.Replace('−', '-'))
            .Where(text => double.TryParse(text, CultureInfo.InvariantCulture, out double value) && value < 0)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToList();
        Assert.InRange(range[0], least + 1, ticks.Min());
        Assert.InRange(range[1], -13, 0);
    }

    [Fact]
    public async Task Curves_of_ensembles_are_the_means_of_their_runs_each_in_its_band()
    {
        LearnerOptions[] learners = [new QLearning(), new Sarsa()];
        Ensemble[] ensembles = [.. learners.Select(l => Worlds.CliffWalking().Train(l, episodes: 200, seeds: 4, name: $"<{l.Name}>",
            options: EnsembleOptions.InMemory))];
        foreach (var ensemble in ensembles)
            await ensemble;
        var singles = learners.Select(l => Enumerable.Range(1, 4).Average(seed =>
        {
            var run = Worlds.CliffWalking().Train(l, episodes: 200, seed: (ulong)seed, options: RunOptions.InMemory);
            run.Completion.Wait(TestContext.Current.CancellationToken);
            return run.EpisodeRecords().Average(e => e.Return);
        }));

        var chart = ensembles.LearningCurves();

        var traces = JsonDocument.Parse(chart.ToJson()).RootElement.GetProperty("data").EnumerateArray().Chunk(3).ToArray();
        Assert.Equal(["&lt;q-learning&gt;", "&lt;sarsa&gt;"], traces.Select(three => Name(three[2])));
        Assert.Equal(singles, traces.Select(three => Values(three[2]).Average()), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.All(traces, three => Assert.All(Values(three[2]).Zip(Values(three[1]), Values(three[0])),
            point => Assert.InRange(point.First, point.Second, point.Third)));
        Assert.Equal(2, chart.Drawing.Shapes.OfType<Band>().Count());
        Assert.Contains("2 ensembles", chart.ToString());

        static double[] Values(JsonElement trace) => [.. trace.GetProperty("y").EnumerateArray().Select(y => y.GetDouble())];
    }

    [Fact]
    public void Curves_of_no_ensemble_are_refused() =>
        Assert.Equal("Name at least one ensemble.", Assert.Throws<InputException>(() => Array.Empty<Ensemble>().LearningCurves()).Message);

    [Fact]
    public async Task Ensemble_without_an_episode_has_no_curve()
    {
        var endless = Ensemble.Start(new(Worlds.SuttonBarto35(), new QLearning { DiscountFactor = 0.9 }, Seed: 1, Episodes: 1,
            MaxSteps: 1_000_000_000), 2, EnsembleOptions.InMemory);
        Assert.Empty(Drawn(endless));
        endless.Stop();
        var ended = Worlds.CliffWalking().Train(new QLearning(), episodes: 20, seeds: 2, options: EnsembleOptions.InMemory);
        await ended;

        Assert.Single(Drawn(endless, ended));

        static IEnumerable<Band> Drawn(params EnsembleView[] ensembles) => ensembles.LearningCurves().Drawing.Shapes.OfType<Band>();
    }

    [Fact]
    public void Value_map_has_a_number_for_every_state_that_was_visited()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 400);
        var q = run.Agent().Q;

        var heat = JsonDocument.Parse(run.ValueMap().ToJson()).RootElement.GetProperty("data")[0].GetProperty("z");

        Assert.Equal((4, 12), (heat.GetArrayLength(), heat[0].GetArrayLength()));
        Assert.Equal(q.Skip(36 * 4).Take(4).Max(), heat[3][0].GetDouble());
        Assert.Equal(JsonValueKind.Null, heat[3][11].ValueKind);
    }

    [Fact]
    public void Policy_map_points_along_the_cliff_to_the_goal()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 2000);

        var arrows = JsonDocument.Parse(run.PolicyMap().ToJson()).RootElement.GetProperty("data")[1];

        var text = arrows.GetProperty("x").EnumerateArray()
            .Zip(arrows.GetProperty("y").EnumerateArray(), arrows.GetProperty("text").EnumerateArray())
            .ToDictionary(p => (p.First.GetInt32(), p.Second.GetInt32()), p => p.Third.GetString());
        Assert.Equal(("↑", "→", "↓"), (text[(0, 3)], text[(5, 2)], text[(11, 2)]));
    }

    [Fact]
    public void Chart_is_an_XPlot_chart_and_a_picture_in_two_formats()
    {
        RunChart chart = Trained.In(Worlds.CliffWalking(), name: "<a> & b").LearningCurve();

        chart.SavePng(folder.At("c.png"));
        chart.SaveSvg(folder.At("c.svg"));

        Assert.IsType<PlotlyChart>(chart, exactMatch: false);
        Assert.Contains("Plotly.newPlot", chart.GetInlineHtml());
        using (var png = File.OpenRead(folder.At("c.png")))
            Assert.Equal(1520, Png.Open(png).Width);
        Assert.Contains("<a> & b", XDocument.Load(folder.At("c.svg")).Root!.Elements().First().Value);
    }

    [Fact]
    public void Chart_of_runs_has_a_curve_each_and_none_for_a_run_without_episodes()
    {
        var (one, two) = (Trained.In(Worlds.CliffWalking(), name: "one"),
            Trained.In(Worlds.CliffWalking(), name: "two", learner: new Sarsa()));
        var idle = Worlds.CliffWalking().Train(options: RunOptions.InMemory with { StartPaused = true, Name = "idle" });

        var chart = Runs.Compare(one, two, idle).Chart();
        idle.Stop();

        Assert.Equal(["one", "two", "idle"], JsonDocument.Parse(chart.ToJson()).RootElement.GetProperty("data").EnumerateArray()
            .Select(Name));
        Assert.Equal(["one", "two"], chart.Drawing.Shapes.OfType<Label>().Select(l => l.Text).Intersect(["one", "two", "idle"]));
    }

    [Fact]
    public void Output_is_a_picture_that_is_complete_without_scripts()
    {
        KernelExtension.Load();
        var chart = Trained.In(Worlds.CliffWalking(), name: "</script><img onerror>").PolicyMap();

        string html = chart.ToDisplayString("text/html");

        Assert.Contains("<img src=\"data:image/png;base64,", html);
        Assert.DoesNotContain("<img onerror>", html);
        Assert.InRange(html.Length, 1_000, 100_000);
    }

    [Fact]
    public async Task Page_of_the_server_draws_the_chart_with_its_title_and_asks_nobody_else()
    {
        var run = Trained.In(Worlds.CliffWalking(), name: "a <b>bold</b> & ‘name’");
        await using var server = WidgetServer.Start();
        server.Register(run);
        await using var page = await browser.OpenAsync(ChartFrame.UrlOf(run.PolicyMap(), new(server.Url(run.Id), server.Instance)));

        await page.Page.Locator(".gtitle").WaitForAsync();

        Assert.Equal("Greedy policy: a <b>bold</b> & ‘name’", await page.Page.Locator(".gtitle").TextContentAsync());
        Assert.NotEqual(0, await page.Page.Locator(".hm image").CountAsync());
        Assert.Empty(page.Complaints);
        Assert.All(page.Requests,
            url => Assert.StartsWith(new Uri(server.Url(run.Id)).GetLeftPart(UriPartial.Authority) + "/assets/", url));
    }

    static string? Name(JsonElement trace) => trace.TryGetProperty("name", out var name) ? name.GetString() : null;
}
