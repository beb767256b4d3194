using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>Every panel and control that stands beside the map.</summary>
public sealed class PanelTests(BrowserFixture browser)
{
    [Fact]
    public async Task Tabs_are_walked_by_the_arrow_keys()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);

        await page.At("tab-episodes").FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        Assert.Equal("tab-downloads", await page.Page.EvaluateAsync<string>("document.activeElement.dataset.testid"));
        Assert.True(await page.At("downloads").IsVisibleAsync());
        await page.Page.Keyboard.PressAsync("ArrowRight");

        Assert.Equal("true", await page.At("tab-episodes").GetAttributeAsync("aria-selected"));
        Assert.True(await page.At("log").IsVisibleAsync());
        Assert.Single(await page.Page.Locator("[role=tab][tabindex='0']").AllAsync());
    }

    [Fact]
    public async Task Tab_that_is_not_selected_is_left_alone_and_right_in_the_first_frame_after_it_is()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);
        await page.At("tab-downloads").ClickAsync();
        await page.Page.EvaluateAsync("""
            () => {
              window.changes = 0;
              new MutationObserver(all => window.changes += all.length).observe(document.querySelector("[data-testid=panel-episodes]"),
                { subtree: true, childList: true, characterData: true, attributes: true });
            }
            """);
        await page.Grows("episode", "value", await page.Episode() + 100);
        await page.Grows("episode", "value", await page.Episode() + 100);
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("window.changes"));

        var (shown, newest) = (await page.Page.EvaluateAsync<long[]>("""
            async () => {
              document.querySelector("[data-testid=tab-episodes]").click();
              await new Promise(requestAnimationFrame);
              return [["episode", "value"], ["log", "newest"]].map(([id, name]) =>
                Number(document.querySelector(`[data-testid=${id}]`).dataset[name]));
            }
            """)) is [var a, var b] ? (a, b) : default;

        Assert.Equal(shown, newest);
    }

    [Fact]
    public async Task List_below_the_window_is_drawn_rarely_and_right_once_it_is_scrolled_to()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url, height: 500);
        await page.Grows("log", "newest", 0);
        Task<bool> IsNewest() => page.Page.EvaluateAsync<bool>("""
            () => {
              const log = document.querySelector("[data-testid=log]");
              return log.querySelector(".row[data-key]")?.dataset.key === log.dataset.newest;
            }
            """);
        await WidgetPage.Until("its rows are old", IsNewest, isNewest => !isNewest);

        await page.At("log").ScrollIntoViewIfNeededAsync();

        await WidgetPage.Until("its first row is the newest", IsNewest, isNewest => isNewest, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Zoom_to_single_episodes_shows_the_rows_of_log_and_api()
    {
        await using var server = WidgetServer.Start();
        var run = Worlds.CliffWalking().Train(new QLearning { LearningRate = 0.5 }, 500, seed: 1, options: RunOptions.InMemory);
        await run;
        server.Register(run);
        await using var page = await browser.OpenAsync(server.Url(run.Id));
        await page.Grows("curve", "last-episode", 499);

        var box = (await page.Page.Locator("[data-testid=curve] .u-over").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.5f, box.Y + 40);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.6f, box.Y + 60, new() { Steps = 5 });
        await page.Page.Mouse.UpAsync();
        await WidgetPage.Until("each point is one episode", () => page.At("curve-resolution").InnerTextAsync(),
            text => text.Contains("each point is one episode"));
        await page.Page.Mouse.MoveAsync(box.X + box.Width * 0.5f, box.Y + 50);
        var tip = await WidgetPage.Until("the tip names an episode", () => page.Page.Locator(".curve-card .tip").InnerTextAsync(),
            text => text.StartsWith("Episode "));

        var lines = tip.Split('\n');
        var episode = long.Parse(lines[0]["Episode ".Length..].Replace(",", ""), CultureInfo.InvariantCulture);
        var row = run.RawEpisodes(episode, 1).Single();
        Assert.Equal($"return {row.Return}".Replace("-", "−"), lines[1].Replace(",", ""));
        var api = await Get(page, server.Url(), $"api/metrics?start={episode}&end={episode}&points=1");
        Assert.Equal(row.Return, api.GetProperty("points")[0].GetProperty("mean").GetDouble());
        await page.At("log-jump").FillAsync(episode.ToString());
        await page.At("log-jump-send").ClickAsync();
        var logged = await page.Page.Locator($"[data-testid=log] [data-key='{episode}']").InnerTextAsync();
        Assert.Contains($"{row.Return}".Replace("-", "−"), logged.Replace(",", ""));

        await page.Page.Locator("[data-testid=curve] .u-over").DblClickAsync();
        await WidgetPage.Until("the whole run is back", () => page.Number("curve", "last-episode"), last => last == 500);
    }

    [Fact]
    public async Task Curve_shows_its_settled_part_and_all_of_it_at_a_click()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Becomes("curve", "last-episode", "200");
        var means = ended.Run.MetricBuckets(1, 200, 240).Select(b => b.Mean).ToList();

        Assert.InRange(await page.Number("curve", "outside"), 1, means.Count / 10);
        Assert.EndsWith($"outside, down to {means.Min():N0}".Replace("-", "−"), await page.At("curve-outside").InnerTextAsync());
        var gap = await page.At("curve-gap").InnerTextAsync();
        Assert.Equal(-13 - ended.Run.RawEpisodes(101, 100).Average(e => e.Return),
            double.Parse(gap[(gap.IndexOf(':') + 1)..], CultureInfo.InvariantCulture), 0.051);
        var table = await page.At("curve-table").Locator("tbody tr").AllInnerTextsAsync();
        Assert.Equal((12, "1 to 16"), (table.Count, table[0].Split('\t')[0]));
        Assert.Equal(ended.Run.RawEpisodes(1, 16).Min(e => e.Return), MapOnPage.Numbers(table[0])[3]);

        await page.At("curve-extent").ClickAsync();
        await page.Becomes("curve", "outside", "0");
        await page.At("curve-extent").ClickAsync();
        await page.Grows("curve", "outside", 0);
    }

    [Fact]
    public async Task Rows_that_stand_still_say_their_actions_and_mean_q()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        var row = page.Page.Locator("[data-testid=log] [data-key='198']");
        await page.At("log").ScrollIntoViewIfNeededAsync();
        await row.WaitForAsync();

        await WidgetPage.Until("the row has no dash left", () => row.InnerTextAsync(), text => !text.Contains('–'));

        var taken = Regex.Matches(await row.InnerTextAsync(), "[↑→↓←]([0-9]+)")
            .Sum(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.Equal(ended.Run.RawEpisodes(198, 1).Single().Length, taken);
        await page.At("log-jump").FillAsync("50");
        await page.At("log-jump-send").ClickAsync();
        await WidgetPage.Until("nor has an old one", () => page.Page.Locator("[data-testid=log] .marked[data-key='50']").InnerTextAsync(),
            text => !text.Contains('–'));
    }

    [Fact]
    public async Task Row_of_the_log_opens_its_episode_and_the_rows_are_copied_as_csv()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await WidgetPage.Until("the log is there", () => page.Number("log", "rows"), rows => rows == 200);

        await page.At("log-copy").ClickAsync();
        await WidgetPage.Until("they are copied", () => page.At("log-copy").InnerTextAsync(), text => text == "Copied");
        var copied = (await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).Trim().Split('\n')[1..];
        await page.Page.Locator("[data-testid=log] [data-key='198']").ClickAsync();
        await page.Becomes("agent", "episode", "198");

        Assert.True(await page.At("agent").IsVisibleAsync());
        Assert.Equal(ended.Run.RawEpisodes(1, 200).Select(e => (e.Episode, e.Return, e.Length, e.Terminated)),
            copied.Select(line => line.Split(',')).Select(f =>
            (long.Parse(f[0], CultureInfo.InvariantCulture), double.Parse(f[1], CultureInfo.InvariantCulture),
            int.Parse(f[2], CultureInfo.InvariantCulture), bool.Parse(f[3]))));
    }

    [Fact]
    public async Task Other_axes_are_steps_and_time_and_their_scale_may_be_logarithmic()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("curve", "last-episode", 200);

        await page.At("curve-options-button").ClickAsync();
        foreach (var choice in (string[])["steps", "time", "log", "all", "symlog", "gap"])
        {
            await page.Page.Locator($"[data-testid=curve-options] [data-value='{choice}']").ClickAsync();
            await WidgetPage.Until("the curve is drawn", () => page.Number("curve", "points"), points => points > 1);
            Assert.Equal("true", await page.Page.Locator($"[data-testid=curve-options] [data-value='{choice}']")
                .GetAttributeAsync("aria-pressed"));
        }

        Assert.Equal("Gap to the optimal policy", await page.Page.Locator(".curve-card h2").InnerTextAsync());
        await page.At("curve-smoothing").PressAsync("Home");
        Assert.Equal("off", await page.At("curve-smoothing").GetAttributeAsync("aria-valuetext"));
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task One_episode_and_a_number_of_episodes_are_run_exactly()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);
        await page.At("pause").ClickAsync();
        await page.Becomes("state", "state", "paused");
        var before = served.Run.Episodes;

        await page.At("one-episode").ClickAsync();
        await WidgetPage.Until("one more has ended", () => Task.FromResult((served.Run.Episodes, served.Run.State)),
            now => now == (before + 1, RunState.Paused));
        await page.Enter("episodes", "7");
        await WidgetPage.Until("seven more have ended", () => Task.FromResult((served.Run.Episodes, served.Run.State)),
            now => now == (before + 8, RunState.Paused));
        await page.Enter("episodes", "-3");

        await page.At("episodes-note").WaitForAsync();
        Assert.Contains("(got -3)", await page.At("episodes-note").InnerTextAsync());
        Assert.Equal(before + 8, served.Run.Episodes);
    }

    [Fact]
    public async Task Pace_is_a_slider_from_one_step_a_second_to_no_limit()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);
        Assert.Equal("20000", await page.Data("pace", "pace"));

        await page.At("pace").FocusAsync();
        await page.Page.Keyboard.PressAsync("Home");
        await WidgetPage.Until("the run has the pace", () => Task.FromResult(served.Run.Pace), pace => pace == 1);
        await page.Page.Keyboard.PressAsync("End");
        await WidgetPage.Until("the run has no limit", () => Task.FromResult(served.Run.Pace), pace => pace is null);

        await WidgetPage.Until("the page says so", () => page.At("pace-words").InnerTextAsync(), words => words == "unlimited");
    }

    [Fact]
    public async Task Checkpoint_is_saved_by_its_name_and_a_bad_name_is_told_at_the_field()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);

        await page.Enter("milestone", "../evil");
        await WidgetPage.Until("the fault is told", () => page.At("milestone-note").GetAttributeAsync("class"), kind => kind == "note err");
        Assert.DoesNotContain(served.Run.EventLog, e => e.Kind == RunEventKind.Checkpoint);
        await page.Enter("milestone", "before cooling");

        await WidgetPage.Until("it is saved",
            () => Task.FromResult(served.Run.EventLog.Count(e => e.Kind == RunEventKind.Checkpoint && e.Message == "before cooling")),
            count => count == 1);
    }

    [Fact]
    public async Task Tables_are_downloaded_as_they_are()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 20);
        await page.At("pause").ClickAsync();
        await page.Becomes("state", "state", "paused");
        await page.At("tab-downloads").ClickAsync();

        var metrics = await Download(page, "metrics", "csv");
        var table = await Download(page, "q-table", "json");
        var picture = await Download(page, "curve", "png");
        var animation = await Download(page, "animation", "gif");

        Assert.Equal(served.Run.Episodes + 1, File.ReadLines(metrics).LongCount());
        Assert.Equal(served.Run.Agent().Q,
            JsonDocument.Parse(await File.ReadAllTextAsync(table, TestContext.Current.CancellationToken)).RootElement.EnumerateArray()
            .Select(row => row.GetProperty("q").GetDouble()));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken))[..4]);
        Assert.Equal("GIF8"u8.ToArray(), (await File.ReadAllBytesAsync(animation, TestContext.Current.CancellationToken))[..4]);
        await page.Page.Locator("[data-what=run]").ClickAsync();
        await page.At("downloads-error").WaitForAsync();
        Assert.Contains("memory", await page.At("downloads-error").InnerTextAsync());
    }

    [Fact]
    public async Task Card_under_the_pointer_fills_the_screen_and_returns()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        async Task<double> Width() => (await page.At("map").BoundingBoxAsync())!.Width;
        double before = await Width();
        await page.At("map").HoverAsync();

        await page.Page.Keyboard.PressAsync("f");
        await WidgetPage.Until("the map is wide", Width, width => width > 1.5 * before);
        await page.Page.Keyboard.PressAsync("f");

        await WidgetPage.Until("the map is as it was", Width, width => width == before);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Two_runs_are_compared_and_never_mixed()
    {
        await using var server = WidgetServer.Start();
        var (first, second) = (Train(new QLearning { LearningRate = 0.5 }, "first"),
            Train(new Sarsa { LearningRate = 0.1, TieBreaking = TieBreaking.First }, "second"));
        await first;
        await second;
        server.Register(first);
        server.Register(second);
        await using var one = await browser.OpenAsync(server.Url(first.Id));
        await using var two = await browser.OpenAsync(server.Url(second.Id));
        await one.Becomes("state", "state", "completed");
        await two.Becomes("state", "state", "completed");

        Assert.Equal(("first", "second"), (await one.At("run-name").InnerTextAsync(), await two.At("run-name").InnerTextAsync()));
        await one.At("tab-runs").ClickAsync();
        await one.At("compare").ScrollIntoViewIfNeededAsync();
        await WidgetPage.Until("both lines are drawn", () => one.Number("compare", "lines"), lines => lines == 2);
        var differing = await WidgetPage.Until("both policies are drawn", () => one.Number("policies", "differing"), n => n > 0);

        var (a, b) = (first.Agent(), second.Agent());
        Assert.Equal(Enumerable.Range(0, 48).Count(s => GreedyActions(a, s) != GreedyActions(b, s)), differing);
        Assert.Equal(["Run", "Learner", "Learning rate", "Ties"],
            (await one.Page.Locator(".grid-head .link").AllInnerTextsAsync()).Skip(1).Take(4));
        await WidgetPage.Until("they are compared in a sentence", () => one.At("comparison").InnerTextAsync(),
            text => text.Contains(" is ahead by ", StringComparison.Ordinal)
                && text.Contains("one run does not show", StringComparison.Ordinal));
        Assert.Equal("best", Assert.Single(await one.Page.Locator(".run-grid .best:not(:empty)").AllInnerTextsAsync()));
        Assert.Empty(one.Complaints);

        static Run Train(LearnerOptions learner, string name) =>
            Worlds.CliffWalking().Train(learner, 300, seed: 1, name: name, options: RunOptions.InMemory);

        // None in a state that was never visited: its zeros say nothing.
        static uint GreedyActions(AgentSnapshot agent, int state) =>
            agent.Visits.AsSpan(state * 4, 4).ContainsAnyExcept(0) ? Greedy.Of(agent.Q.AsSpan(state * 4, 4)).Actions : 0;
    }

    static async Task<string> Download(WidgetPage page, string what, string ending)
    {
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Locator($"[data-what='{what}'][data-ending={ending}]")
            .ClickAsync());
        return await download.PathAsync();
    }

    static async Task<JsonElement> Get(WidgetPage page, string url, string path)
    {
        var reply = await page.Page.APIRequest.GetAsync(url.Split('#')[0] + path,
            new() { Headers = [new("Authorization", $"Bearer {ServerFixture.TokenOf(url)}")] });
        return JsonDocument.Parse(await reply.TextAsync()).RootElement;
    }
}
