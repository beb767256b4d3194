using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>A run as it was, over the hub and over HTTP.</summary>
public sealed class PastViewTests : IAsyncDisposable
{
    readonly StoreServer server = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frames_show_the_run_as_it_was_and_say_so(bool isLive)
    {
        var run = await TrainAsync(300, isLive);
        await using var page = await Page.OpenAsync(server.Url(), """{ "at": 120, "interval_ms": 100, "map": { "layer": "visits" } }""");

        var first = await page.NextFrameAsync();
        await page.AckAsync(page.LastSeq);
        while ((bool)(await page.NextViewAsync())["more"]!)
        {
        }

        var past = run.Past(120, Cancel);
        Assert.Equal((120, 120, past.Agent().Step),
            ((long)first["at"]!, (int)first["status"]!["episodes"]!, (long)first["status"]!["steps"]!));
        Assert.Equal(isLive, (bool)first["status"]!["can_control"]!);
        Assert.Equal(past.Diagnostics().MeanTdError, (double)first["diagnostics"]!["mean_td_error"]!);
        Assert.Equal(past.MetricBuckets(1, 120, 1000).Select(b => (b.Start, b.Mean)),
            page.Points.Values.Select(p => ((long)JsonNode.Parse(p)![0]!, (double)JsonNode.Parse(p)![4]!)));
        Assert.Equal(Enumerable.Range(1, 120).Select(k => (long)k), page.Rows.Keys);
        Assert.Equal(run.EventLog.Where(e => e.Episode <= 120).Select(e => e.Seq), page.Events.Keys);
        Assert.All(page.Tiles.Values, tile => Assert.Equal(120, (int)tile["episode"]!));

        await page.ViewAsync("""{ "interval_ms": 100 }""");
        var now = await page.NextFrameAsync();
        Assert.Null(now["at"]);
        Assert.Equal(300, (int)now["status"]!["episodes"]!);
    }

    [Fact]
    public async Task Who_drags_through_time_is_shown_the_newest_wish()
    {
        await TrainAsync(2000, isLive: false);
        await using var page = await Page.OpenAsync(server.Url(), """{ "at": 1, "interval_ms": 100 }""");

        for (var k = 2; k <= 40; k++)
            await page.ViewAsync($$"""{ "at": {{k * 50}}, "interval_ms": 100 }""");
        JsonObject frame;
        do
        {
            frame = await page.NextFrameAsync("a frame of episode 2000");
            await page.AckAsync(page.LastSeq);
        }
        while ((long)frame["at"]! != 2000);

        Assert.InRange(page.Frames, 1, 60);
        Assert.Equal(2000, (int)frame["status"]!["episodes"]!);
    }

    [Fact]
    public async Task Moment_that_is_not_or_takes_too_long_is_a_fault_and_the_next_one_is_shown()
    {
        await TrainAsync(50, isLive: true);
        await using var page = await Page.OpenAsync(server.Url(), """{ "at": 51 }""");
        Assert.Equal("The run has 50 episodes: choose one between 0 and 50 (got 51).", await page.NextFaultAsync());
        await page.ViewAsync("""{ "at": -1 }""");
        Assert.StartsWith("at must be a whole number between 0 and", await page.NextFaultAsync(), StringComparison.Ordinal);
        await page.ViewAsync("""{ "at": 0 }""");
        Assert.Equal(0, (int)(await page.NextFrameAsync())["status"]!["episodes"]!);

        await using var hasty = WidgetServer.Start(ServerFixture.Options(new() { ReplayTime = TimeSpan.FromMilliseconds(1) }));
        var endless = Worlds.Get("empty-300x300").Train(new QLearning(), 400, options: RunOptions.InMemory);
        await endless;
        hasty.Register(endless);
        await using var other = await Page.OpenAsync(hasty.Url(), """{ "at": 400 }""");
        Assert.StartsWith("Replaying up to this episode takes more than 0.001 s.", await other.NextFaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_and_status_are_asked_of_any_moment()
    {
        var run = await TrainAsync(300, isLive: true);
        var past = run.Past(77, Cancel);

        var (status, then) = await Get($"/api/training-session/{run.Id}/status?at=77");
        var (_, state) = await Get("/api/agent/state?state=36&at=77");
        var (_, live) = await Get("/api/agent/state?state=36");

        Assert.Equal((200, 77, past.Agent().Step, past.Status().QChecksum),
            (status, (int)then["episodes"]!, (long)then["steps"]!, (double)then["q_checksum"]!));
        Assert.Equal((77, 36, "S", false),
            ((int)state["episode"]!, (int)state["state"]!, (string?)state["cell"], (bool)state["terminal"]!));
        Assert.Equal(past.Agent().Q[144..148], state["q"]!.AsArray().Select(q => (double)q!));
        Assert.Equal(300, (int)live["episode"]!);
        Assert.Equal(run.Agent().Q[144..148], live["q"]!.AsArray().Select(q => (double)q!));
        Assert.Equal([0], live["best"]!.AsArray().Select(a => (int)a!));
        Assert.Equal(run.Why(36, TestContext.Current.CancellationToken).LastVisits.Select(v => (v.Episode, v.Step, v.NewValue)),
            live["last_visits"]!.AsArray().Select(v => ((long)v!["episode"]!, (int)v["step"]!, (double)v["new_value"]!)));
        Assert.Equal(run.Why(36, TestContext.Current.CancellationToken).ToString(), (string?)live["text"]);
        var two = (await Get("/api/agent/state?state=36&last_visits=2")).Json["last_visits"]!.AsArray();
        Assert.Equal(live["last_visits"]!.AsArray().Take(2).Select(v => v!.ToJsonString()), two.Select(v => v!.ToJsonString()));
        Assert.Empty((await Get("/api/agent/state?state=36&at=77&last_visits=0")).Json["last_visits"]!.AsArray());
        foreach (var (target, error) in new[]
        {
            ("/api/agent/state?state=36&last_visits=6", "last_visits must be a whole number between 0 and 5 (got 6)."),
            ("/api/agent/state?state=36&at=301", "The run has 300 episodes: choose one between 0 and 300 (got 301)."),
            ("/api/agent/state?state=48", "state must be between 0 and 47 (got 48)."),
            ($"/api/training-session/{run.Id}/status?at=x", "at must be a whole number between 0 and 9223372036854775807 (got x)."),
        })
        {
            var (code, problem) = await Get(target);
            Assert.Equal((400, error), (code, Assert.Single(LiveFixture.Errors(problem))));
        }
    }

    async Task<Run> TrainAsync(long episodes, bool isLive)
    {
        var run = Worlds.CliffWalking().Train(new QLearning(), episodes, options: new() { Store = server.Store, StartPaused = true });
        run.Set(epsilon: 0.2);
        run.Resume();
        if (isLive)
            server.Register(run);
        await run.Completion.WaitAsync(RawHttp.Patience, Cancel);
        return run;
    }

    Task<(int Status, JsonNode Json)> Get(string target) => server.SendAsync("GET", target);
}
