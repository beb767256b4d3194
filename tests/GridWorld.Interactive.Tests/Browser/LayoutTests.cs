using System.Globalization;

namespace GridWorld.Tests;

public sealed class LayoutTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_notebooks_frame_shows_map_curve_and_controls_without_scrolling()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url, width: 900, height: 600);
        await page.Grows("curve", "points", 1);

        foreach (var part in (string[])["pause", "episode", "curve", "steps-curve", "map", "state-facts", "time", "learning-rate",
            "epsilon", "episodes", "milestone"])
        {
            var (top, bottom) = await Edges(page, part);
            Assert.True(top >= 0 && bottom <= 600, $"{part} lies from {top} to {bottom}");
        }

        Assert.True(double.Parse((await page.Data("map", "cell"))!, CultureInfo.InvariantCulture) >= 24);
        Assert.Empty(await page.Page.Locator(".facts :is(dt, dd)").EvaluateAllAsync<string[]>(
            "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"));
    }

    [Fact]
    public async Task A_phone_shows_the_map_before_the_curve()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url, width: 360, height: 740);
        await page.Grows("map", "version", 0);

        var (_, map) = await Edges(page, "map");

        Assert.True(map < 640, $"The map ends at {map}");
        Assert.True(map < (await Edges(page, "curve")).Top);
        Assert.Equal(360, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task What_is_hidden_stays_hidden_in_this_browser_and_leaves_its_room()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("map", "version", 0);
        var before = await Width(page);

        await page.Toggle("curve");
        await page.Toggle("diagnostics");
        await page.Page.ReloadAsync();
        await page.Grows("map", "version", 0);

        Assert.False(await page.At("curve").IsVisibleAsync());
        Assert.False(await page.Page.Locator(".diagnostics-card").IsVisibleAsync());
        Assert.True(await page.At("epsilon").IsVisibleAsync());
        Assert.True(await Width(page) > 1.5 * before);

        await page.Toggle("curve");
        await page.Grows("curve", "points", 1);
        Assert.True(await page.At("curve").IsVisibleAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_is_hidden_is_not_drawn_and_shows_the_newest_moment_when_it_is_shown_again()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("curve", "points", 1);
        await page.Grows("map", "version", 0);
        await page.Toggle("curve");
        await page.Toggle("world");
        var (curve, map) = (await page.Number("curve", "last-episode"), await page.Number("map", "version"));

        var episode = await page.Number("episode", "value");
        await page.Grows("episode", "value", episode + 10);

        Assert.Equal((curve, map), (await page.Number("curve", "last-episode"), await page.Number("map", "version")));
        episode = await page.Number("episode", "value");
        await page.Toggle("curve");
        await page.Toggle("world");
        await page.Grows("curve", "last-episode", episode - 1);
        await page.Grows("map", "version", map);
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(60, 1, 11)]
    [InlineData(1, 60, 11)]
    [InlineData(12, 4, 36)]
    public async Task Cells_of_a_flat_world_have_room_for_their_arrows(int columns, int rows, double least)
    {
        var map = Enumerable.Range(0, rows).Select(y => string.Concat(Enumerable.Range(0, columns)
            .Select(x => (x, y) == (0, 0) ? 'S' : (x, y) == (columns - 1, rows - 1) ? 'G' : '.')));
        await using var server = WidgetServer.Start();
        var run = new World([.. map]).Train(new QLearning(), episodes: 5, seed: 1, options: RunOptions.InMemory);
        await run;
        server.Register(run);
        await using var page = await browser.OpenAsync(server.Url(run.Id), width: 1024);
        await page.Grows("map", "version", 0);

        var cell = double.Parse((await page.Data("map", "cell"))!, CultureInfo.InvariantCulture);

        Assert.True(cell >= least, $"A cell has {cell} px");
    }

    static async Task<(double Top, double Bottom)> Edges(WidgetPage page, string part)
    {
        var box = await page.At(part).BoundingBoxAsync();
        return (box!.Y, box.Y + box.Height);
    }

    static async Task<double> Width(WidgetPage page) => (await page.At("world-card").BoundingBoxAsync())!.Width;
}
