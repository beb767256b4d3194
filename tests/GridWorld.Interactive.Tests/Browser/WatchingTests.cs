using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>A person opens the page of a running training, looks, and steers.</summary>
public sealed class WatchingTests(BrowserFixture browser)
{
    [Fact]
    public async Task Curve_grows_and_map_changes()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.IsLive();

        var last = await page.Grows("curve", "last-episode", 0);
        var version = await page.Grows("map", "version", 0);
        await page.Grows("curve", "last-episode", last);
        await page.Grows("map", "version", version);

        Assert.True(await page.Number("curve", "points") > 1);
        Assert.Empty(page.Complaints);
    }

    // At full speed one batch in two raises a flag, and the next one takes it back.
    [Fact]
    public async Task Nothing_on_the_page_jumps_while_flags_come_and_go()
    {
        await using var served = new ServedRun();
        served.Run.Pace = null;
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 1_000_000);
        await page.Page.Locator(".curve-card .key.optimum").WaitForAsync();
        await page.Page.EvaluateAsync("""
            () => {
              window.sizes = new Set();
              const seen = new ResizeObserver(all => { for (const { target, contentRect: { width, height } } of all)
                window.sizes.add(`${target.dataset.testid} ${width} ${height}`); });
              for (const name of ["curve", "map", "log"]) seen.observe(document.querySelector(`[data-testid=${name}]`));
            }
            """);

        var version = await page.Number("map", "version");
        for (var batches = 0; batches < 16; batches++)
            version = await page.Grows("map", "version", version);

        var sizes = await page.Page.EvaluateAsync<string[]>("() => [...window.sizes]");
        Assert.True(sizes.Length == 3, $"Each has one size, but these were seen: {string.Join(", ", sizes)}.");
    }

    /// <summary>
    /// The optimum comes once it is computed; the moving average comes with two points, its window changes, and it goes again.
    /// </summary>
    [Theory]
    [InlineData(380)]
    [InlineData(720)]
    [InlineData(1280)]
    [InlineData(1440)]
    public async Task Legend_keeps_its_height_from_the_first_episode_on(int width)
    {
        await using var served = new ServedRun();
        served.Run.Pause();
        await using var page = await browser.OpenAsync(served.Url, width: width);
        await page.Grows("map", "version", 0);
        await page.Page.EvaluateAsync("""
            () => {
              const legend = document.querySelector(".curve-card .legend");
              window.heights = new Set();
              const look = () => window.heights.add(legend.getBoundingClientRect().height);
              new ResizeObserver(look).observe(legend);
            }
            """);

        served.Run.Resume();
        foreach (var key in new[] { "optimum", "average" })
            await page.Page.Locator($".curve-card .key.{key}").WaitForAsync();
        served.Run.Pace = null;
        await page.Grows("episode", "value", 1_000_000);

        var heights = await page.Page.EvaluateAsync<double[]>("() => [...window.heights]");
        Assert.True(heights.Length == 1, $"The legend has one height, but these were seen: {string.Join(", ", heights)}.");
    }

    // What the browser itself counts: the share of the window that moved, times how far. Below 0.1 is called good; nothing is meant to move
    // here.
    [Theory]
    [InlineData(380)]
    [InlineData(720)]
    [InlineData(1280)]
    public async Task First_view_stays_where_it_was_painted(int width)
    {
        await using var served = new ServedRun();
        Wait.Until(() => served.Run.Episodes > 1000, "A thousand episodes were not over in time.");
        await using var page = await browser.OpenAsync(served.Url, width: width);
        await page.Grows("map", "version", 2);

        var moved = await page.Page.EvaluateAsync<double>("""
            () => new Promise(told => {
              new PerformanceObserver(all => told(all.getEntries().reduce((sum, e) => sum + e.value, 0)))
                .observe({ type: "layout-shift", buffered: true });
              setTimeout(() => told(0), 500);
            })
            """);
        Assert.True(moved < 0.01, $"{moved} of the page moved.");
    }

    [Fact]
    public async Task Pause_stops_the_counter_and_resume_goes_on()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);

        await page.At("pause").ClickAsync();
        await page.Becomes("state", "state", "paused");
        var paused = served.Run.Episodes;
        await WidgetPage.Until("the page shows where the run paused", page.Episode, seen => seen == paused);
        Assert.Equal(RunState.Paused, served.Run.State);
        Assert.Equal("Resume", (await page.At("pause").InnerTextAsync()).Trim());

        await page.At("pause").ClickAsync();
        await page.Becomes("state", "state", "training");
        await page.Grows("episode", "value", paused);
    }

    [Fact]
    public async Task Refused_value_does_not_stay_in_the_field_of_an_ended_run()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);
        await page.Enter("epsilon", "7");
        await page.At("epsilon-error").WaitForAsync();

        await page.At("stop").ClickAsync();
        await page.Becomes("state", "state", "stopped");

        await WidgetPage.Until("the field shows what holds", () => page.At("epsilon").InputValueAsync(), value => value == "0.1");
        Assert.False(await page.At("epsilon-error").IsVisibleAsync());
    }

    [Fact]
    public async Task Epsilon_out_of_range_is_told_at_its_field_and_one_in_range_is_marked()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("curve", "last-episode", 100);
        var marked = await page.Number("curve", "events");

        await page.Enter("epsilon", "5");
        await page.At("epsilon-error").WaitForAsync(new() { State = WaitForSelectorState.Visible });
        var error = await page.At("epsilon-error").InnerTextAsync();
        Assert.Contains("Epsilon must be between 0", error);
        Assert.Contains("(got 5)", error);
        Assert.DoesNotContain(served.Run.EventLog, e => e.Kind == RunEventKind.ParamChange);

        await page.Enter("epsilon", "0.05");
        await page.Grows("curve", "events", marked);
        await page.At("event-marker").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.At("epsilon-error").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.Equal("0.05", Assert.Single(served.Run.EventLog, e => e.Kind == RunEventKind.ParamChange).NewValue);
    }

    [Fact]
    public async Task Reload_in_the_midst_loses_nothing_and_doubles_nothing()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 100);
        await page.Enter("epsilon", "0.05");
        await WidgetPage.Until("both events are listed", () => page.Events(), rows => rows == 2);
        var before = await page.Episode();

        await page.Page.ReloadAsync();
        await page.Grows("episode", "value", before);
        await page.At("pause").ClickAsync();
        await page.Becomes("state", "state", "paused");
        var episodes = served.Run.Episodes;
        await WidgetPage.Until("the curve ends where the run does", () => page.Number("curve", "last-episode"), last => last == episodes);

        await WidgetPage.Until("the log ends where the run does", () => page.Number("log", "newest"), newest => newest == episodes);
        Assert.Equal(Math.Min(episodes, 1000), await page.Number("log", "rows"));
        Assert.Equal(served.Run.EventLog.Count,
            await WidgetPage.Until("all events are listed", () => page.Events(),
            rows => rows == served.Run.EventLog.Count));
        var points = served.Run.MetricBuckets(1, long.MaxValue, 1000);
        Assert.InRange(await page.Number("curve", "points"), 1, points.Count);
        Assert.Equal("0", await page.Data("dropped", "count") ?? "0");
    }

    [Fact]
    public async Task Page_without_animation_frames_as_a_hidden_one_is_sent_nothing_and_catches_up()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync("about:blank", isCuttable: false);
        int frames = 0, acknowledged = 0;
        page.Page.WebSocket += (_, socket) =>
        {
            socket.FrameReceived += (_, message) => frames += message.Text?.Contains("\"target\":\"frame\"") == true ? 1 : 0;
            socket.FrameSent += (_, message) => acknowledged += message.Text?.Contains("\"target\":\"Ack\"") == true ? 1 : 0;
        };
        await page.Page.AddInitScriptAsync(
            "const draw = requestAnimationFrame.bind(window), held = []; let hidden = false; window.requestAnimationFrame = f => hidden"
            + " ? held.push(f) : draw(f); window.hide = h => { hidden = h; if (!h) held.splice(0).forEach(f => draw(f)); };");
        await page.Page.GotoAsync(served.Url);
        await page.Grows("episode", "value", 50);

        await page.Page.EvaluateAsync("hide(true)");
        // The page draws nothing more, so it does not acknowledge the frame that comes next.
        await WidgetPage.Until("one frame is there that was not acknowledged", () => Task.FromResult(frames - acknowledged),
            ahead => ahead == 1);
        var (shown, trained, sent) = (await page.Episode(), served.Run.Episodes, frames);
        await WidgetPage.Until("training goes on", () => Task.FromResult(served.Run.Episodes), episode => episode > trained + 500);
        Assert.Equal((shown, sent), (await page.Episode(), frames));

        await page.Page.EvaluateAsync("hide(false)");
        await page.Grows("episode", "value", trained + 500);
        Assert.Equal("0", await page.Data("dropped", "count"));
    }

    [Fact]
    public async Task Link_for_looking_does_not_steer()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.ViewUrl);
        await page.Grows("episode", "value", 0);

        if (await page.At("pause").IsVisibleAsync() && await page.At("pause").IsEnabledAsync())
            await page.At("pause").ClickAsync();
        await page.Grows("episode", "value", await page.Episode());

        Assert.Equal(RunState.Training, served.Run.State);
    }
}
