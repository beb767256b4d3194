namespace GridWorld.Tests;

/// <summary>What steers a run from the page: never by mistake, never twice, and never without a sign.</summary>
public sealed class SteeringTests(BrowserFixture browser)
{
    [Fact]
    public async Task Past_steers_nothing_and_takes_nothing_from_under_the_pointer()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("time-row", "total", 200);
        var place = await Place();

        await page.At("time").EvaluateAsync("slider => { slider.value = 40; slider.dispatchEvent(new Event('input')); }");
        await page.Becomes("time-row", "at", "40");
        Assert.Equal(place, await Place());
        Assert.Contains("Commands that change the run are off", await page.At("banner-detail").InnerTextAsync());
        foreach (var control in new[] { "pause", "one-episode", "stop", "pace", "epsilon", "learning-rate", "discount-factor", "episodes",
            "milestone", "milestone-send" })
            Assert.True(await page.At(control).IsDisabledAsync(), control);
        await page.Page.Keyboard.PressAsync("Space");
        await page.Page.Keyboard.PressAsync("n");
        Assert.DoesNotContain(page.Requests,
            url => url.EndsWith("/pause", StringComparison.Ordinal) || url.EndsWith("/resume", StringComparison.Ordinal));

        // Late, so that the page says meanwhile that it is on its way; once the command is on, the other button has to have left.
        await page.At("pause").EvaluateAsync("""
            pause => new MutationObserver(() => {
              if (!pause.disabled) pause.dataset.left ??= document.querySelector("[data-testid=banner-live]").hidden;
            }).observe(pause, { attributeFilter: ["disabled"] })
            """);
        page.Delay = TimeSpan.FromMilliseconds(800);
        await page.At("banner-live").ClickAsync();
        await WidgetPage.Until("it is on its way", () => page.At("banner-text").InnerTextAsync(), text => text == "Going back to now…");
        page.Delay = TimeSpan.Zero;
        await page.Becomes("pause", "left", "true");
        await page.Page.Keyboard.PressAsync("Space");
        await WidgetPage.Until("the run pauses", () => Task.FromResult(served.Run.State), state => state == RunState.Paused);
        Assert.Empty(page.Complaints);

