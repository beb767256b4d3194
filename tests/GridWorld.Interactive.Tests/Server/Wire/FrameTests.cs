using System.Text.Json.Nodes;

namespace GridWorld.Tests;

public sealed class FrameTests : IAsyncDisposable
{
    const string Everything = """{ "interval_ms": 100, "map": { "layer": "value" } }""";
    readonly WidgetServer server = WidgetServer.Start(ServerFixture.Options(new() { AckTimeout = TimeSpan.FromMilliseconds(400) }));
    readonly FakeRun run = new(Worlds.CliffWalking());

    public FrameTests() => server.Register(run);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task First_view_is_whole_and_says_whose_it_is()
    {
        run.Add([-13, -20, double.NegativeInfinity]);
        run.Learn(pair => -pair);
        await using var page = await Page.OpenAsync(server.Url(), Everything);

        var head = await page.NextFrameAsync();
        await page.AckAsync(1);
        await page.NextViewAsync();

        Assert.Equal(1, (int)head["v"]!);
        Assert.Equal(1, (long)head["seq"]!);
        Assert.True(head.ContainsKey("base") && head["base"] is null);
        Assert.Equal(server.Instance, (string?)head["instance"]);
        Assert.Equal("fake-run", (string?)head["session_id"]);
        Assert.Equal("training", (string?)head["status"]!["state"]);
        Assert.Equal("-Infinity", (string?)head["status"]!["greedy_value"]);
        Assert.Equal("NaN", (string?)head["diagnostics"]!["mean_td_error"]);
        Assert.Equal("exploring", (string?)head["diagnostics"]!["flags"]![0]!["flag"]);
        Assert.Equal(["up", "right", "down", "left"], head["world"]!["actions"]!.AsArray().Select(a => (string)a!));
        Assert.Equal("""{"1":"[1,1,-13,-13,-13,0,1]","2":"[2,2,-20,-20,-20,0,1]"}""",
            string.Concat("{", string.Join(",", page.Points.Take(2).Select(p => $"\"{p.Key}\":\"{p.Value}\"")), "}"));
        Assert.Contains("\"-Infinity\"", page.Points[3]);
        Assert.Equal(3, page.Rows.Count);
    }

    [Fact]
    public async Task First_view_waits_for_no_clock()
    {
        run.Add([-13, -20]);
        await using var still = WidgetServer.Start(new() { Assets = ServerFixture.Page, Time = new StoppedClock() });
        still.Register(run);
        await using var page = await Page.OpenAsync(still.Url(), Everything);

        await page.NextViewAsync();

        Assert.Equal(2, page.Rows.Count);
    }

    [Fact]
    public async Task Run_that_cannot_be_read_for_a_moment_is_shown_again_once_it_is_taken_up()
    {
        run.Add([-13]);
        await using var page = await Page.OpenAsync(server.Url(), Everything);
        await page.NextViewAsync();

        run.Fault = "The file is being changed.";
        Assert.Equal("The file is being changed. The live view shows its last known state and tries again every second.",
            await page.NextFaultAsync());
        var taken = new FakeRun(Worlds.CliffWalking());
        taken.Add([-13, -14]);
        server.Register(taken);

        var frame = await page.NextFrameAsync();
        Assert.Null(frame["base"]);
        Assert.Equal(2, (long)frame["status"]!["episodes"]!);
    }

    [Fact]
    public async Task Run_that_could_not_be_read_is_shown_whole_once_it_can_be()
    {
        run.Add([-13]);
        await using var page = await Page.OpenAsync(server.Url(), Everything);
        await page.NextViewAsync();

        run.Fault = "The file is being changed.";
        await page.NextFaultAsync();
        run.Add([-14]);
        run.Fault = null;

        var frame = await page.NextFrameAsync("the view after the failed read");
        Assert.Null(frame["base"]);
        Assert.Equal(2, (long)frame["status"]!["episodes"]!);
    }

    [Fact]
    public async Task Run_that_is_not_there_yet_is_shown_once_it_is()
    {
        await using var page = await Page.OpenAsync(server.Url(), """{ "run": "later" }""");
        Assert.Contains("There is no such run.", await page.NextFaultAsync());

        var later = new FakeRun(Worlds.CliffWalking(), "later");
        later.Add([-13]);
        server.Register(later);

        await page.NextViewAsync("the run that came later");
        Assert.Single(page.Rows);
    }

