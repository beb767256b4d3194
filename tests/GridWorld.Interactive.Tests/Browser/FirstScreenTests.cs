using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>What the page shows while the server has no run to show.</summary>
public sealed class FirstScreenTests(BrowserFixture browser) : IDisposable
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
    public async Task First_run_is_started_on_the_page()
    {
        await using var server = WidgetServer.Start(new() { Store = store.Path });
        await using var page = await browser.OpenAsync(server.Url());
        await page.Becomes("welcome", "state", "empty");
        var form = page.At("welcome").Locator("form");
        await form.Locator("button[value=frozen-lake-4x4]").ClickAsync();
        await form.GetByTestId("new-learner").SelectOptionAsync("sarsa-lambda");
        await form.GetByTestId("new-seed").FillAsync("7");
        await form.Locator("summary").ClickAsync();
        await form.Locator("[data-setting=epsilon]").FillAsync("2");
        await form.Locator("[data-setting=trace_decay]").FillAsync("0.8");

        await form.GetByTestId("new-start").ClickAsync();
        await form.GetByTestId("new-error").WaitForAsync();
        string refused = await form.GetByTestId("new-error").InnerTextAsync();
        await form.Locator("[data-setting=epsilon]").FillAsync("0.2");
        await form.GetByTestId("new-start").ClickAsync();

        await page.Grows("episode", "value", 0);
        Assert.Equal("Epsilon must be between 0 and 1 (got 2).", refused);
        var run = Assert.Single(StoreFolder.List(store.Path));
        var view = Run.Open(run.Id, store.Path);
        var learner = Assert.IsType<SarsaLambda>(view.Specification.Learner);
        Assert.Equal(("frozen-lake-4x4", 7ul, Schedule.Constant(0.2), Schedule.Constant(0.8)),
            (view.World.Name, view.Specification.Seed, learner.Epsilon, learner.TraceDecay));
        Assert.Contains("300", await page.At("pace-words").InnerTextAsync());
        Assert.Contains("400", Assert.Single(page.Complaints)); // what was refused
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
        var text = await page.At("welcome").InnerTextAsync();
        Assert.StartsWith("There is no run “no-such-run” here", text);
        Assert.DoesNotContain("GET", text);
        await page.At("welcome").Locator("[data-run]").ClickAsync();

        await WidgetPage.Until("the page shows the run", () => page.At("run-name").TextContentAsync(), name => name == "there");
    }

    [Fact]
    public async Task Link_to_a_run_that_is_gone_leads_to_the_table_of_all_runs()
    {
        await Worlds.CliffWalking().Train(new QLearning(), 150, seed: 3, name: "there", options: new() { Store = store.Path });
        await using var server = WidgetServer.Start(new() { Store = store.Path });
        await using var page = await browser.OpenAsync(server.Url("no-such-run"));
        await page.Becomes("welcome", "state", "choose");

        await page.At("welcome-table").ClickAsync();

        await Assertions.Expect(page.At("run-filter")).ToBeInViewportAsync();
        await WidgetPage.Until("the page shows the run", () => page.At("run-name").TextContentAsync(), name => name == "there");
    }
}
