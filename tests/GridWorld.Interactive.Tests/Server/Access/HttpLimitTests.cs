using System.Net.Sockets;
using System.Text;

namespace GridWorld.Tests;

public sealed class HttpLimitTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("TRACE", "/")]
    [InlineData("PUT", "/")]
    [InlineData("DELETE", "/api/training-sessions")]
    [InlineData("PATCH", "/hub/training")]
    [InlineData("HEAD", "/")]
    [InlineData("OPTIONS", "/hello")]
    [InlineData("POST", "/")]
    [InlineData("POST", "/assets/widget.js")]
    [InlineData("PROPFIND", "/")]
    public async Task Method_without_a_use_here_is_refused(string method, string target)
    {
        var reply = await server.Send(method, target, "Authorization: Bearer TOKEN");

        Assert.Equal(405, reply.Status);
    }

    [Fact]
    public async Task Tunnel_is_refused()
    {
        var reply = await RawHttp.SendAsync(server.Port, server.Fill("CONNECT 127.0.0.1:PORT HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"),
            TestContext.Current.CancellationToken);

        Assert.Equal(405, reply.Status);
    }

    [Theory]
    [InlineData("POST", "/api/training-sessions")]
    [InlineData("GET", "/")]
    public async Task Endless_body_ends_the_connection(string method, string target)
    {
        using var client = await RawHttp.ConnectAsync(server.Port, TestContext.Current.CancellationToken);
        await RawHttp.TrySendAsync(client,
            Encoding.Latin1.GetBytes(
                server.Fill($"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer TOKEN\r\nContent-Type:"
                + " application/json\r\nTransfer-Encoding: chunked\r\n\r\n")), TestContext.Current.CancellationToken);
        var chunk = Encoding.Latin1.GetBytes("1000\r\n" + new string(' ', 4096) + "\r\n");

        long sent = 0;
        while (sent < 64_000_000 && await RawHttp.TrySendAsync(client, chunk, TestContext.Current.CancellationToken))
            sent += chunk.Length;

        Assert.InRange(sent, 0, 32_000_000);
    }

    [Fact]
    public async Task Body_over_64_kilobytes_is_refused()
    {
        var reply = await server.Send("POST", "/api/training-session/x/hyperparameters",
            "Authorization: Bearer TOKEN\r\nContent-Type: application/json", new string(' ', 64 * 1024 + 1));

        Assert.Equal(413, reply.Status);
    }

    [Theory]
    [InlineData(1, 64 * 1024)]
    [InlineData(500, 10)]
    [InlineData(60, 10)]
    public async Task Too_much_header_is_refused(int count, int length)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(k => $"X-{k}: {new string('x', length)}\r\n"));

        Assert.Equal(431, (await server.Send("GET", "/", headers)).Status);
    }

    [Fact]
    public async Task Change_to_http_2_is_ignored()
    {
        var reply = await RawHttp.SendAsync(server.Port,
            server.Fill("GET /hello HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade:"
            + " h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"), TestContext.Current.CancellationToken);

        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task Slow_headers_are_cut_off()
    {
        using var client = await RawHttp.ConnectAsync(server.Port, TestContext.Current.CancellationToken);
        await RawHttp.TrySendAsync(client, "GET / HTTP/1.1\r\nHost:"u8.ToArray(), TestContext.Current.CancellationToken);
        var reply = await RawHttp.ReadAsync(client, TestContext.Current.CancellationToken);

        Assert.Contains(reply.Status, new[] { 0, 408 });
        Assert.Equal(TimeSpan.FromSeconds(3), new ServerLimits().HeaderTimeout);
    }

    [Fact]
    public async Task Body_that_is_not_json_is_told_so()
    {
        var reply = await server.Send("POST", "/api/training-sessions",
            "Authorization: Bearer TOKEN\r\nContent-Type: application/x-www-form-urlencoded", "a=b");

        Assert.Contains(reply.Status, new[] { 405, 415 });
    }

    [Fact]
    public async Task Address_of_the_machine_in_its_network_does_not_answer()
    {
        var addresses = System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !System.Net.IPAddress.IsLoopback(address))
            .ToList();
        Assert.SkipWhen(addresses.Count == 0, "This machine has no address besides loopback.");

        foreach (var address in addresses)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(address, server.Port,
                TestContext.Current.CancellationToken).AsTask());
        }
    }
}
