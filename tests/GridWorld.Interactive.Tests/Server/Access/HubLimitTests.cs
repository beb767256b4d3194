using System.Text;

namespace GridWorld.Tests;

public sealed class HubLimitTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const char End = RawHub.End;

    [Fact]
    public async Task Socket_without_a_handshake_is_closed()
    {
        using var hub = await RawHub.ConnectAsync(server, handshake: false);

        await hub.ReadToCloseAsync();

        Assert.Equal(TimeSpan.FromSeconds(5), new ServerLimits().HandshakeTimeout);
    }

    [Theory]
    [InlineData("""{"protocol":"messagepack","version":1}""", "The protocol 'messagepack' is not supported.")]
    [InlineData("""{"protocol":"json","version":99}""", "The server does not support version 99 of the 'json' protocol.")]
    public async Task Unknown_protocol_is_an_error(string handshake, string error)
    {
        using var hub = await RawHub.ConnectAsync(server, handshake: false);

        await hub.SendAsync(handshake + End);

        Assert.Contains(error, (await hub.ReadToCloseAsync()).Replace("\\u0027", "'"));
    }

    [Theory]
    [InlineData("garbage\u001e")]
    [InlineData("\u001e")]
    [InlineData("{\"type\":1,\"target\":\u001e")]
    [InlineData("{\"type\":\"one\"}\u001e")]
    [InlineData("[[[[[[[[\u001e")]
    public async Task Garbage_closes_the_connection(string message)
    {
        using var hub = await RawHub.ConnectAsync(server);

        await hub.SendAsync(message);

        await hub.ReadToCloseAsync();
    }

    [Theory]
    [InlineData("Nothing", "[]")]
    [InlineData("ToString", "[]")]
    [InlineData("Dispose", "[]")]
    [InlineData("GetHashCode", "[]")]
    [InlineData("OnConnectedAsync", "[]")]
    [InlineData("set_Context", "[null]")]
    [InlineData("Ack", "[]")]
    [InlineData("Ack", "[1,2,3]")]
    [InlineData("Ack", "[\"one\"]")]
    [InlineData("Ack", "[1e999]")]
    [InlineData("View", "[{},{}]")]
    public async Task Call_that_does_not_fit_is_an_error_without_detail(string method, string arguments)
    {
        using var hub = await RawHub.ConnectAsync(server);

        await hub.SendAsync($$"""{"type":1,"invocationId":"7","target":"{{method}}","arguments":{{arguments}}}{{End}}""");
        var answer = await hub.ReceiveAsync();

        Assert.Contains("\"error\"", answer);
        Assert.DoesNotContain("System.", answer);
        Assert.DoesNotContain("GridWorld", answer);
        Assert.DoesNotContain("   at ", answer);
    }

    [Theory]
    [InlineData("""{"type":1,"target":"Ack","arguments":[1]}""")]
    [InlineData("""{"type":1,"target":"Nothing","arguments":[]}""")]
    [InlineData("""{"type":6}""")]
    public async Task Flood_of_calls_ends_the_connection(string message)
    {
        using var hub = await RawHub.ConnectAsync(server);
        var ten = string.Concat(Enumerable.Repeat(message + End, 10));

        var sent = 0;
        while (sent < 10_000 && await hub.SendAsync(ten))
            sent += 10;
        await hub.ReadToCloseAsync();

        Assert.Equal(200, (await server.Send("GET", "/api/training-sessions", "Authorization: Bearer TOKEN")).Status);
    }

    [Theory]
    [InlineData("""{"type":4,"invocationId":"N","target":"View","arguments":[{}]}""")]
    [InlineData("""{"type":1,"invocationId":"N","target":"View","arguments":[{}],"streamIds":["sN"]}""")]
    public async Task Streams_are_refused(string message)
    {
        using var hub = await RawHub.ConnectAsync(server);

        for (var k = 0; k < 5; k++)
        {
            await hub.SendAsync(message.Replace("N", k.ToString()) + End);
            Assert.Contains("\"error\"", await hub.ReceiveAsync());
        }
    }

    [Fact]
    public async Task Two_hundred_sockets_leave_at_most_32_and_a_word_for_the_rest()
    {
        await using var busy = new ServerFixture();
        var clients = new List<System.Net.Sockets.TcpClient>();
        var statuses = new List<int>();
        for (var k = 0; k < 200; k++)
        {
            var client = await RawHttp.ConnectAsync(busy.Port, TestContext.Current.CancellationToken);
            clients.Add(client);
            await RawHttp.TrySendAsync(client,
                Encoding.Latin1.GetBytes(
                    busy.Fill($"GET /hub/training?access_token=TOKEN HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection:"
                    + " Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key:"
                    + " dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")), TestContext.Current.CancellationToken);
            statuses.Add((await RawHttp.ReadAsync(client, TestContext.Current.CancellationToken)).Status);
        }

        var open = statuses.Count(s => s == 101);
        foreach (var client in clients)
            client.Dispose();

        Assert.Equal(32, open);
        Assert.Contains(503, statuses);
        Assert.DoesNotContain(500, statuses);
    }

    [Theory]
    [InlineData("GET", "/hub/training", "Accept: text/event-stream")]
    [InlineData("GET", "/hub/training?transport=longPolling", "")]
    [InlineData("POST", "/hub/training", "")]
    public async Task Other_transports_are_refused(string method, string target, string headers)
    {
        var reply = await server.Send(method, target, "Authorization: Bearer TOKEN\r\n" + headers);

        Assert.InRange(reply.Status, 400, 405);
    }

    [Fact]
    public async Task Hundred_reconnects_leave_the_server_alive()
    {
        for (var k = 0; k < 100; k++)
        {
            using var hub = await RawHub.ConnectAsync(server);
        }

        using var last = await RawHub.ConnectAsync(server);
        await last.SendAsync($$"""{"type":1,"invocationId":"7","target":"Nothing","arguments":[]}{{End}}""");
        Assert.Contains("\"error\"", await last.ReceiveAsync());
    }
}
