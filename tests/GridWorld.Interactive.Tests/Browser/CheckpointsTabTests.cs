namespace GridWorld.Tests;

/// <summary>Resuming an ended run from the Checkpoints tab.</summary>
public sealed class CheckpointsTabTests(BrowserFixture browser) : IDisposable
{
    readonly TemporaryFolder store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Resume_asks_before_it_drops_named_checkpoints_and_says_what_it_dropped()
    {
        var trained = await TrainedAsync();
        await using var server = WidgetServer.Start(new() { Store = store.Path });
        server.Register(trained);
        await using var page = await OpenAsync(server, trained);

        await Resume(page, 100).ClickAsync();
        Assert.Contains("This drops everything after episode 100, with the named checkpoint “late”.", await page.At("checkpoint-confirm")
            .InnerTextAsync());
        await page.At("checkpoint-keep").ClickAsync();
        await page.At("checkpoint-confirm").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        Assert.DoesNotContain(page.Requests, url => url.EndsWith("/resume", StringComparison.Ordinal));
        await Resume(page, 100).ClickAsync();
        await page.At("checkpoint-drop").ClickAsync();

        var note = await WidgetPage.Until("it is said", () => page.At("checkpoint-note").TextContentAsync(), text => text != "");
        Assert.Equal("From the checkpoint 'early'. Dropped: episodes 101 to 250; the checkpoint 'late'.", note);
        await page.Becomes("state", "state", "completed");
        Assert.Equal(["early"], server.Runs.Find(trained.Id).View.CheckpointList.Select(c => c.Name).OfType<string>());
    }

    [Fact]
    public async Task Newest_checkpoint_of_a_run_that_was_stopped_here_trains_on()
    {
        var trained = await TrainedAsync();
        await using var server = WidgetServer.Start(new() { Store = store.Path });
        server.Register(trained);
        await using var page = await OpenAsync(server, trained);

        await Resume(page, 250).ClickAsync();

        await page.Becomes("state", "state", "completed");
        Assert.Equal(350, server.Runs.Find(trained.Id).View.Status().Episodes);
    }

    /// <summary>A run of 350 episodes, stopped after 250, with a named checkpoint after 100 and after 200.</summary>
    async Task<Run> TrainedAsync()
    {
        var run = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, 350, seed: 3, name: "stored",
            options: new() { Store = store.Path, StartPaused = true });
        foreach (var (count, name) in new[] { (100, "early"), (100, "late"), (50, null) })
        {
            var until = run.Episodes + count;
            run.Advance(count);
            await WidgetPage.Until("they have ended", () => Task.FromResult((run.Episodes, run.State)),
                now => now == (until, RunState.Paused));
            if (name is not null)
                run.SaveCheckpoint(name);
        }

        run.Stop();
        await run.Completion;
        return run;
    }

    async Task<WidgetPage> OpenAsync(WidgetServer server, Run run)
    {
        var page = await browser.OpenAsync(server.Url(run.Id));
        await page.Becomes("state", "state", "stopped");
        await page.At("tab-checkpoints").ClickAsync();
        await page.Grows("checkpoints", "rows", 2);
        return page;
    }

    static Microsoft.Playwright.ILocator Resume(WidgetPage page, long episode) =>
        page.Page.Locator($"[data-testid=checkpoint-resume][data-episode='{episode}']").First;
}
