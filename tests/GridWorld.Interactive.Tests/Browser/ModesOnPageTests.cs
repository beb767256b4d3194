namespace GridWorld.Tests;

/// <summary>Worlds whose state is more than a cell: one map per mode, or a table where there is no map.</summary>
public sealed class ModesOnPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task Taxi_shows_the_map_of_the_mode_that_is_chosen()
    {
        await using var ended = new EndedRun(Worlds.Taxi(), 2000);
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        var world = ended.Run.World;
        int agent = ended.Run.Agent().State;
        await page.Becomes("map-overlay", "agent", $"{agent}");
        Assert.Equal(world.ModeName(world.ModeOf(agent)), await page.At("map-mode-shown").InnerTextAsync());

        // Passenger in the taxi, to g; then waiting at b.
        foreach (int mode in new[] { 17, 13 })
        {
            await page.At("map-mode").SelectOptionAsync($"{mode}");
            await WidgetPage.Until("the map is that of the mode",
                () => page.Page.Locator(".map-mode").GetAttributeAsync("data-mode"), shown => shown == $"{mode}");
            await page.PointAsync(3, 1);
            int state = world.StateAt(3, 1, mode);
            await page.Becomes("state-facts", "state", $"{state}");
            Assert.Contains($"(3, 1), {world.ModeName(mode)}", await page.At("state-facts").InnerTextAsync());
        }

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Replay_takes_the_map_to_the_mode_of_the_taxi()
    {
        await using var ended = new EndedRun(Worlds.Taxi(), 2000);
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        var steps = ended.Run.ReplayEpisode(2000, TestContext.Current.CancellationToken);
        var world = ended.Run.World;
        Assert.NotEqual(world.ModeOf(steps[0].State), world.ModeOf(steps[^1].State));

        await page.At("tab-agent").ClickAsync();
        await page.Enter("replay-number", "2000");
        await page.Becomes("map-overlay", "agent", $"{steps[0].State}");
        await Shows(steps[0].State);
        await page.At("replay-end").ClickAsync();
        await page.Becomes("map-overlay", "agent", $"{steps[^1].NextState}");
        await Shows(steps[^1].NextState);
        Assert.Empty(page.Complaints);

        Task Shows(int state) => WidgetPage.Until("the map is that of the agent's mode",
            () => page.Page.Locator(".map-mode").GetAttributeAsync("data-mode"), mode => mode == $"{world.ModeOf(state)}");
    }

    [Fact]
    public async Task Mdp_with_positions_is_a_map_with_its_labels()
    {
        var mdp = World.FromJson(Worlds.Taxi().ToMdpJson());
        await using var ended = new EndedRun(mdp, 500);
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);

        await page.At("map-mode").SelectOptionAsync("5");
        await page.PointAsync(2, 3);
        await WidgetPage.Until("its label is read", () => page.At("state-facts").InnerTextAsync(),
            text => text.Contains("(2, 3), passenger at g, to g"));

        Assert.False(await page.At("world-card").Locator("[data-value=edit]").IsVisibleAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Mdp_without_positions_is_a_table_of_states_and_actions()
    {
        var world = World.FromJson("""
            {"P": [[[[1, 1, -1, false]], [[1, 0, -2, false]]], [[[1, 2, 5, true]], [[1, 0, 0, false]]], [[[1, 2, 0, true]], [[1, 2, 0, true]]]],
             "start": [[0, 1]], "actions": ["onward", "back"], "labels": ["first", "second", "end"]}
            """);
        await using var ended = new EndedRun(world, 200);
        await using var page = await browser.OpenAsync(ended.Url);

        await page.Becomes("state-table", "episode", "200");
        var rows = await page.At("state-table").Locator("tbody tr").AllInnerTextsAsync();
        var q = ended.Run.Agent().Q;
        Assert.Equal(3, rows.Count);
        Assert.StartsWith("0 first", rows[0]);
        Assert.Equal([0, q[0], q[1]], MapOnPage.Numbers(rows[0]).Take(3), (a, b) => Math.Abs(a - b) < 0.01);
        Assert.Equal(["onward", "onward"], await page.At("state-table").Locator("td.best").EvaluateAllAsync<string[]>(
            "cells => cells.map(c => c.closest('table').querySelectorAll('th[scope=col]')[c.cellIndex].textContent)"));
        Assert.False(await page.At("map").IsVisibleAsync());
        Assert.Empty(page.Complaints);
    }
}