    [Fact]
    public async Task Each_frame_builds_on_the_last_and_holds_only_what_changed()
    {
        run.Add(Enumerable.Repeat(-13.0, 10));
        await using var page = await Page.OpenAsync(server.Url(), Everything);
        await page.NextViewAsync();
        var before = page.LastSeq;

        run.Add([-14]);
        var frame = await page.NextFrameAsync();

        Assert.Equal(before, (long)frame["base"]!);
        Assert.Equal(before + 1, (long)frame["seq"]!);
        Assert.Equal("""[[11,11,-14,-14,-14,0,1]]""", frame["metrics"]!["points"]!.ToJsonString());
        Assert.Equal(11, (long)Assert.Single(frame["episodes"]!["rows"]!.AsArray())![0]!);
        Assert.Null(frame["world"]);
        Assert.Null(frame["map"]);
        Assert.Null(frame["events"]);
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_last_frame_is_acknowledged_and_then_the_newest()
    {
        await using var page = await Page.OpenAsync(server.Url(), Everything);
        await using var other = await Page.OpenAsync(server.Url(), Everything);
        await page.NextViewAsync();
        await other.NextViewAsync();
        run.Add([-1]);
        await page.NextFrameAsync();
        await other.NextViewAsync("the first change on the other page");

        // While the other page is served several times over, this one is not.
        for (var k = 2; k <= 4; k++)
        {
            run.Add([-k]);
            await other.NextViewAsync($"change {k} on the other page");
        }

        Assert.False(page.TryFrame());
        await page.AckAsync(page.LastSeq);
        await page.NextFrameAsync();
        Assert.Equal([1, 2, 3, 4], page.Points.Keys);
    }

    [Fact]
    public async Task Another_view_starts_whole_with_the_next_number()
    {
        run.Add(Enumerable.Repeat(-1.0, 100));
        await using var page = await Page.OpenAsync(server.Url(), Everything);
        await page.NextViewAsync();
        var before = page.LastSeq;

        await page.ViewAsync("""{ "interval_ms": 100, "start": 11, "end": 20 }""");
        var head = await page.NextFrameAsync();
        await page.AckAsync(page.LastSeq);
        await page.NextViewAsync();

        Assert.True(head["base"] is null);
        Assert.Equal(before + 1, (long)head["seq"]!);
        Assert.Equal(Enumerable.Range(11, 10).Select(k => (long)k), page.Points.Keys);
    }

    [Fact]
    public async Task Reconnected_page_gets_a_whole_view_that_doubles_nothing()
    {
        run.Add(Enumerable.Repeat(-1.0, 100));
        await using (var first = await Page.OpenAsync(server.Url(), Everything))
            await first.NextViewAsync();
        run.Add(Enumerable.Repeat(-2.0, 5000));

        await using var second = await Page.OpenAsync(server.Url(), Everything);
        await second.NextViewAsync();

        var counts = second.Points.Values.Select(p => (long)JsonNode.Parse(p)![6]!);
        Assert.Equal(5100, counts.Sum());
        Assert.InRange(second.Points.Count, 500, 1000);
        Assert.Equal(1000, second.Rows.Count);
    }

    [Fact]
    public async Task Reader_that_never_acknowledges_is_dropped()
    {
        await using var page = await Page.OpenAsync(server.Url(), Everything);

        await page.Closed.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(1, page.Frames + (page.TryFrame() ? 1 : 0));
    }

    [Fact]
    public async Task Page_that_read_but_is_not_drawn_keeps_its_place()
    {
        await using var hidden = await Page.OpenAsync(server.Url(), Everything);
        await using var dropped = await Page.OpenAsync(server.Url(), Everything);
        await hidden.NextFrameAsync();
        await hidden.AckAsync(1);
        await hidden.NextFrameAsync();

        await dropped.Closed.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        run.Add([-1]);
        await hidden.AckAsync(hidden.LastSeq);

        Assert.NotNull((await hidden.NextFrameAsync())["metrics"]);
    }

    [Fact]
    public async Task Faulty_view_is_told_all_its_faults()
    {
        await using var page = await Page.OpenAsync(server.Url(),
            """{ "points": 5000, "interval_ms": 1, "start": 9, "end": 3, "map": { "layer": "secrets", "width": 0 } }""");

        var fault = await page.NextFaultAsync();

        Assert.Contains("points must be a whole number between 1 and 1000 (got 5000).", fault);
        Assert.Contains("interval_ms must be a whole number between 100 and 500 (got 1).", fault);
        Assert.Contains("start must not be greater than end.", fault);
        Assert.Contains("layer must be one of", fault);
        Assert.Contains("width must be", fault);
    }

    [Theory]
    [InlineData("\"absent\"")]
    [InlineData("\"../fake-run\"")]
    [InlineData("\"FAKE-RUN\"")]
    public async Task Absent_run_is_a_fault_and_the_connection_stays(string id)
    {
        await using var page = await Page.OpenAsync(server.Url(), $$"""{ "run": {{id}} }""");

        Assert.Equal("There is no such run. GET api/training-sessions lists the runs.", await page.NextFaultAsync());
        await page.ViewAsync("""{ "run": "fake-run" }""");
        Assert.Equal("fake-run", (string?)(await page.NextFrameAsync())["session_id"]);
    }

    [Fact]
    public async Task Frames_at_any_pace_add_up_to_what_the_run_says()
    {
        var random = new CsCheck.PCG(7);
        await using var page = await Page.OpenAsync(server.Url(), """{ "interval_ms": 100, "points": 50 }""");
        await page.NextViewAsync();

        for (var round = 0; round < 12; round++)
        {
            run.Add(Enumerable.Range(0, 1 + (int)(random.Next() % 400)).Select(k => -(double)(k % 7)));
            await page.NextViewAsync($"round {round}");
        }

        var expected = run.MetricBuckets(1, long.MaxValue, 50);
        Assert.Equal(expected.Select(b => b.Start), page.Points.Keys);
        Assert.Equal(expected.Select(b => b.Count), page.Points.Values.Select(p => (long)JsonNode.Parse(p)![6]!));
        Assert.Equal(expected.Select(b => b.Mean), page.Points.Values.Select(p => (double)JsonNode.Parse(p)![4]!),
            (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.Equal(run.Status().Episodes, page.Rows.Keys.Last());
    }

    /// <summary>No timer of it ever ends.</summary>
    sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new StillTimer();
    }
}
