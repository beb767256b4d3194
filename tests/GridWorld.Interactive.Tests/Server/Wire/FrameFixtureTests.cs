using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>One frame that the widget's tests read too: both sides hold to the same words.</summary>
public sealed class FrameFixtureTests
{
    static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Frame_is_the_one_that_the_widget_is_tested_with()
    {
        var run = new FakeRun(Worlds.CliffWalking(), "cliff-walking-fixture1");
        run.Add([-13, -117.5, double.NegativeInfinity]);
        run.Add(new RunEvent(1, run.Id, 0, RunEventKind.RunStarted, Noon));
        run.Add(new RunEvent(2, run.Id, 2, RunEventKind.ParamChange, Noon, "epsilon", "0.1", "0.05"));
        run.Add(new RunEvent(3, run.Id, 3, RunEventKind.Checkpoint, Noon, Message: "before cooling"));
        run.Learn(pair => -pair / 4.0);

        var composer = new ViewComposer(new WatchedRun(run), new ViewRequest { Map = new("value", 0, 0, 12, 4) }, canControl: true);
        var frame = FramePacker.Frame("0123456789abcdef", composer.SessionId, null, 1, null, more: false, composer.Compose(out _));

        var file = Repository.At("GridWorld.Interactive", "widget", "test", "fixtures", "frame.json");
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        Assert.Equal(expected.ToJsonString(), JsonNode.Parse(frame.Utf8.Span)!.ToJsonString());
    }
}
