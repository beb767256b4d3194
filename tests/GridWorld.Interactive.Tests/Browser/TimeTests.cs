namespace GridWorld.Tests;

/// <summary>What stands on the page, and what may be done there, while an earlier moment is shown.</summary>
public sealed class TimeTests(BrowserFixture browser)
{
    [Fact]
    public async Task Moment_that_takes_too_long_is_told_until_another_is_shown()
    {
        await using var server = WidgetServer.Start(new() { Limits = new() { ReplayTime = TimeSpan.FromMilliseconds(1) } });
        var run = Worlds.Get("empty-300x300").Train(new QLearning(), 400, options: RunOptions.InMemory);
        await run;
        server.Register(run);
        await using var page = await browser.OpenAsync(server.Url(run.Id));
        await page.Becomes("time-row", "total", "400");

        await Drag(page, 399);
        await page.Becomes("banner", "state", "fault");
        await Drag(page, 0);
        await page.Becomes("time-row", "at", "0");
        await page.Becomes("banner", "state", "past");

        await Drag(page, 399);
        await page.Becomes("banner", "state", "fault");
        await page.At("banner-dismiss").ClickAsync();
        await page.Becomes("banner", "state", "past");
        Assert.Equal("0", await page.Data("time-row", "at"));
        await page.At("banner-live").ClickAsync();
        await WidgetPage.Until("the present is shown", page.Episode, episode => episode == 400);
    }

    [Fact]
    public async Task Slider_stays_under_the_pointer_though_the_past_has_more_flags()
    {
        // Walled in for 3,000 steps, the agent meets nothing but the step limit.
        await using var ended = new EndedRun(new World(["S#G"], new() { MaxSteps = 20, Changes = [new(3000, "S.G")] }), 600);
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Becomes("time-row", "total", "600");
        await WidgetPage.Until("the flags are there", () => page.Page.Locator(".flag:not(.none)").CountAsync(), flags => flags > 0);
        var (flags, place) = (await page.Page.Locator(".flag").CountAsync(), await Place(page));

        await Drag(page, 140);
        await page.Becomes("time-row", "at", "140");
        await WidgetPage.Until("the past has more flags", () => page.Page.Locator(".flag").CountAsync(), then => then > flags);

        Assert.Equal(place, await Place(page));
        var (banner, slider) = ((await page.At("banner").BoundingBoxAsync())!, (await page.At("time").BoundingBoxAsync())!);
        Assert.False(banner.Y < slider.Y + slider.Height && slider.Y < banner.Y + banner.Height, "The banner lies over the slider.");
        await page.At("banner-live").ClickAsync();
        await WidgetPage.Until("the present is shown", page.Episode, episode => episode == 600);
        Assert.Equal(place, await Place(page));
        Assert.Null(await page.At("flags").GetAttributeAsync("tabindex"));
    }

    [Fact]
    public async Task Driving_through_the_past_takes_the_world_of_then()
    {
        // The gap at the right end of the maze's wall closes after 1,000 steps.
        await using var ended = new EndedRun(Worlds.BlockingMaze(), 100);
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Becomes("time-row", "total", "100");
        await page.Choose("world-card", "drive");
        await Through(page, 44);

        await Drag(page, 0);
        await page.Becomes("time-row", "at", "0");
        await page.At("drive-restart").ClickAsync();
        await Through(page, 35);
        Assert.Empty(page.Complaints);
    }

    /// <summary>From the start along the lower rows to the right end, and up twice.</summary>
    static async Task Through(WidgetPage page, int end)
    {
        await page.Becomes("driver", "steps", "0");
        await page.Becomes("driver", "state", "48");
        await page.At("map").FocusAsync();
        foreach (var key in (string[])["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp"])
            await page.Page.Keyboard.PressAsync(key);
        await page.Becomes("driver", "steps", "7");
        await page.Becomes("driver", "state", $"{end}");
    }

    static Task Drag(WidgetPage page, long episode) =>
        page.At("time").EvaluateAsync($"slider => {{ slider.value = {episode}; slider.dispatchEvent(new Event('input')); }}");

    static async Task<double> Place(WidgetPage page) => (await page.At("time").BoundingBoxAsync())!.Y;
}
