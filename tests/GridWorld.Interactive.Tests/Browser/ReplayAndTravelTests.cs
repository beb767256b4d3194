namespace GridWorld.Tests;

/// <summary>Past episodes step by step, and the run as it was.</summary>
public sealed class ReplayAndTravelTests(BrowserFixture browser)
{
    [Fact]
    public async Task Replay_stands_where_the_episode_was_and_says_why()
    {
        await using var ended = new EndedRun();
        await using var page = await OpenAgentAsync(ended);
        var steps = ended.Run.ReplayEpisode(17, TestContext.Current.CancellationToken);

        await page.Enter("replay-number", "17");
        await page.Becomes("agent", "length", $"{steps.Count}");
        await page.Becomes("map-overlay", "agent", $"{steps[0].State}");
        foreach (var step in steps.Take(12))
        {
            await page.At("replay-forward").ClickAsync();
            await page.Becomes("agent", "at", $"{step.Step}");
            await page.Becomes("map-overlay", "agent", $"{step.NextState}");
            var row = MapOnPage.Numbers(await page.At("replay-steps").Locator("tr[aria-current]").InnerTextAsync());
            Assert.Equal([step.Step, step.State % 12, step.State / 12, step.Reward, step.Q[step.Action], step.NewValue], row,
                (a, b) => Math.Abs(a - b) < 0.001);
            Assert.Contains(step.Explored ? "Explored (ε 0.1)" : ": ", await page.At("replay-why").InnerTextAsync());
        }

        await page.At("replay-end").ClickAsync();
        await page.Becomes("map-overlay", "agent", "47");
        await page.At("replay-back").ClickAsync();
        await page.Becomes("agent", "at", $"{steps.Count - 1}");
    }

    [Fact]
    public async Task Kept_state_shows_its_changes_over_the_run_and_each_leads_to_its_episode()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        var history = ended.Run.HistoryOf(27, cancellationToken: TestContext.Current.CancellationToken);
        long last = history.Changes[^1].Episode, before = history.Changes.Last(c => c.Episode < last).Episode;

        await page.ClickCellAsync(3, 2);
        await page.Becomes("history", "after", "0");
        Assert.Equal(history.ChangeCount, await page.Number("history", "changes"));
        await page.At("history").Locator($".tick[data-episode=\"{last}\"]").ClickAsync();
        await page.Becomes("time-row", "at", $"{last}");
        await page.At("history").Locator("[aria-current=true]").WaitForAsync();
        await page.At("history-earlier").ClickAsync();
        await page.Becomes("time-row", "at", $"{before}");
        Assert.Equal(history.ChangeCount, await page.Number("history", "changes"));
        await page.At("map").FocusAsync();
        await page.Page.Keyboard.PressAsync("Escape");

        await page.At("history").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Newest_wish_is_shown_though_an_older_answer_comes_later_and_what_is_not_an_episode_is_told()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.At("tab-agent").ClickAsync();
        var held = new TaskCompletionSource<Microsoft.Playwright.IRoute>();
        await page.Page.RouteAsync("**/api/episode/1/**", route => held.TrySetResult(route) ? Task.CompletedTask : route.ContinueAsync());

        var slow = page.Page.WaitForResponseAsync("**/api/episode/1/**");
        await page.Enter("replay-number", "1");
        await page.Enter("replay-number", "7");
        await page.Becomes("agent", "episode", "7");
        await (await held.Task.WaitAsync(Wait.Patience, TestContext.Current.CancellationToken)).ContinueAsync();
        await slow;
        await page.Enter("replay-number", "1.5");

