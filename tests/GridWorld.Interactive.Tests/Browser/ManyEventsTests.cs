namespace GridWorld.Tests;

/// <summary>A run whose settings were changed more often than a page can list at first.</summary>
public sealed class ManyEventsTests(BrowserFixture browser)
{
    const int Moments = 22, Changes = 91;

    [Fact]
    public async Task Page_opens_over_2002_changes_lists_them_all_and_marks_them_on_the_curve()
    {
        await using var server = WidgetServer.Start();
        var run = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, episodes: null, name: "changed",
            options: RunOptions.InMemory with { StartPaused = true });
        for (var moment = 1; moment <= Moments; moment++)
        {
            run.Advance(10);
            await WidgetPage.Until("ten more have ended", () => Task.FromResult((run.Episodes, run.State)),
                now => now == (10 * moment, RunState.Paused));
            for (var change = 0; change < Changes; change++)
                run.Set(epsilon: change % 2 == 0 ? 0.2 : 0.1 + 0.001 * moment);
        }

        server.Register(run);
        Assert.Equal(2002, run.EventLog.Count(e => e.Kind == RunEventKind.ParamChange));
        var marked = run.EventLog.Count(e => e.Kind is RunEventKind.ParamChange or RunEventKind.Paused or RunEventKind.Resumed);
        await using var page = await browser.OpenAsync(server.Url(run.Id));

        await WidgetPage.Until("all marks are there", () => page.Number("curve", "events"), events => events == marked);
        Assert.InRange(await page.Page.GetByTestId("event-marker").CountAsync(), Moments, 100);
        await page.At("tab-events").ClickAsync();
        await WidgetPage.Until("all events are listed", () => page.Number("events", "rows"), rows => rows == run.EventLog.Count);
        Assert.Equal($"{run.EventLog.Count:N0}", await page.At("events-note").InnerTextAsync());

        await page.Page.ReloadAsync();
        await WidgetPage.Until("the marks are there again", () => page.Number("curve", "events"), events => events == marked);
        var first = page.Page.Locator(".mark.change").First;
        await first.HoverAsync();
        Assert.Contains("Epsilon 0.1 → 0.2 after episode 10", await first.Locator(".mark-text").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
        run.Stop();
        await run;
    }
}
