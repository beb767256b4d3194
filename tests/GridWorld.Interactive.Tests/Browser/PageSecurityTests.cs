using Microsoft.Playwright;

namespace GridWorld.Tests;

public sealed class PageSecurityTests(BrowserFixture browser)
{
    [Fact]
    public async Task Token_stands_in_no_request_line_but_the_sockets()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);
        await page.At("map").HoverAsync();
        await page.Enter("epsilon", "0.05");
        await WidgetPage.Until("the change is listed", () => page.Events(), rows => rows == 2);

        Assert.NotEmpty(page.Requests);
        Assert.DoesNotContain(page.Requests, url => new Uri(url) is var uri && (uri.AbsolutePath + uri.Query).Contains(served.Token));
        Assert.All(page.Requests, url => Assert.True(url.StartsWith(served.Base) || url.StartsWith("data:"), url));
        Assert.Empty(await page.Page.Context.CookiesAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Page_without_its_fragment_is_inert()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Base);

        await page.At("help").WaitForAsync();

        Assert.Equal(0, await page.Page.GetByTestId("widget").CountAsync());
        Assert.DoesNotContain(page.Requests, url => url.Contains("/api/") || url.Contains("/hub/"));
    }

    [Fact]
    public async Task Name_of_a_run_is_shown_as_text()
    {
        const string name = "<img src=x onerror=alert(1)></script>\u2028javascript:1";
        await using var served = new ServedRun(name);
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);

        Assert.Contains("<img src=x onerror=alert(1)>", await page.At("run-name").InnerTextAsync());
        Assert.Equal(0, await page.Page.Locator("img").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Messages_from_others_are_ignored()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        var before = await page.Grows("episode", "value", 0);

        await page.Page.EvaluateAsync(
            "() => { for (let k = 0; k < 10000; k++) window.postMessage({ type: 'frame', v: 1, seq: k, base: null, session_id: 'x',"
            + " status: { state: 'failed' } }, '*'); }");
        await page.Grows("episode", "value", before);

        Assert.Equal("training", await page.Data("state", "state"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Stranger_cannot_frame_the_page()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync("about:blank");
        await page.Page.RouteAsync("https://evil.example/**",
            route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<iframe src=\"{served.Url}\"></iframe>" }));

        await page.Page.GotoAsync("https://evil.example/", new() { WaitUntil = WaitUntilState.Load });

        var framed = await WidgetPage.Until("the browser puts its own page for the blocked one",
            () => Task.FromResult(page.Page.Frames[^1].Url), url => url.StartsWith("chrome-error:"));
        Assert.Equal(0, await page.Page.FrameLocator("iframe").GetByTestId("widget").CountAsync());
        Assert.DoesNotContain(served.Token, framed);
    }

    [Fact]
    public async Task Strangers_script_cannot_read_an_asset_or_a_run()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync("about:blank");
        await page.Page.RouteAsync("https://evil.example/**",
            route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>evil</title>" }));
        await page.Page.GotoAsync("https://evil.example/");

        var seen = await page.Page.EvaluateAsync<string[]>("""
            async base => {
              const element = (tag, src) => new Promise(done => {
                const e = document.createElement(tag); e.onload = () => done("loaded"); e.onerror = () => done("error");
                e.src = src; document.body.append(e);
              });
              const read = url => fetch(url).then(r => "read " + r.status, () => "refused");
              return [await element("script", base + "assets/widget.js"),
                await element("img", base + "api/training-session/absent/status"), await element("img", base + "api/training-sessions"),
                await read(base), await read(base + "hello")];
            }
            """, served.Base);

        Assert.Equal(["error", "error", "error", "refused", "refused"], seen);
    }
}
