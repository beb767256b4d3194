using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>One part of the page that fails never takes the others with it.</summary>
public sealed class PanelFailureTests(BrowserFixture browser)
{
    const string NoMap = """
        const get = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (...a) {
          if (this.dataset.testid === "map") throw new RangeError("no room for a canvas");
          return get.apply(this, a);
        };
        """;

    [Fact]
    public async Task Page_of_a_run_with_more_than_a_hundred_changes_draws_after_a_reload()
    {
        await using var served = new ServedRun();
        for (var k = 0; k < 101; k++)
            served.Run.Set(epsilon: 0.1 + k * 0.005);
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);

        await page.Page.ReloadAsync();
        await page.Grows("map", "version", 0);
        await page.Grows("curve", "last-episode", 0);
        await page.Grows("curve", "events", 100);
        await page.Grows("episode", "value", await page.Episode());

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Log_that_the_banner_leads_to_comes_back_with_its_hidden_panel()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync("about:blank");
        await page.Page.AddInitScriptAsync(NoMap);
        await page.Page.GotoAsync(served.Url);
        await page.Becomes("banner", "state", "broken");
        await page.Toggle("tabs");
        Assert.False(await page.At("tabs").IsVisibleAsync());

        await page.At("banner-events").ClickAsync();

        Assert.True(await page.At("events").IsVisibleAsync());
        await Assertions.Expect(page.At("events")).ToBeFocusedAsync();
        await Assertions.Expect(page.At("events")).ToBeInViewportAsync();
        Assert.True(await page.Page.Locator("[data-testid=panels] [data-value=tabs]").IsCheckedAsync());
    }

    [Fact]
    public async Task Panel_that_fails_is_named_in_the_banner_and_the_log_while_the_others_draw_on()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync("about:blank");
        await page.Page.AddInitScriptAsync(NoMap);
        await page.Page.GotoAsync(served.Url);

        await page.Becomes("banner", "state", "broken");
        await page.Grows("episode", "value", await page.Episode());
        await page.Grows("curve", "last-episode", await page.Number("curve", "last-episode"));
        Assert.Equal("The World panel could not be drawn.", await page.At("banner-text").InnerTextAsync());
        Assert.Contains("no room for a canvas", await page.At("banner-detail").InnerTextAsync());
        await page.At("banner-events").ClickAsync();
        Assert.Equal(1, await page.Number("page-errors", "rows"));
        Assert.Contains("no room for a canvas", await page.At("page-errors").TextContentAsync());

        await page.At("banner-reload").ClickAsync();
        await page.Becomes("banner", "state", "broken");
        await page.At("banner-dismiss").ClickAsync();
        await page.Becomes("banner", "state", "connected");
    }
}
