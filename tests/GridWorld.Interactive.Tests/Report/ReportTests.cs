using System.Text;
using System.Text.Json;

namespace GridWorld.Tests;

public sealed class ReportTests(BrowserFixture browser) : IDisposable
{
    readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Report_opens_from_a_file_without_a_request_or_an_error_and_holds_the_runs_numbers()
    {
        var run = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, episodes: 500, name: "cliff",
            options: RunOptions.InMemory with { StartPaused = true });
        run.Set(epsilon: 0.05);
        run.Resume();
        await run.Completion;
        run.SaveReport(folder.At("r.html"));
        var errors = new List<string>();

        await using var page = await browser.OpenAsync("about:blank");
        page.Page.Console += (_, message) => errors.Add(message.Text);
        page.Page.PageError += (_, error) => errors.Add(error);
        await page.Page.GotoAsync(new Uri(folder.At("r.html")).AbsoluteUri);

        Assert.Empty(errors);
        Assert.Empty(page.Complaints);
        Assert.All(page.Requests,
            url => Assert.True(url.StartsWith("file:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal)
            || url == "about:blank", url));
        Assert.Equal(["Learning curve", "Learned values and policy", "Comparison with the optimum", "Hyperparameters", "Events",
            "Diagnostics",
            "Reproduce this run", "Data"], await page.Page.Locator("h2").AllTextContentsAsync());
        Assert.Equal(4, await page.Page.Locator("figure svg").CountAsync());
        string text = await page.Page.Locator("main").InnerTextAsync();
        Assert.Contains("0.05", text);
        Assert.Contains("−13", text);
        Assert.Contains(run.Status().QChecksum!.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), text);
    }

    [Fact]
    public async Task Links_to_a_moment_a_cell_and_a_tab_lead_there_as_in_the_live_view()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 50);
        run.SaveReport(folder.At("r.html"));
        var file = new Uri(folder.At("r.html")).AbsoluteUri;
        await using var page = await browser.OpenAsync(file);

        foreach (var (anchor, tag) in ((string, string)[])[("@50", "H1"), ("@0", "TR"), ("?tab=events", "SECTION"),
            ("?layer=optimal_value", "figure"), ("?cell=3,2", "rect"), ("?cell=3,2&layer=optimal_value", "rect")])
            Assert.Equal(tag, await At(anchor), ignoreCase: true);
        Assert.Equal("(3, 2)", await page.Page.Locator("rect:target title").TextContentAsync());

        await page.Page.Locator("rect:target").Locator("xpath=../following-sibling::*[1]").ClickAsync();
        Assert.EndsWith($"#{run.Id}?cell=4,2&layer=optimal_value", page.Page.Url);

        async Task<string?> At(string anchor)
        {
            await page.Page.GotoAsync($"{file}#{run.Id}{anchor}");
            return await page.Page.EvaluateAsync<string?>("document.querySelector(':target')?.tagName");
        }
    }

    [Fact]
    public async Task Names_stay_text_whatever_they_hold()
    {
        const string name = "</script><img src=x onerror=document.title='hit'> \" ' & \u2028 javascript:1";
        Trained.In(Worlds.CliffWalking(), name: name).SaveReport(folder.At("r.html"));

        await using var page = await browser.OpenAsync(new Uri(folder.At("r.html")).AbsoluteUri);

        Assert.Equal(0, await page.Page.Locator("img").CountAsync());
        Assert.Equal(name, await page.Page.Locator("h1").TextContentAsync());
        Assert.Equal(name.Replace('\u2028', ' '), (await page.Page.TitleAsync()).Replace('\u2028', ' '));
    }

    [Fact]
    public async Task Data_can_be_taken_out_and_repeats_the_run()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 50);
        run.SaveReport(folder.At("r.html"));

        string html = await File.ReadAllTextAsync(folder.At("r.html"), TestContext.Current.CancellationToken);
        var data = JsonDocument.Parse(Download(html, "run.json")).RootElement;

        var again = Run.Start(SpecificationJson.Read(data.GetProperty("specification").GetRawText()), RunOptions.InMemory);
        await again.Completion;
        Assert.Equal(run.Agent().Q, again.Agent().Q);
        Assert.Equal(50, data.GetProperty("curve").EnumerateArray().Sum(b => b.GetProperty("count").GetInt32()));
        Assert.Equal(51, Download(html, "metrics.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(48 * 4 + 1, Download(html, "q-table.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("<script", html);
    }

    [Fact]
    public void Run_without_an_episode_and_run_of_awkward_numbers_have_reports_too()
    {
        var idle = Worlds.CliffWalking().Train(options: RunOptions.InMemory with { StartPaused = true });

        idle.SaveReport(folder.At("idle.html"));
        idle.Stop();
        ExportFolder.Awkward().SaveReport(folder.At("awkward.html"));

        Assert.Contains("No episode has ended yet.", File.ReadAllText(folder.At("idle.html")));
        Assert.Contains("it said: &quot;no&quot;,\nand ended", File.ReadAllText(folder.At("awkward.html")));
    }

    static string Download(string html, string name)
    {
        string before = $"download=\"{name}\" href=\"data:";
        int from = html.IndexOf(";base64,", html.IndexOf(before, StringComparison.Ordinal), StringComparison.Ordinal) + 8;
        return Encoding.UTF8.GetString(Convert.FromBase64String(html[from..html.IndexOf('"', from)]));
    }
}
