using System.Diagnostics;

namespace GridWorld.Tests;

[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;

/// <summary>What the server does to the process it lives in: nothing that shows.</summary>
[Collection(nameof(WholeProcess))]
public sealed class ProcessTests
{
    [Fact]
    public async Task Nothing_is_ever_written_to_the_console()
    {
        var (output, error) = (Console.Out, Console.Error);
        using var written = new StringWriter();
        Console.SetOut(written);
        Console.SetError(written);
        try
        {
            await using var server = new ServerFixture();
            server.Server.Register(new FakeRun(Worlds.CliffWalking()));
            await server.Send("GET", "/");
            await server.Send("GET", "/api/metrics", "Authorization: Bearer wrong");
            await server.Send("POST", "/api/training-session/fake-run/stop", "Authorization: Bearer TOKEN", "{");
            using (var hub = await RawHub.ConnectAsync(server))
                await hub.SendAsync("garbage");
            await using var page = await Page.OpenAsync(server.Server.Url(), "{}");
            await page.NextViewAsync();
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        Assert.Equal("", written.ToString());
    }

    [Fact]
    public async Task No_diagnostic_event_carries_the_token()
    {
        var said = new List<string>();
        using var activities = new ActivityListener { ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
                { lock (said) said.Add(string.Join(' ', activity.DisplayName,
                    string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")))); } };
        ActivitySource.AddActivityListener(activities);
        await using var server = new ServerFixture();

        await server.Send("GET", "/api/training-sessions", "Authorization: Bearer TOKEN");
        using (var hub = await RawHub.ConnectAsync(server))
            await hub.SendAsync($$"""{"type":1,"invocationId":"1","target":"Ack","arguments":[1]}{{RawHub.End}}""");

        lock (said)
            Assert.DoesNotContain(said, text => text.Contains(server.Token));
    }

    [Fact]
    public async Task Process_has_one_server_and_a_new_one_after_disposal()
    {
        WidgetServer.DefaultOptions = ServerFixture.Options();
        var first = WidgetServer.Default;
        Assert.Same(first, WidgetServer.Default);
        await first.DisposeAsync();

        var second = WidgetServer.Default;
        Assert.NotEqual(first.Instance, second.Instance);
        await second.DisposeAsync();
        WidgetServer.DefaultOptions = new();
    }

    [Fact]
    public async Task Server_leaves_the_process_its_own_signals()
    {
        // The host's console lifetime would register handlers for SIGTERM and SIGINT; ours does nothing.
        await using var server = new ServerFixture();

        Assert.IsType<NoLifetime>(server.Server.Services.GetService(typeof(Microsoft.Extensions.Hosting.IHostLifetime)));
    }
}
