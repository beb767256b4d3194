using System.Net.Sockets;
using System.Text;

namespace GridWorld.Tests;

public sealed class LobbyTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100, "")]
    [InlineData(300, "")]
    [InlineData(300, "GET / HTTP/1.1\r\nHost:")]
    public async Task Strangers_who_hold_connections_open_do_not_lock_the_owner_out(int sockets, string says)
    {
        await using var server = WidgetServer.Start(ServerFixture.Options(new() { KeepAlive = TimeSpan.FromMinutes(5) }));
        var token = ServerFixture.TokenOf(server.Url());
        using var kept = await RawHttp.ConnectAsync(server.Port, Stop);
        Assert.Equal(200, await StatusAsync(kept, server.Port, token));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var strangers = Enumerable.Range(0, sockets).Select(_ => new Stranger(server.Port, says)).ToList();
        var held = strangers.Select(stranger => stranger.HoldAsync(over.Token)).ToList();
        await Task.WhenAll(strangers.Select(stranger => stranger.Connected));

        for (var k = 0; k < 20; k++)
        {
            using var client = await RawHttp.ConnectAsync(server.Port, Stop);
            Assert.Equal(200, await StatusAsync(client, server.Port, token));
        }

        Assert.Equal(200, await StatusAsync(kept, server.Port, token));
        await using (var page = await Page.OpenAsync(server.Url()))
            await page.ViewAsync("{}");
        await over.CancelAsync();
        await Task.WhenAll(held);
    }

    [Fact]
    public async Task Oldest_stranger_makes_room_for_the_next()
    {
        await using var server = WidgetServer.Start(
            ServerFixture.Options(new() { Strangers = 2, HeaderTimeout = TimeSpan.FromMinutes(5) }));
        using var first = await RawHttp.ConnectAsync(server.Port, Stop);
        using TcpClient second = await RawHttp.ConnectAsync(server.Port, Stop), third = await RawHttp.ConnectAsync(server.Port, Stop);

        Assert.Equal("", (await RawHttp.ReadAsync(first, Stop)).Whole);
        Assert.Equal(200, await StatusAsync(second, server.Port, ServerFixture.TokenOf(server.Url())));
        Assert.Equal(200, await StatusAsync(third, server.Port, ServerFixture.TokenOf(server.Url())));
    }

    [Fact]
    public async Task Stranger_who_says_nothing_is_shown_out_after_the_time_for_a_header()
    {
        await using var server = WidgetServer.Start(
            ServerFixture.Options(new() { HeaderTimeout = TimeSpan.FromMilliseconds(100), KeepAlive = TimeSpan.FromMinutes(5) }));
        using var client = await RawHttp.ConnectAsync(server.Port, Stop);

        Assert.Equal("", (await RawHttp.ReadAsync(client, Stop)).Whole);
    }

    [Fact]
    public async Task Connections_with_a_token_beyond_the_limit_are_told_so()
    {
        await using var server = WidgetServer.Start(ServerFixture.Options(new() { Connections = 2 }));
        var token = ServerFixture.TokenOf(server.Url());
        using TcpClient first = await RawHttp.ConnectAsync(server.Port, Stop), second = await RawHttp.ConnectAsync(server.Port, Stop),
            third = await RawHttp.ConnectAsync(server.Port, Stop);

        Assert.Equal((200, 200, 503),
            (await StatusAsync(first, server.Port, token), await StatusAsync(second, server.Port, token),
            await StatusAsync(third, server.Port, token)));
        Assert.Equal(200, await StatusAsync(second, server.Port, token));
    }

    static async Task<int> StatusAsync(TcpClient client, int port, string token)
    {
        await RawHttp.TrySendAsync(client,
            Encoding.Latin1.GetBytes(
                $"GET /api/training-sessions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n"), Stop);
        return (await RawHttp.ReadAsync(client, Stop)).Status;
    }

    /// <summary>Connects, says what it has to say, and connects again as soon as it is shown out.</summary>
    sealed class Stranger(int port, string says)
    {
        readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Connected => connected.Task;

        public async Task HoldAsync(CancellationToken over)
        {
            var rest = new byte[1024];
            while (!over.IsCancellationRequested)
            {
                try
                {
                    using var client = await RawHttp.ConnectAsync(port, over);
                    await RawHttp.TrySendAsync(client, Encoding.Latin1.GetBytes(says), over);
                    connected.TrySetResult();
                    while (await client.GetStream().ReadAsync(rest, over) > 0)
                    {
                    }
                }
                catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
                {
                    // Shown out, or over.
                }
            }
        }
    }
}