        async Task<(float, float)> Place() => (await page.At("time").BoundingBoxAsync()) is { } box ? (box.X, box.Y) : default;
    }

    [Fact]
    public async Task Reward_typed_at_a_kept_cell_is_an_event_of_the_run_and_shows_there()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("map", "version", 0);
        Assert.True(await page.At("cell-reward").IsHiddenAsync());
        await page.ClickCellAsync(3, 2);
        await WidgetPage.Until("the reward is shown", () => page.At("cell-reward").InputValueAsync(), value => value == "-1");

        await page.At("cell-reward").FillAsync("-4,5");
        await page.Page.Keyboard.PressAsync("Enter");

        await WidgetPage.Until("the change is shown", () => page.Page.Locator("body").TextContentAsync(),
            text => text!.Contains("Reward of (3, 2) −1 → −4.5", StringComparison.Ordinal));
        await WidgetPage.Until("the new reward is shown", () => page.At("cell-reward").InputValueAsync(), value => value == "-4.5");
        Assert.Equal(("reward(3,2)", "-4.5"),
            Assert.Single(served.Run.EventLog, e => e.Kind == RunEventKind.RewardChange) is var e ? (e.Param, e.NewValue) : default);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Every_hyperparameter_of_the_learner_that_has_an_effect_can_be_changed()
    {
        await using var served = new ServedRun(learner: new SarsaLambda { LearningRate = 0.5 });
        await using var page = await browser.OpenAsync(served.Url);
        await page.At("trace-decay").WaitForAsync();
        var fields = page.Page.Locator("[data-testid=hyperparameters-card] > .fields input");
        Assert.Equal(["learning-rate", "discount-factor", "epsilon", "trace-decay"],
            await fields.EvaluateAllAsync<string[]>("all => all.map(input => input.dataset.testid)"));

        await page.Enter("trace-decay", "0.25");

        await WidgetPage.Until("the change is shown", () => page.Page.Locator("body").TextContentAsync(),
            text => text!.Contains("Trace decay 0.9 → 0.25", StringComparison.Ordinal));
        await WidgetPage.Until("the run has it", () => Task.FromResult(served.Run.Status().Settings["trace_decay"]),
            value => value == 0.25);
        await page.At("fork").ClickAsync();
        await page.At("fork-trace-decay").FillAsync("0.5");
        await page.At("fork-send").ClickAsync();
        await WidgetPage.Until("the fork has another", () => Task.FromResult(served.Server.Runs.Registered()
            .Where(r => r.View.Id != served.Run.Id).Select(r => r.View.Status().Settings["trace_decay"])), all => all.SequenceEqual([0.5]));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Checkpoint_without_a_name_has_that_of_the_episode_it_is_taken_after()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);

        await page.At("milestone-send").ClickAsync();
        var note = await WidgetPage.Until("it is saved", () => page.At("milestone-note").TextContentAsync(),
            text => text!.StartsWith("Saved", StringComparison.Ordinal));

        var saved = Assert.Single(served.Run.EventLog, e => e.Kind == RunEventKind.Checkpoint && e.Message is not null);
        Assert.Equal($"episode-{saved.Episode}", saved.Message);
        Assert.Equal($"Saved as “{saved.Message}”, after episode {saved.Episode:n0}.", note);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Space_leaves_a_run_that_has_ended_as_it_is(bool isStopped)
    {
        using var store = new TemporaryFolder();
        var trained = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, 150, seed: 3, options: new() { Store = store.Path, StartPaused = isStopped });
        if (isStopped)
            trained.Stop();
        await trained.Completion;
        await using (var server = WidgetServer.Start(new() { Store = store.Path }))
        {
            await using var page = await browser.OpenAsync(server.Url(trained.Id));
            await page.Becomes("state", "state", isStopped ? "stopped" : "completed");
            await page.Grows("map", "version", 0);

            await page.Page.Keyboard.PressAsync("Space");
            await page.At("tab-events").ClickAsync();

            Assert.DoesNotContain(page.Requests, url => url.EndsWith("/resume", StringComparison.Ordinal));
            Assert.Empty(server.Runs.Registered());
        }
    }

    [Fact]
    public async Task Fork_of_a_finished_run_begins_as_the_form_offers_it_and_leaves_nothing_in_the_form()
    {
        await using var ended = new EndedRun();
        await using var page = await browser.OpenAsync(ended.Url);
        await page.Becomes("time-row", "total", "200");

        await page.At("fork").ClickAsync();
        await WidgetPage.Until("a number of episodes is offered", () => page.At("fork-episodes").InputValueAsync(),
            offered => offered == "200");
        await page.At("fork-learning-rate").FillAsync("0.25");
        await page.At("fork-name").FillAsync("on");
        await page.At("fork-send").ClickAsync();
        await WidgetPage.Until("the page shows the fork", () => page.At("run-name").InnerTextAsync(), name => name == "on");

        var fork = (Run)ended.Server.Runs.Registered().Single(r => r.View.Id != ended.Run.Id).View;
        await fork.Completion;
        Assert.Equal((400L, RunState.Completed), (fork.Episodes, fork.State));
        await WidgetPage.Until("the list of runs has the fork", () => page.At("runs")
            .EvaluateAsync<string>("s => s.selectedOptions[0]?.textContent"), text => text == "on · completed");
        await page.At("fork").ClickAsync();
        Assert.Equal(("", ""), (await page.At("fork-learning-rate").InputValueAsync(), await page.At("fork-name").InputValueAsync()));
    }

    [Fact]
    public async Task Command_that_the_server_does_not_answer_shows_that_it_is_on_its_way_and_then_that_it_is_late()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);
        var answered = new TaskCompletionSource();
        await page.Page.RouteAsync("**/pause", async route =>
        {
            await answered.Task;
            await route.ContinueAsync();
        });

        await page.At("pause").ClickAsync();
        await WidgetPage.Until("the button says so", () => page.At("pause").InnerTextAsync(), text => text == "Pausing…");
        await page.Becomes("banner", "state", "unanswered");
        Assert.Contains("Pause was sent", await page.At("banner-text").InnerTextAsync());
        answered.SetResult();

        await page.Becomes("state", "state", "paused");
        await page.Becomes("banner", "state", "connected");
    }

    [Fact]
    public async Task Last_of_several_values_is_sent_though_the_first_is_still_on_its_way()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 0);
        var answered = new TaskCompletionSource();
        await page.Page.RouteAsync("**/hyperparameters", async route =>
        {
            await answered.Task;
            await route.ContinueAsync();
        });

        foreach (var value in new[] { "0.5", "0.4", "0.3" })
            await page.Enter("epsilon", value);
        Assert.Equal("0.3", await page.At("epsilon").InputValueAsync());
        answered.SetResult();

        await WidgetPage.Until("the run has the last",
            () => Task.FromResult(served.Run.EventLog.Where(e => e.Kind == RunEventKind.ParamChange).Select(e => e.NewValue).ToList()),
            values => values is ["0.5", "0.3"]);
        Assert.Equal("0.3", await page.At("epsilon").InputValueAsync());
    }

    [Fact]
    public async Task Part_of_an_episode_that_was_not_read_is_read_again()
    {
        await using var ended = new EndedRun(Worlds.Empty(100, 100), episodes: 1);
        await using var page = await browser.OpenAsync(ended.Url);
        await page.At("tab-agent").ClickAsync();
        await page.Enter("replay-number", "1");
        var length = await page.Grows("agent", "length", 3999);
        await page.Page.RouteAsync("**/api/episode/1/steps**", route => route.AbortAsync(), new() { Times = 1 });

        await page.At("replay-end").ClickAsync();
        await page.At("replay-start").ClickAsync();
        await page.At("replay-end").ClickAsync();

        await WidgetPage.Until("the last step is there", () => page.At("replay-steps").InnerTextAsync(),
            text => !text.Contains('…') && text.Contains($"{length:n0}"));
    }
}
