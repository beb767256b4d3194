using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>The server's process is killed under an open page, and started again.</summary>
public sealed class RestartTests(BrowserFixture browser)
{
    [Fact]
    public async Task With_the_same_token_and_port_the_page_goes_on_by_itself()
    {
        var (port, token) = (HostProcess.FreePort(), new string('k', 43));
        using var first = await HostProcess.StartAsync(port, token, episodes: 100);
        await using var page = await browser.OpenAsync(first.Url);
        var before = await page.Grows("episode", "value", 100);

        first.Kill();
        await page.Becomes("banner", "state", "reconnecting");
        Assert.True(await page.At("banner").IsVisibleAsync());
        Assert.True(await page.Episode() >= before, "What was shown stays.");

        using var second = await HostProcess.StartAsync(port, token, episodes: 2000);
        await page.IsLive();
        await page.Grows("episode", "value", 2000);
        await page.At("banner").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.Equal(await page.Number("log", "rows"), Math.Min(1000, await page.Episode()));
    }

    [Fact]
    public async Task With_another_token_the_page_says_what_happened_and_keeps_what_it_shows()
    {
        var port = HostProcess.FreePort();
        using var first = await HostProcess.StartAsync(port, null, episodes: 100);
        await using var page = await browser.OpenAsync(first.Url);
        var before = await page.Grows("episode", "value", 100);

        first.Kill();
        using var second = await HostProcess.StartAsync(port, null, episodes: 2000);
        await page.Becomes("banner", "state", "restarted");

        Assert.Contains("restarted", await page.At("banner-text").InnerTextAsync());
        Assert.InRange(await page.Episode(), before, 1999);

        // Opened anew, as a notebook does when it scrolls by: the last view is there again, and said to be old.
        await page.Page.ReloadAsync();
        await page.Becomes("banner", "state", "restarted");
        Assert.InRange(await page.Episode(), before, 1999);
        Assert.True(await page.Number("map", "version") > 0);
    }

    [Fact]
    public async Task Other_runs_that_were_interrupted_are_offered_and_taken_up()
    {
        var (port, token) = (HostProcess.FreePort(), new string('k', 43));
        using var store = new TemporaryFolder();
        using (var training = await HostProcess.CommandAsync(token, "train", "--world", "cliff-walking", "--episodes", "1000000", "--pace",
            "20000", "--name", "cut off", "--store", store.Path, "--serve"))
        {
            await WidgetPage.Until("a checkpoint is there",
                () => Task.FromResult(StoreFolder.List(store.Path).SingleOrDefault()?.Episodes ?? 0), episodes => episodes >= 100);
            training.Kill();
        }

        await using (var server = WidgetServer.Start(new() { Store = store.Path }))
        {
            var other = Worlds.CliffWalking().Train(new QLearning(), 100, seed: 2, name: "shown", options: RunOptions.InMemory);
            await other;
            server.Register(other);
            await using var page = await browser.OpenAsync(server.Url(other.Id));
            await page.At("offer-resume").WaitForAsync();
            Assert.Contains("cut off was interrupted after ", await page.At("offers").InnerTextAsync());
            await using (var looking = await browser.OpenAsync(server.Url(other.Id, readOnly: true)))
            {
                await WidgetPage.Until("both runs are listed", () => looking.At("runs").Locator("option").CountAsync(), runs => runs == 2);
                Assert.False(await looking.At("offers").IsVisibleAsync());
            }

            await page.At("offer-resume").ClickAsync();
            await WidgetPage.Until("it is shown", () => page.At("run-name").InnerTextAsync(), name => name == "cut off");
            await page.Becomes("state", "state", "training");
            await page.At("offers").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            var run = (Run)server.Runs.Registered().Single(r => r.View.Id != other.Id).View;
            run.Stop();
            await run.Completion;
        }
    }

    [Fact]
    public async Task Training_that_was_killed_is_there_again_when_its_store_is_served()
    {
        var (port, token) = (HostProcess.FreePort(), new string('k', 43));
        using var store = new TemporaryFolder();
        using var training = await HostProcess.CommandAsync(token, "train", "--world", "cliff-walking", "--episodes", "1000000", "--pace",
            "20000", "--store", store.Path, "--serve", "--port", port.ToString());
        await using var page = await browser.OpenAsync(training.Url);
        await page.Grows("episode", "value", 400);

        training.Kill();
        await page.Becomes("banner", "state", "reconnecting");
        using var serving = await HostProcess.CommandAsync(token, "serve", "--store", store.Path, "--port", port.ToString());
        await page.IsLive();
        await page.Becomes("state", "state", "interrupted");

        var stored = StoreFolder.List(store.Path).Single();
        // The page draws its panels over several frames.
        await WidgetPage.Until("the stored number is shown", page.Episode, episodes => episodes == stored.Episodes);
        Assert.True(stored.Episodes >= 100, "At most a checkpoint's interval is lost.");
        Assert.Equal("Resume from checkpoint", await page.At("pause").InnerTextAsync());
        await page.At("pause").ClickAsync();
        await WidgetPage.Until("it trains again", async () => (await page.Data("state", "state"), await page.At("banner").InnerTextAsync()),
            seen => seen.Item1 == "training");
        await page.Grows("episode", "value", stored.Episodes);
        Assert.Equal("Pause", await page.At("pause").InnerTextAsync());
        serving.Kill();
    }
}