        await WidgetPage.Until("it is said", () => page.At("replay-state").InnerTextAsync(),
            text => text == "Episode must be a whole number from 1 to 200 (got 1.5).");
        Assert.Equal("7", await page.Data("agent", "episode"));
    }

    [Fact]
    public async Task Best_worst_and_latest_episode_are_found_and_played()
    {
        await using var ended = new EndedRun();
        await using var page = await OpenAgentAsync(ended);
        var returns = ended.Run.RawEpisodes(1, 200).Select(e => e.Return).ToList();

        await page.At("replay-worst").ClickAsync();
        await page.Becomes("agent", "episode", $"{returns.IndexOf(returns.Min()) + 1}");
        await page.At("replay-best").ClickAsync();
        await page.Becomes("agent", "episode", $"{returns.IndexOf(returns.Max()) + 1}");
        await page.At("replay-latest").ClickAsync();
        await page.Becomes("agent", "episode", "200");

        await page.At("replay-speed").SelectOptionAsync("100");
        await page.At("replay-play").ClickAsync();
        await WidgetPage.Until("the replay has come to its end", () => page.Number("agent", "at"),
            at => at == ended.Run.RawEpisodes(200, 1)[0].Length);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Saved_gif_has_a_frame_forevery_step_as_the_browser_reads_it()
    {
        await using var ended = new EndedRun();
        await using var page = await OpenAgentAsync(ended);
        await page.Enter("replay-number", "200");
        await page.Grows("agent", "length", 0);

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.At("replay-gif").ClickAsync());
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        var seen = await page.Page.EvaluateAsync<int[]>("""
            async base64 => {
              const data = Uint8Array.from(atob(base64), c => c.charCodeAt(0)), decoder = new ImageDecoder({ data, type: "image/gif" });
              await decoder.tracks.ready;
              await decoder.completed;
              const frames = decoder.tracks.selectedTrack.frameCount, last = (await decoder.decode({ frameIndex: frames - 1 })).image;
              return [frames, last.displayWidth, last.displayHeight];
            }
            """, Convert.ToBase64String(bytes));

        Assert.Equal([ended.Run.RawEpisodes(200, 1)[0].Length + 1, 12 * 32, 4 * 32], seen);
        Assert.Equal("episode-200.gif", download.SuggestedFilename);
    }

    [Fact]
    public async Task Travel_shows_the_numbers_of_then_and_comes_back()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        await page.Becomes("time-row", "total", "200");

        foreach (var episode in new[] { 150, 40, 7 })
            await page.At("time")
                .EvaluateAsync("(slider, to) => { slider.value = to; slider.dispatchEvent(new Event('input')); }", episode);
        await page.Becomes("time-row", "at", "7");
        await page.Becomes("map", "episode", "7");
        Assert.Equal(7, await page.Episode());
        Assert.Equal(7, await page.Number("curve", "last-episode"));
        Assert.Equal(("past", "Episode 7 of 200"), (await page.Data("banner", "state"), await page.At("banner-text").InnerTextAsync()));
        await page.PointAsync(3, 2);
        await page.Becomes("state-facts", "episode", "7");
        Assert.Equal(ended.Run.AgentAt(7, TestContext.Current.CancellationToken).Q[108..112],
            MapOnPage.Numbers(await page.At("state-facts").Locator(".qs").InnerTextAsync()), (a, b) => Math.Abs(a - b) < 0.006);

        await page.At("time").PressAsync("ArrowRight");
        await page.Becomes("time-row", "at", "8");
        Assert.True(await page.At("one-episode").IsDisabledAsync());
        await page.Page.Keyboard.PressAsync("Escape");
        await WidgetPage.Until("the page is back in the present", page.Episode, episode => episode == 200);
        await page.Becomes("banner", "state", "ended");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Link_to_a_moment_is_kept_over_reload_and_ways_back_and_can_be_copied()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Becomes("time-row", "total", "200");

        await page.At("time").EvaluateAsync("slider => { slider.value = 40; slider.dispatchEvent(new Event('input')); }");
        await page.Becomes("time-row", "at", "40");
        await page.Choose("world-card", "q");
        await page.ClickCellAsync(3, 2);
        await page.At("tab-events").ClickAsync();
        var moment = $"{ended.Url}@40?cell=3,2&layer=q&tab=events";
        await WidgetPage.Until("the address has it", () => Task.FromResult(page.Page.Url), url => url == moment);
        await page.At("copy-cell").ClickAsync();
        await WidgetPage.Until("the link is copied", () => page.At("copy-cell").Locator("span").First.InnerTextAsync(),
            text => text == "Copied");
        Assert.Equal(moment, await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        await page.Page.ReloadAsync();
        await IsSeen("40", "q", "27", "events");
        await page.Page.GoBackAsync();
        await IsSeen(null, "value", null, "episodes");
        await page.Page.GoForwardAsync();
        await IsSeen("40", "q", "27", "events");
        await page.Page.GotoAsync(ended.Url + "@201");
        await WidgetPage.Until("a moment that is not there is told", () => page.At("banner-text").InnerTextAsync(),
            text => text.StartsWith("The run has 200 episodes", StringComparison.Ordinal));

        async Task IsSeen(string? at, string layer, string? state, string tab)
        {
            await WidgetPage.Until($"the page shows {at ?? "now"}", async () => (await page.Data("time-row", "at"),
                await page.Data("map", "layer"), await page.Data("state-facts", "state"), await page.At($"panel-{tab}").IsVisibleAsync()),
                seen => seen == (at, layer, state, true));
        }
    }

    [Fact]
    public async Task Fork_from_the_page_begins_there_with_what_was_typed()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Becomes("time-row", "total", "200");
        await page.At("time").EvaluateAsync("slider => { slider.value = 50; slider.dispatchEvent(new Event('input')); }");
        await page.Becomes("time-row", "at", "50");

        await page.At("fork").ClickAsync();
        await page.At("fork-learning-rate").FillAsync("7");
        await page.At("fork-send").ClickAsync();
        await page.At("fork-error").WaitForAsync();
        Assert.Contains("Learning rate must be between 0.001 and 1", await page.At("fork-error").InnerTextAsync());

        await page.At("fork-learning-rate").FillAsync("0.25");
        await page.At("fork-name").FillAsync("slower");
        await page.At("fork-send").ClickAsync();
        await WidgetPage.Until("the page shows the fork", () => page.At("run-name").InnerTextAsync(), name => name.Contains("slower"));
        var fork = ended.Server.Runs.Registered().Single(r => r.View.Id != ended.Run.Id).View;
        Assert.Equal(ended.Run.AgentAt(50, TestContext.Current.CancellationToken).Q,
            fork.AgentAt(50, TestContext.Current.CancellationToken).Q);
        Assert.Equal(0.25, fork.Status().Settings.LearningRate);
    }

    [Fact]
    public async Task Checkpoints_are_listed_to_look_at_and_to_fork_from()
    {
        using var store = new TemporaryFolder();
        var trained = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, 350, seed: 3, name: "stored",
            options: new() { Store = store.Path, StartPaused = true });
        foreach (var (name, episode) in new[] { ("early", 100L), ("late", 200L) })
        {
            trained.Advance(100);
            await WidgetPage.Until("a hundred have ended", () => Task.FromResult((trained.Episodes, trained.State)),
                now => now == (episode, RunState.Paused));
            trained.SaveCheckpoint(name);
        }

        trained.Resume();
        await trained;
        await using (var server = WidgetServer.Start(new() { Store = store.Path }))
        {
            await using var page = await browser.OpenAsync(server.Url(trained.Id));
            await page.Becomes("state", "state", "completed");
            await page.At("tab-checkpoints").ClickAsync();
            await WidgetPage.Until("all are listed", () => page.Number("checkpoints", "rows"),
                rows => rows == trained.CheckpointList.Count);

            await page.Page.Locator("[data-testid=checkpoint-look][data-episode='200']").First.ClickAsync();
            await page.Becomes("time-row", "at", "200");
            await page.Page.Locator("[data-testid=checkpoint-fork][data-episode='100']").First.ClickAsync();
            await page.At("fork-epsilon").FillAsync("0.2");
            await page.At("fork-send").ClickAsync();
            await WidgetPage.Until("the fork is shown", () => Task.FromResult(server.Runs.Registered().Count), runs => runs == 1);

            var fork = server.Runs.Registered().Single().View;
            await ((Run)fork).Completion;
            await page.Becomes("state", "state", "completed");
            Assert.Equal((trained.Id, 100L), (fork.Status().ParentRunId, fork.Status().ParentEpisode));
            Assert.Equal(trained.AgentAt(100, TestContext.Current.CancellationToken).Q,
                fork.AgentAt(100, TestContext.Current.CancellationToken).Q);
            Assert.Empty(page.Complaints);
        }
    }

    async Task<WidgetPage> OpenAgentAsync(EndedRun ended)
    {
        var page = await browser.OpenAsync(ended.Url);
        await page.Grows("map", "version", 0);
        await page.At("tab-agent").ClickAsync();
        return page;
    }
}
