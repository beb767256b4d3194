namespace GridWorld.Tests;

public sealed class AccessHostTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("Host: evil.com")]
    [InlineData("Host: evil.com:PORT\r\nAuthorization: Bearer TOKEN")]
    [InlineData("Host: 0.0.0.0:PORT")]
    [InlineData("Host: localhost.")]
    [InlineData("Host: localhost.:PORT")]
    [InlineData("Host: 127.0.0.1.nip.io:PORT")]
    [InlineData("Host: 127.1:PORT")]
    [InlineData("Host: 2130706433:PORT")]
    [InlineData("Host: 127.0.0.1")]
    [InlineData("Host: 127.0.0.1:1")]
    [InlineData("Host: LOCALHOST:PORT")]
    public async Task Foreign_host_is_refused_with_an_empty_body(string headers)
    {
        var reply = await Get("/", headers);

        Assert.True(reply.Status == 400, reply.Whole);
        Assert.Equal("", reply.Body);
    }

    [Theory]
    [InlineData("Host: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT")]
    [InlineData("Host: 127.0.0.1:PORT\r\nHost: evil.com")]
    [InlineData("Host: localhost@evil.com")]
    [InlineData("Host: 127.0.0.1:PORT@evil.com")]
    [InlineData("Host: 127.0.0.1:PORT\rX: y")]
    [InlineData("Host: 127.0.0.1:PORT\t.evil.com")]
    [InlineData("Host: 127.0.0.1:PORT\0")]
    [InlineData("Host: 127.0.0.1:PORT\u00e9")]
    [InlineData("Host: \u00e9vil.com:PORT")]
    public async Task Malformed_host_is_refused(string headers)
    {
        var reply = await Get("/", headers);

        Assert.True(reply.Status == 400, reply.Whole);
    }

    [Fact]
    public async Task Missing_host_of_an_old_client_is_refused()
    {
        var reply = await RawHttp.SendAsync(server.Port, "GET / HTTP/1.0\r\n\r\n", TestContext.Current.CancellationToken);

        Assert.Equal(400, reply.Status);
        Assert.Equal("", reply.Body);
    }

    [Fact]
    public async Task Whole_address_of_another_host_as_target_is_refused()
    {
        var reply = await Get("http://evil.com/", "Host: 127.0.0.1:PORT");

        Assert.Equal(400, reply.Status);
    }

    [Theory]
    [InlineData("Host: 127.0.0.1:PORT\r\nX-Forwarded-Host: evil.com\r\nForwarded: host=evil.com\r\nX-Forwarded-For: 1.2.3.4")]
    [InlineData("Host: localhost:PORT")]
    [InlineData("Host: [::1]:PORT")]
    public async Task Own_host_is_served_whatever_proxies_say(string headers)
    {
        var reply = await Get("/hello", headers);

        Assert.Equal(200, reply.Status);
        Assert.Contains(server.Server.Instance, reply.Body);
    }

    [Fact]
    public async Task Configured_host_is_served()
    {
        await using var proxied = WidgetServer.Start(new() { Assets = ServerFixture.Page, Hosts = ["hub.example.org:8443"] });

        var reply = await RawHttp.SendAsync(proxied.Port, "GET /hello HTTP/1.1\r\nHost: hub.example.org:8443\r\n\r\n",
            TestContext.Current.CancellationToken);

        Assert.Equal(200, reply.Status);
    }

    Task<RawReply> Get(string target, string headers) =>
        RawHttp.SendAsync(server.Port, $"GET {target} HTTP/1.1\r\n{server.Fill(headers)}Connection: close\r\n\r\n",
        TestContext.Current.CancellationToken);
}
