using Microsoft.Playwright;

namespace GridWorld.Tests;

/// <summary>What the very first wish for this page was; a line, a test.</summary>
public sealed class SeedChecklistTests(BrowserFixture browser)
{
    [Fact]
    public async Task Disconnect_stops_smoothly_repeats_nothing_and_resumes_right()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 50);

        await page.Cut();
        await page.Becomes("banner", "state", "reconnecting");
        Assert.Contains("You're viewing cached data; waiting to reconnect to the server", await page.At("banner").InnerTextAsync());
        var (shown, trained) = (await page.Episode(), served.Run.Episodes);
        await WidgetPage.Until("training goes on without a page", () => Task.FromResult(served.Run.Episodes),
            episode => episode > trained + 200);
        Assert.Equal(shown, await page.Episode());

        await page.Mend();
        await page.Grows("episode", "value", trained + 200);
        await page.At("pause").ClickAsync();
        await page.Becomes("state", "state", "paused");
        await WidgetPage.Until("the log ends where the run does", () => page.Number("log", "newest"),
            newest => newest == served.Run.Episodes);
        Assert.Equal(Math.Min(1000, served.Run.Episodes), await page.Number("log", "rows"));
        Assert.Equal("0", await page.Data("dropped", "count"));
    }

    [Fact]
    public async Task Refresh_in_the_midst_shows_the_same_run_further_on()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        var before = await page.Grows("episode", "value", 50);

        await page.Page.ReloadAsync();

        await page.Grows("episode", "value", before);
        Assert.Equal(served.Run.Name, await page.At("run-name").InnerTextAsync());
    }

    [Fact]
    public async Task Invalid_is_rejected_changes_are_logged_and_the_run_is_reproducible()
    {
        await using var served = new ServedRun();
        await using var page = await browser.OpenAsync(served.Url);
        await page.Grows("episode", "value", 20);
        await page.Enter("learning-rate", "999999");
        await page.At("learning-rate-error").WaitForAsync();
        Assert.Equal("Learning rate must be between 0.001 and 1.0 (got 999999).", await page.At("learning-rate-error").InnerTextAsync());
        await page.Enter("learning-rate", "0.25");
        await WidgetPage.Until("the change is listed", () => page.Events(), rows => rows == 2);
        var change = Assert.Single(served.Run.EventLog, e => e.Kind == RunEventKind.ParamChange);
        await page.Grows("episode", "value", change.Episode + 5);
        await page.At("pause").ClickAsync();
        await page.Becomes("state", "state", "paused");
        var (episodes, q) = (served.Run.Episodes, served.Run.AgentAt(served.Run.Episodes, TestContext.Current.CancellationToken).Q);

        var again = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, Math.Max(1, change.Episode), seed: 1, options: RunOptions.InMemory);
        await again;
        var second = again.Fork(change.Episode, learningRate: 0.25, episodes: episodes - change.Episode);
        await second;

        Assert.Equal(q, second.Agent().Q);
    }

    [Fact]
    public async Task Ten_million_episodes_are_shown_in_bounded_memory()
    {
        await using var server = WidgetServer.Start();
        var run = World.Parse("SG")
            .Train(new QLearning(), episodes: 10_000_000, seed: 1, name: "long", options: RunOptions.InMemory with { StartPaused = true });
        server.Register(run);
        await using var page = await browser.OpenAsync(server.Url(run.Id));
        await page.IsLive();
        // A page that has drawn a few times: what the browser notes about functions as they get used is there by then.
        for (int drawn = 100_000; drawn <= 1_000_000; drawn += 100_000)
        {
            run.Advance(100_000);
            await WidgetPage.Until("all of it has been drawn",
                async () => (await page.Number("log", "newest"), await page.Number("log", "rows"),
                await page.Number("curve", "last-episode")), seen => seen == (drawn, 1000, drawn));
        }

        var devtools = await page.Page.Context.NewCDPSessionAsync(page.Page);
        await devtools.SendAsync("Performance.enable");
        var (heap, nodes) = await Measure();

        run.Resume();
        await run.Completion.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken); // As long as a busy machine takes.
        await page.Grows("episode", "value", 9_999_999);
        await page.Becomes("state", "state", "completed");
        // Until every panel has drawn it, the rows before are kept beside the new ones.
        await WidgetPage.Until("all of it has been drawn",
            async () => (await page.Number("log", "newest"), await page.Number("curve", "last-episode")),
            seen => seen == (10_000_000, 10_000_000));
        var (heapAfter, nodesAfter) = await Measure();

        Assert.InRange(await page.Number("curve", "points"), 100, 1000);
        Assert.Equal(1000, await page.Number("log", "rows"));
        Assert.True(heapAfter < heap * 1.05, $"The heap grew from {heap:N0} to {heapAfter:N0} bytes.");
        Assert.InRange(nodesAfter, nodes - 200, nodes + 200);

        // Bytes that the page's scripts keep, without the code that the browser compiles of them the longer the more; nodes of the page.
        async Task<(double Heap, double Nodes)> Measure()
        {
            var text = new System.Text.StringBuilder();
            devtools.Event("HeapProfiler.addHeapSnapshotChunk").OnEvent += (_, chunk) => text.Append(chunk!.Value.GetProperty("chunk")
                .GetString());
            await devtools.SendAsync("HeapProfiler.takeHeapSnapshot"); // Collects garbage first.
            using var snapshot = System.Text.Json.JsonDocument.Parse(text.ToString());
            var meta = snapshot.RootElement.GetProperty("snapshot").GetProperty("meta");
            var fields = meta.GetProperty("node_fields").EnumerateArray().Select(f => f.GetString()).ToList();
            var kinds = meta.GetProperty("node_types")[0].EnumerateArray().Select(t => t.GetString()).ToList();
            var heap = snapshot.RootElement.GetProperty("nodes").EnumerateArray().Select(n => n.GetDouble()).Chunk(fields.Count)
                .Where(n => kinds[(int)n[fields.IndexOf("type")]] is not ("code" or "object shape" or "native"))
                .Sum(n => n[fields.IndexOf("self_size")]);
            var metrics = (await devtools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
                .ToDictionary(m => m.GetProperty("name").GetString()!, m => m.GetProperty("value").GetDouble());
            TestContext.Current.TestOutputHelper?.WriteLine($"heap {heap:N0} nodes {metrics["Nodes"]:N0}");
            return (heap, metrics["Nodes"]);
        }
    }

    [Fact]
    public async Task Parallel_sessions_are_never_mixed()
    {
        await using var first = new ServedRun("one");
        await using var second = new ServedRun("two");
        await using var one = await browser.OpenAsync(first.Url);
        await using var two = await browser.OpenAsync(second.Url);
        await using var also = await browser.OpenAsync(first.Url);
        await one.Grows("episode", "value", 0);
        await two.Grows("episode", "value", 0);
        await also.Grows("episode", "value", 0);

        await one.Enter("epsilon", "0.25");
        await WidgetPage.Until("both pages of the run list the change",
            async () => (await one.Events(), await also.Events()), rows => rows == (2, 2));

        Assert.Equal((0.25, 0.1), (first.Run.Status().Settings.Epsilon, second.Run.Status().Settings.Epsilon));
        Assert.Equal(1, await two.Events());
        Assert.Equal(("one", "two", "one"),
            (await one.At("run-name").InnerTextAsync(), await two.At("run-name").InnerTextAsync(), await also.At("run-name")
            .InnerTextAsync()));
    }
}
