using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>The pages of a sweep and of an ensemble: what they show, what steers them, and the way to a seed and back.</summary>
public sealed class SweepPageTests(BrowserFixture browser)
{
    const int Many = 2000;

    [Fact]
    public async Task Two_thousand_trials_scroll_in_few_nodes_and_lead_to_a_seed_as_a_run()
    {
        await using var server = new StoreServer(page: Assets.Embedded());
        var sweep = Small(Many, seeds: 2).Start(new() { Store = server.Store });
        await sweep;
        await using var page = await OpenAsync(server, sweep.Id);
        await IsDrawn(page, Many);
        var nodes = await page.Nodes();
        var last = await page.At("trials").EvaluateAsync<string>("""
            async table => {
              const frame = () => new Promise(requestAnimationFrame);
              for (let k = 0; k < 100; k++) { table.scrollTop += 120; await frame(); }
              for (let k = 1; k <= 20; k++) { table.scrollTop = k / 20 * table.scrollHeight; await frame(); }
              const there = () => [...table.querySelectorAll("[data-key]")].map(row => row.dataset.key);
              while (!there().includes("2001")) await frame();
              return "2001";
            }
            """);
        var (rows, all) = (await page.Page.Locator("[data-testid=trials] [data-row]").CountAsync(), await page.Nodes());

        Assert.Equal("2001", last); // The test of the best one.
        Assert.InRange(rows, 10, 40);
        Assert.InRange(all, 300, 1500);
        Assert.InRange(all, nodes - 100, nodes + 100);

        await Brush(page, axis: 0, from: 0.5, to: 1);
        var filter = await page.At("trial-filter").InputValueAsync();
        Assert.Matches(@"^learning_rate >= 0\.\d+ learning_rate <= 1$", filter);
        var inside = await WidgetPage.Until("half of the trials are left", () => page.Number("parallel", "in"), n => n is > 900 and < 1100);
        await page.At("trial-filter").FillAsync(filter + " trial < 500");
        await WidgetPage.Until("the table follows", () => page.Number("trials", "rows"), n => n > 0 && n < inside / 2);
        await page.At("trial-filter").FillAsync("epsilom < 1");
        await WidgetPage.Until("the fault is told", () => page.At("trial-filter-error").InnerTextAsync(),
            text => text.StartsWith("There is no column 'epsilom'. Use one of trial, world,", StringComparison.Ordinal));
        await page.At("trial-filter-clear").ClickAsync();
        await WidgetPage.Until("all trials are back", () => page.Number("trials", "rows"), n => n == Many + 1);

        await page.Page.Locator("[data-testid=trials] [data-sort=objective]").ClickAsync();
        await page.Page.Locator("[data-testid=trials] [data-sort=objective]").ClickAsync();
        var best = sweep.TrialResults().OrderByDescending(t => t.Objective).ThenBy(t => t.Number).First();
        var row = page.Page.Locator("[data-testid=trials] [data-row='0']");
        await WidgetPage.Until("the best one stands first", () => row.GetAttributeAsync("data-key"), key => key == $"{best.Number}");
        await row.ClickAsync();
        await WidgetPage.Until("its seeds are there", () => page.Number("seeds", "rows"), n => n == 2);
        await page.Page.Locator("[data-testid=seeds] [data-row='1']").ClickAsync();
        await WidgetPage.Until("the seed is a run", () => page.At("run-name").InnerTextAsync(), name => name == $"small/{best.Number}/2");
        await WidgetPage.Until("it has ended", () => page.Episode(), episodes => episodes == 5);
        await page.At("time").EvaluateAsync("slider => { slider.value = 2; slider.dispatchEvent(new Event('input')); }");
        await page.Becomes("time-row", "at", "2");
        await WidgetPage.Until("the address has the moment", () => Task.FromResult(page.Page.Url),
            url => url.EndsWith("@2", StringComparison.Ordinal));
        await page.Page.GoBackAsync();
        await WidgetPage.Until("the run is in the present", () => page.Episode(), episodes => episodes == 5);
        await page.Page.GoBackAsync();
        await WidgetPage.Until("the sweep is back", () => page.Number("trials", "rows"), n => n == Many + 1);
        await page.At("to-runs").ClickAsync();
        await WidgetPage.Until("the first screen lists the sweep", () => page.At("welcome-sweeps").InnerTextAsync(),
            text => text.Contains("small", StringComparison.Ordinal));
        await page.At("welcome-sweeps").Locator("button").ClickAsync();
        await IsDrawn(page, Many);
        page.Complaints.RemoveAll(text => text.Contains("400", StringComparison.Ordinal)); // The browser notes the refused filter.
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Sweep_in_training_grows_by_itself_and_is_paused_and_stopped_but_only_watched_through_a_view_only_link()
    {
        await using var server = new StoreServer(page: Assets.Embedded());
        var sweep = (Small(100_000, seeds: 2) with { Episodes = 400, TestSeeds = 0 }).Start(new() { Store = server.Store, Threads = 1 });
        sweep.Board.Workers = () =>
            [new("lab/17", 8, 12.5, 0.2, 0, 0, IsGone: false), new("desk/9", 4, 30.5, 12, 1, 30, IsGone: false),
            new("old/3", 2, 0, 99, 0, 0, IsGone: true)];
        server.Runs.Sweeps.Register(sweep);
        await using var page = await OpenAsync(server, sweep.Id);
        await page.Grows("sweep", "trials", 0);
        Assert.Equal(["lab/17|8|12.5|training|–", "desk/9|4|30.5|silent for 12 s|30 s in 1", "old/3|2|0|gone|–"],
            await Rows(page.At("workers")));
        await page.Grows("sweep", "trials", await page.Number("sweep", "trials"));
        await page.Grows("trials", "rows", await page.Number("trials", "rows"));
        await WidgetPage.Until("the time left is told", () => page.Page.Locator("dd:has([data-testid=sweep-time])").InnerTextAsync(),
            text => text.Contains("left", StringComparison.Ordinal));
        await page.At("sweep-pause").ClickAsync();
        await page.Becomes("sweep-state", "state", "paused");
        Assert.Equal("Resume", await page.At("sweep-pause").InnerTextAsync());
        await WidgetPage.Until("the importance is told", () => page.Number("importance", "settings"), n => n == 2);

        await using var watching = await OpenAsync(server, sweep.Id, readOnly: true);
        await watching.Grows("sweep", "trials", 0);
        Assert.Equal("paused", await watching.Data("sweep-state", "state"));
        await AccessibilityTests.IsAccessible(watching, "sweep with workers", ":root");
        Assert.False(await watching.At("sweep-pause").IsVisibleAsync());
        Assert.True(await watching.At("sweep-view-only").IsVisibleAsync());
        await page.At("sweep-pause").ClickAsync();
        await page.Becomes("sweep-state", "state", "training");
        await page.At("sweep-stop").ClickAsync();
        await page.Becomes("sweep-state", "state", "stopped");
        await sweep.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        Assert.Empty(page.Complaints);
        Assert.Empty(watching.Complaints);
    }

    [Fact]
    public async Task Ensemble_is_its_mean_with_a_band_and_its_seeds_and_neither_page_has_a_violation()
    {
        await using var server = new StoreServer(page: Assets.Embedded());
        var ensemble = Worlds.CliffWalking().Train(new Sarsa(), 200, seeds: 8, name: "eight", options: new() { Store = server.Store });
        await ensemble;
        var sweep = Small(60, seeds: 2).Start(new() { Store = server.Store });
        await sweep;
        var run = Worlds.CliffWalking().Train(new QLearning(), 50, name: "single", options: new() { Store = server.Store });
        await run;
        await using var page = await OpenAsync(server, ensemble.Id);
        await page.Grows("band", "points", 50);
        Assert.Equal(8, await page.Number("band", "lines"));
        Assert.Contains("−", await page.At("sweep-return").InnerTextAsync(), StringComparison.Ordinal);
        await AccessibilityTests.IsAccessible(page, "ensemble", ":root");
        await IsChosenByABar(page, "seeds");

        await page.At("sweeps").SelectOptionAsync(sweep.Id);
        await IsDrawn(page, 60);
        await page.At("trials").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await WidgetPage.Until("the keys choose a trial", () => page.Number("seeds", "rows"), n => n == 2);
        await AccessibilityTests.IsAccessible(page, "sweep", ":root");
        await using (var forced = await OpenAsync(server, sweep.Id, scheme: ColorScheme.Dark))
        {
            await forced.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
            await IsDrawn(forced, 60);
            await AccessibilityTests.IsAccessible(forced, "sweep in forced colors", ":root");
        }


        await page.At("to-runs").ClickAsync();
        await WidgetPage.Until("the newest run is shown", () => page.At("run-name").InnerTextAsync(), name => name == "single");
        await IsChosenByABar(page, "log");
        await page.At("tab-runs").ClickAsync();
        await WidgetPage.Until("both are listed", () => page.Number("sweep-list", "rows"), n => n == 2);
        await page.At("runs").SelectOptionAsync("sweep=" + ensemble.Id);
        await page.Grows("seeds", "rows", 7);
        await page.At("seeds").FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        await page.Page.Keyboard.PressAsync("Enter");
        await WidgetPage.Until("the seed is a run", () => page.At("run-name").InnerTextAsync(), name => name == "eight/8");
        await page.At("to-sweep").ClickAsync();
        await page.Grows("band", "points", 50);
        Assert.Empty(page.Complaints);
    }

    static async Task<IEnumerable<string>> Rows(ILocator table) =>
        (await table.Locator("tbody tr").AllAsync()).Select(async row => string.Join('|', await row.Locator("td").AllInnerTextsAsync()))
            .Select(text => text.Result);

    static Sweep Small(int trials, int seeds) => new()
    {
        Name = "small", Worlds = ["empty-4x4"], Episodes = 5, Seeds = seeds, TestSeeds = 2, Sampler = SweepSampler.Sobol, Trials = trials,
        Space = [SearchParameter.LogUniform("learning_rate", 0.01, 1), SearchParameter.Uniform("epsilon", 0.01, 0.5)],
    };

    Task<WidgetPage> OpenAsync(StoreServer server, string id, bool readOnly = false, ColorScheme scheme = ColorScheme.Light) =>
        browser.OpenAsync($"{server.Url(readOnly)}/sweep={id}", scheme);

    static Task IsDrawn(WidgetPage page, int trials) =>
        WidgetPage.Until("all trials are drawn", () => page.Number("parallel", "lines"), n => n == trials);

    /// <summary>A click on the last bar of the histogram leaves as many rows as the bar says; a second one brings all back.</summary>
    static async Task IsChosenByABar(WidgetPage page, string rows)
    {
        await page.At("histogram").ScrollIntoViewIfNeededAsync();
        await page.Grows("histogram", "bars", 1);
        var (bar, all) = (page.Page.Locator("[data-testid=histogram] button:enabled").Last, await page.Number(rows, "rows"));
        var words = (await bar.GetAttributeAsync("aria-label"))!;
        await bar.ClickAsync();
        await WidgetPage.Until($"the rows are those of '{words}'", () => page.Number(rows, "rows"),
            n => words.Contains($": {n} ", StringComparison.Ordinal));
        await bar.ClickAsync();
        await WidgetPage.Until("all rows are back", () => page.Number(rows, "rows"), n => n == all);
    }

    /// <summary>Drags along an axis, between two shares of its height from the top.</summary>
    static async Task Brush(WidgetPage page, int axis, double from, double to)
    {
        var canvas = page.At("parallel");
        await canvas.ScrollIntoViewIfNeededAsync();
        var box = (await canvas.BoundingBoxAsync())!;
        var x = box.X + float.Parse((await page.Data("parallel", "axes"))!.Split(',')[axis]);
        var (top, height) = (box.Y + 42, box.Height - 42 - 14);
        await page.Page.Mouse.MoveAsync(x, top + (float)((1 - from) * height));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(x, top + (float)((1 - (from + to) / 2) * height));
        await page.Page.Mouse.MoveAsync(x, top + (float)((1 - to) * height));
        await page.Page.Mouse.UpAsync();
    }
}
