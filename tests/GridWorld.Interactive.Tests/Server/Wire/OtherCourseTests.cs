using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>A page watches a run of the server.Store, which somebody else takes back to a checkpoint and trains on from there.</summary>
public sealed class OtherCourseTests : IAsyncDisposable
{
    readonly StoreServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Page_shows_the_run_as_it_is_now_and_nothing_of_the_abandoned_course()
    {
        var run = Worlds.CliffWalking().Train(new QLearning(), 100, options: new() { Store = server.Store });
        await EndOf(run);
        run.SaveCheckpoint("hundred");
        run.Continue(200);
        await EndOf(run);
        await using var page = await Page.OpenAsync(server.Url(), """{ "interval_ms": 100, "map": { "layer": "value" } }""");
        await page.NextViewAsync();
        Assert.Equal(300, page.Rows.Keys.Last());

        var other = Run.Resume(run.Id, server.Store, null, "hundred", new() { Store = server.Store, StartPaused = true });
        while (page.Rows.Keys.LastOrDefault() != 100)
            await page.NextViewAsync("the run as it was after episode 100");
        Assert.Equal(100, page.Points.Keys.Last());
        other.Set(epsilon: 0.9);
        other.Resume();
        await EndOf(other);
        while (page.Rows.Keys.LastOrDefault() != 300 || page.Status != "completed")
            await page.NextViewAsync("the new course up to episode 300");

        var file = Run.Open(run.Id, server.Store);
        Assert.Equal(file.RawEpisodes(1, 300).Select(e => (e.Episode, e.Return, e.Length, e.Epsilon)), page.Rows.Values.Select(Row));
        Assert.Equal(file.MetricBuckets(1, long.MaxValue, 1000).Select(b => b.Mean),
            page.Points.Values.Select(point => (double)JsonNode.Parse(point)![4]!));
        Assert.Equal(file.EventLog.Select(e => (e.Seq, e.Word)), page.Events.Values.Select(e => JsonNode.Parse(e)!)
            .Select(e => ((long)e["seq"]!, (string)e["event"]!)));
    }

    [Fact]
    public async Task File_that_goes_away_for_a_moment_is_told_of_and_read_again()
    {
        var run = Worlds.CliffWalking().Train(new QLearning(), 100, options: new() { Store = server.Store });
        await EndOf(run);
        var (file, away) = (Path.Combine(server.Store, run.Id + ".run.db"), Path.Combine(server.Store, "away"));
        await using var page = await Page.OpenAsync(server.Url(readOnly: true), """{ "interval_ms": 100 }""");
        await page.NextViewAsync();

        File.Move(file, away);
        var fault = await page.NextFaultAsync();
        File.Move(away, file);
        var frame = await page.NextFrameAsync("the view after the file came back");

        Assert.Contains("tries again every second", fault);
        Assert.DoesNotContain(server.Store, fault);
        Assert.Null(frame["base"]);
    }

    static Task EndOf(Run run) => run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);

    static (long, double, int, double) Row(string json) =>
        JsonNode.Parse(json)!.AsArray() is var row ? ((long)row[0]!, (double)row[1]!, (int)row[2]!, (double)row[4]!) : default;
}
