using System.Text;

namespace GridWorld.Tests;

/// <summary>What is measured for the whole process runs while nothing else does.</summary>
[Collection(nameof(WholeProcess))]
public sealed class EnduranceTests
{
    [Theory]
    [InlineData(33 * 1024)]
    [InlineData(100 * 1024 * 1024)]
    public async Task Message_over_32_kilobytes_closes_the_connection(int bytes)
    {
        await using var server = new ServerFixture();
        using var hub = await RawHub.ConnectAsync(server);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var part = Encoding.ASCII.GetBytes(new string('a', Math.Min(bytes, 1024 * 1024)));

        for (var sent = 0; sent < bytes && await hub.SendAsync(part, endOfMessage: sent + part.Length >= bytes); sent += part.Length)
        {
        }

        await hub.ReadToCloseAsync();
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, -100_000_000, 8_000_000);
    }

    [Fact]
    public async Task Reader_that_never_reads_is_dropped_while_training_goes_on()
    {
        await using var server = WidgetServer.Start(ServerFixture.Options(new() { AckTimeout = TimeSpan.FromMilliseconds(300) }));
        var run = Worlds.CliffWalking().Train(new QLearning(), episodes: null, options: RunOptions.InMemory);
        server.Register(run);
        using var silent = await RawHttp.ConnectAsync(server.Port, TestContext.Current.CancellationToken);
        await SendAsync(silent,
            $"GET /hub/training?access_token={ServerFixture.TokenOf(server.Url())} HTTP/1.1\r\nHost:"
            + $" 127.0.0.1:{server.Port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version:"
            + " 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.Equal(101, (await RawHttp.ReadAsync(silent, TestContext.Current.CancellationToken)).Status);
        var before = run.Steps;

        await silent.GetStream().WriteAsync(Masked(RawHub.Handshake), TestContext.Current.CancellationToken);
        await silent.GetStream()
            .WriteAsync(Masked($$"""{"type":1,"target":"View","arguments":[{"interval_ms":100}]}{{RawHub.End}}"""),
            TestContext.Current.CancellationToken);
        var told = await RawHttp.ReadAsync(silent, TestContext.Current.CancellationToken); // Ends when the server closes.

        Assert.DoesNotContain("\"seq\":2", told.Whole);
        Assert.True(run.Steps > before);
        Assert.Equal(RunState.Training, run.State);
        run.Stop();
        await run.Completion;
    }

    [Fact]
    public async Task After_all_kinds_of_abuse_training_runs_and_memory_is_back()
    {
        await using var live = new LiveFixture();
        await Abuse(live.Fixture, 1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var steps = live.Run.Steps;

        await Abuse(live.Fixture, 20);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 16_000_000);
        Assert.True(live.Run.Steps > steps);
        Assert.Equal(200, (await live.Get("/api/training-session/ID/status")).Status);
        await using var page = await Page.OpenAsync(live.Fixture.Server.Url());
        await page.ViewAsync("{}");
        await page.NextViewAsync();
        Assert.NotEmpty(page.Points);
    }

    static async Task Abuse(ServerFixture server, int rounds)
    {
        for (var k = 0; k < rounds; k++)
        {
            await server.Send("GET", "/api/metrics?points=10000", "Authorization: Bearer TOKEN");
            await server.Send("GET", "/api/metrics", $"Authorization: Bearer {k:D43}");
            await server.Send("POST", "/api/training-session/x/hyperparameters",
                "Authorization: Bearer TOKEN\r\nContent-Type: application/json", new string('[', 60_000));
            await server.Send("GET", "/" + new string('a', 9_000));
            using (var garbage = await RawHub.ConnectAsync(server))
                await garbage.SendAsync(new string('{', 40_000));
            using (var half = await RawHub.ConnectAsync(server))
                await half.SendAsync("{\"type\":1,");
            using (var viewer = await RawHub.ConnectAsync(server))
            {
                await viewer.SendAsync("""{"type":1,"target":"View","arguments":[{"map":{"layer":"value"}}]}""" + RawHub.End);
                await viewer.ReceiveAsync();
            }
        }
    }

    static Task SendAsync(System.Net.Sockets.TcpClient client, string text) =>
        client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken).AsTask();

    // A text frame of under 126 bytes with a mask of zeros.
    static byte[] Masked(string text) => [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];
}
