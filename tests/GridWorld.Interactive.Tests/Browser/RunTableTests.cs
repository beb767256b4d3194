using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>The table of all runs, and the chart of those that are chosen.</summary>
public sealed class RunTableTests(BrowserFixture browser)
{
    const int Many = 3_000;

    [Fact]
    public async Task Thousands_of_runs_scroll_in_few_nodes()
    {
        await using var server = new StoreServer(page: Assets.Embedded());
        await TrainAsync(server, "real", 1);
        ManyRuns.Fabricate(server.Store, Many, Worlds.DynaMaze());
        await using var page = await OpenAsync(server);
        await page.Page.ReloadAsync();
        await page.Grows("map", "version", 0);

        await ShowTableAsync(page);
        Assert.Equal(Many + 1, await page.Number("run-table", "rows"));
        await WidgetPage.Until("the chart is drawn", () => page.Number("compare", "lines"), lines => lines > 0);
        var nodes = await page.Nodes();
        var last = await page.At("run-table").EvaluateAsync<string>("""
            async table => {
              const frame = () => new Promise(requestAnimationFrame);
              for (let k = 0; k < 150; k++) { table.scrollTop += 120; await frame(); }
              for (let k = 1; k <= 30; k++) { table.scrollTop = k / 30 * table.scrollHeight; await frame(); }
              await frame();
              return [...table.querySelectorAll("[data-row]")].find(row => row.getBoundingClientRect().bottom
                  > table.getBoundingClientRect().bottom - 26).dataset.key;
            }
            """);
        var (rows, all) = (await page.Page.Locator("[data-testid=run-table] [data-row]").CountAsync(), await page.Nodes());

        Assert.Equal("dyna-maze-00000", last); // The oldest.
        Assert.InRange(rows, 10, 40);
        Assert.InRange(all, 500, 3000);
        Assert.InRange(all, nodes - 150, nodes + 150);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Runs_are_sorted_filtered_and_grouped_and_the_best_is_one_of_all_that_are_shown()
    {
        await using var server = new StoreServer(page: Assets.Embedded());
        await TrainAsync(server, "other", 1, World.Parse("S..G"));
        ManyRuns.Fabricate(server.Store, 80);
        await using var page = await OpenAsync(server);

        Assert.Contains("train in 2 worlds", await page.At("best-note").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(await page.Page.Locator("[data-testid=run-table] .best:not(:empty)").AllAsync());
        await Filter(page, "learning_rate < 0.1 learner = sarsa sweep", 10);
        await Filter(page, "learning rate <= 0.1 world = cliff-walking", 40);
        Assert.Contains("Best of 40 runs", await page.At("best-note").InnerTextAsync(), StringComparison.Ordinal);
        await page.Page.Locator("[data-sort=return]").ClickAsync();
        await page.Page.Locator("[data-sort=return]").ClickAsync();
        await WidgetPage.Until("the best stands first", () => page.Page.Locator("[data-row='0'] .best").InnerTextAsync(),
            text => text == "best");
        await page.At("run-filter").FillAsync("epsilom < 1");
        await WidgetPage.Until("the fault is told", () => page.At("filter-error").InnerTextAsync(),
            text => text.StartsWith("There is no column 'epsilom'. Use one of name, learner,", StringComparison.Ordinal));
        await Filter(page, "world = cliff-walking", 80);

        await page.At("run-group").SelectOptionAsync("seeds");
        await WidgetPage.Until("the seeds are folded", () => page.Number("run-table", "rows"), rows => rows == 8);
        var row = page.Page.Locator("[data-row='0']");
        Assert.Contains("10 runs", await row.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Matches(@"−13\.\d+ ± 0\.\d+", await row.InnerTextAsync());
        Assert.Contains("10 values", await row.InnerTextAsync(), StringComparison.Ordinal); // The seeds.
        await row.Locator(".toggle").ClickAsync();
        await WidgetPage.Until("the group is open", () => page.Number("run-table", "rows"), rows => rows == 18);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Star_and_note_are_kept_and_a_run_is_deleted_once_it_is_confirmed()
    {
        await using var server = new StoreServer(page: Assets.Embedded());
        var (kept, gone) = (await TrainAsync(server, "kept", 1), await TrainAsync(server, "gone", 2));
        await using var page = await OpenAsync(server, kept.Id);

        await Row(page, gone).Locator(".star").ClickAsync();
        await WidgetPage.Until("it has a star", () => Row(page, gone).Locator(".star").GetAttributeAsync("aria-pressed"),
            on => on == "true");
        await page.Enter("row-note", "diverges <b>late</b>");
        await WidgetPage.Until("it has the note", () => Row(page, gone).InnerTextAsync(),
            text => text.Contains("diverges <b>late</b>", StringComparison.Ordinal));
        await page.Page.ReloadAsync();
        await ShowTableAsync(page);
        await WidgetPage.Until("the note is there again", () => Row(page, gone).InnerTextAsync(),
            text => text.Contains("diverges", StringComparison.Ordinal) && text.Contains('★'));

        await Row(page, gone).Locator(".name").ClickAsync();
        await page.At("row-delete").ClickAsync();
        await page.At("delete-keep").ClickAsync();
        Assert.True(File.Exists(gone.StorePath));
        await page.At("row-delete").ClickAsync();
        await page.At("delete-sure").ClickAsync();
        await WidgetPage.Until("its row is gone", () => page.Number("run-table", "rows"), rows => rows == 1);

        Assert.False(File.Exists(gone.StorePath));
        Assert.True(File.Exists(kept.StorePath));
        Assert.DoesNotContain(gone.Id, await File.ReadAllTextAsync(Path.Combine(server.Store, RunNotes.FileName),
            TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Link_that_may_only_look_has_no_star_note_or_deletion()
    {
        await using var server = new StoreServer(page: Assets.Embedded());
        var run = await TrainAsync(server, "watched", 1);
        await using var page = await browser.OpenAsync(server.Url(readOnly: true));
        await ShowTableAsync(page);
        await Row(page, run).Locator(".name").ClickAsync();
        await page.At("row-bar").WaitForAsync();

        Assert.False(await Row(page, run).Locator(".star").IsVisibleAsync());
        Assert.False(await page.At("row-note").IsVisibleAsync());
        Assert.False(await page.At("row-delete").IsVisibleAsync());
        Assert.Equal(403, (await server.SendAsync("POST", $"/api/training-session/{run.Id}/delete", "{}", readOnly: true)).Status);
        Assert.True(File.Exists(run.StorePath));
    }

    [Fact]
    public async Task Twenty_five_runs_are_twenty_lines_and_a_band_and_another_world_takes_one_more_click()
    {
        await using var server = new StoreServer(page: Assets.Embedded());
        var other = await TrainAsync(server, "elsewhere", 1, World.Parse("S..G"));
        for (var seed = 1; seed <= 25; seed++)
            await TrainAsync(server, $"seed {seed}", seed);
        await using var page = await OpenAsync(server);
        await Becomes(page, lines: 2, band: 0); // The shown run and the newest other of its world.

        await page.Page.Locator(".grid-head input").ClickAsync();
        await Becomes(page, lines: 20, band: 5);
        await page.At("other-world").WaitForAsync();
        Assert.Contains("elsewhere trains in another world", await page.At("other-world").InnerTextAsync(), StringComparison.Ordinal);
        await page.At("world-mix").ClickAsync();
        await Becomes(page, lines: 20, band: 6);
        await page.At("compare").HoverAsync();
        Assert.Contains("6 other runs", await page.Page.Locator(".table-chart .tip").InnerTextAsync(), StringComparison.Ordinal);
        foreach (var choice in (string[])["steps", "time", "0", "symlog", "whole", "episodes"])
        {
            await page.At("compare-options-button").ClickAsync();
            await page.Page.Locator($"[data-testid=compare-options] [data-value='{choice}']").ClickAsync();
            await page.Page.Keyboard.PressAsync("Escape");
            await Becomes(page, lines: 20, band: 6);
        }

        await page.At("clear-chart").ClickAsync();
        await Becomes(page, lines: 0, band: 0);
        await page.At("run-table").FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        await page.Page.Keyboard.PressAsync("Space");
        await Becomes(page, lines: 1, band: 0);
        Assert.True(await Row(page, other).Locator("input").IsCheckedAsync());
        await TrainAsync(server, "came later", 99);
        await WidgetPage.Until("a new run appears by itself", () => page.Number("run-table", "rows"), rows => rows == 27);
        Assert.Empty(page.Complaints);

        static Task Becomes(WidgetPage page, long lines, long band) => WidgetPage.Until("the chart is drawn",
            async () => (await page.Number("compare", "lines"), await page.Number("compare", "band")), seen => seen == (lines, band));
    }

    async Task<WidgetPage> OpenAsync(StoreServer server, string? run = null)
    {
        var page = await browser.OpenAsync(server.Url() + (run is null ? "" : $"/{run}"));
        await page.Grows("map", "version", 0);
        await ShowTableAsync(page);
        return page;
    }

    static async Task ShowTableAsync(WidgetPage page)
    {
        await page.At("tab-runs").ClickAsync();
        await page.At("run-filter").ScrollIntoViewIfNeededAsync();
        await WidgetPage.Until("the table is there", () => page.Number("run-table", "rows"), rows => rows > 0);
    }

    static ILocator Row(WidgetPage page, Run run) => page.Page.Locator($"[data-testid=run-table] [data-key='{run.Id}']");

    static async Task Filter(WidgetPage page, string filter, int rows)
    {
        await page.At("run-filter").FillAsync(filter);
        await WidgetPage.Until($"'{filter}' shows {rows} runs", () => page.Number("run-table", "rows"), seen => seen == rows);
        Assert.False(await page.At("filter-error").IsVisibleAsync());
    }

    static async Task<Run> TrainAsync(StoreServer server, string name, int seed, World? world = null)
    {
        var run = (world ?? Worlds.CliffWalking()).Train(new QLearning { LearningRate = 0.5 }, 300, seed: (ulong)seed, name: name,
            options: new() { Store = server.Store });
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        return run;
    }
}
