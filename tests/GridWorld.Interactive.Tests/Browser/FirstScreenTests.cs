namespace GridWorld.Tests;

/// <summary>What the page shows while the server has no run to show.</summary>
public sealed class FirstScreenTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IDisposable
{
    readonly TemporaryFolder store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Empty_store_is_not_an_alarm_and_a_run_trained_later_is_shown_by_itself()
    {
        await using var server = WidgetServer.Start(new() { Store = store.Path });
        await using var page = await browser.OpenAsync(server.Url());
        await page.Becomes("welcome", "state", "empty");
        Assert.Contains("No runs yet", await page.At("welcome").InnerTextAsync());
        Assert.False(await page.At("banner").IsVisibleAsync());

        await Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, 150, seed: 3, name: "late", options: new() { Store = store.Path });

        await WidgetPage.Until("the page shows the run", () => page.At("run-name").TextContentAsync(), name => name == "late");
        await page.Grows("map", "version", 0);
        Assert.False(await page.At("welcome").IsVisibleAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Damaged_files_are_listed_each_with_its_error()
    {
        for (var k = 0; k < 25; k++)
            File.WriteAllText(Path.Combine(store.Path, $"cliff-walking-20260101-{k:00}.run.db"), "not a run");
        await using var server = WidgetServer.Start(new() { Store = store.Path });
        await using var page = await browser.OpenAsync(server.Url());

        await page.Becomes("welcome", "state", "damaged");
        var text = await page.At("welcome").InnerTextAsync();
        Assert.Contains("25 run files cannot be read", text);
        Assert.Contains("and 5 more", text);
        Assert.Equal(StoreFolder.List(store.Path).Reverse().Take(20).Select(run => $"{run.Id} {run.Error}"), await page.At("welcome")
            .Locator("li").AllInnerTextsAsync());
    }

    [Fact]
    public async Task Link_to_a_run_that_is_gone_offers_those_there_are()
    {
        await Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, 150, seed: 3, name: "there", options: new() { Store = store.Path });
        await using var server = WidgetServer.Start(new() { Store = store.Path });
        await using var page = await browser.OpenAsync(server.Url("no-such-run"));

        await page.Becomes("welcome", "state", "choose");
        await page.At("welcome").Locator("button").ClickAsync();

        await WidgetPage.Until("the page shows the run", () => page.At("run-name").TextContentAsync(), name => name == "there");
    }
}
