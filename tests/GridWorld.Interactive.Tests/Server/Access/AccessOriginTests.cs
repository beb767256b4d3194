namespace GridWorld.Tests;

public sealed class AccessOriginTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const string WithToken = "/hub/training?access_token=TOKEN";

    [Theory]
    [InlineData("https://evil.com")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost:8888")]
    [InlineData("http://127.0.0.1.evil.com:PORT")]
    [InlineData("http://127.0.0.1:PORT.evil.com")]
    [InlineData("https://127.0.0.1:PORT")]
    [InlineData("vscode-webview://abc")]
    public async Task Foreign_origin_gets_no_socket_though_it_has_the_token(string origin)
    {
        var reply = await server.Upgrade(WithToken, $"Origin: {origin}");

        Assert.True(reply.Status == 403, reply.Whole);
    }

    [Fact]
    public async Task Two_origins_are_refused()
    {
        var reply = await server.Upgrade(WithToken, "Origin: http://127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:PORT");

        Assert.Equal(403, reply.Status);
    }

    [Theory]
    [InlineData("/hub/training", "", 401)]
    [InlineData(WithToken, "", 101)]
    [InlineData(WithToken, "Origin: http://127.0.0.1:PORT", 101)]
    [InlineData(WithToken, "Origin: http://localhost:PORT", 101)]
    [InlineData("/hub/training?access_token=VIEW", "", 101)]
    [InlineData("/hub/training", "Authorization: Bearer TOKEN", 101)]
    public async Task Socket_without_foreign_origin_needs_only_the_token(string target, string headers, int status)
    {
        var reply = await server.Upgrade(target, headers);

        Assert.True(reply.Status == status, reply.Whole);
    }

    [Theory]
    [InlineData("vscode-webview://abc-123")]
    [InlineData("http://localhost:8888")]
    [InlineData("http://127.0.0.1:8888")]
    public async Task Notebook_page_may_ask_who_we_are(string origin)
    {
        var reply = await server.Send("GET", "/hello", $"Origin: {origin}");

        Assert.Equal(200, reply.Status);
        Assert.Equal(origin, reply["Access-Control-Allow-Origin"]);
        Assert.Equal("Origin", reply["Vary"]);
        Assert.Equal("", reply["Access-Control-Allow-Credentials"]);
        Assert.Equal($$"""{"instance":"{{server.Server.Instance}}","version":"{{(global::GridWorld.Telemetry.Version)}}"}""", reply.Body);
    }

    [Theory]
    [InlineData("GET", "/hello", "https://evil.com")]
    [InlineData("GET", "/hello", "null")]
    [InlineData("GET", "/hello", "http://localhost:8888.evil.com")]
    [InlineData("GET", "/hello", "http://localhost:")]
    [InlineData("GET", "/hello", "http://localhost.evil.com:80")]
    [InlineData("GET", "/hello", "http://1.2.3.4")]
    [InlineData("GET", "/hello", "vscode-webview://")]
    [InlineData("GET", "/hello", "vscode-webview://a@b")]
    [InlineData("GET", "/", "http://localhost:8888")]
    [InlineData("GET", "/assets/widget.js", "https://evil.com")]
    [InlineData("POST", "/hello", "http://localhost:8888")]
    [InlineData("OPTIONS", "/api/training-sessions", "https://evil.com")]
    [InlineData("OPTIONS", "/hello", "http://localhost:8888")]
    [InlineData("POST", "/api/training-session/x/stop", "https://evil.com")]
    [InlineData("POST", "/api/training-session/x/stop", "null")]
    public async Task Foreign_origin_is_refused_and_told_no_allowance(string method, string target, string origin)
    {
        var reply = await server.Send(method, target,
            $"Origin: {origin}\r\nAuthorization: Bearer TOKEN\r\nAccess-Control-Request-Method: POST");

        Assert.Equal(403, reply.Status);
        Assert.DoesNotContain("Access-Control", reply.Whole);
    }

    [Theory]
    [InlineData("Origin: https://evil.com\r\nContent-Type: text/plain", 403)]
    [InlineData("Content-Type: text/plain", 401)]
    [InlineData("Origin: https://evil.com\r\nContent-Type: application/x-www-form-urlencoded", 403)]
    public async Task Post_of_a_stranger_is_refused(string headers, int status)
    {
        var reply = await server.Send("POST", "/api/training-session/x/stop", headers, "{}");

        Assert.True(reply.Status == status, reply.Whole);
    }

    [Fact]
    public async Task Cross_site_request_without_the_token_is_refused()
    {
        var reply = await server.Send("GET", "/api/training-sessions", "Sec-Fetch-Site: cross-site");

        Assert.Equal(401, reply.Status);
    }

    [Theory]
    [InlineData("/assets/widget.js")]
    [InlineData("/hello")]
    [InlineData("/")]
    public async Task Other_sites_may_not_embed_what_is_anonymous(string target)
    {
        var reply = await server.Send("GET", target, "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors");

        Assert.Equal("same-origin", reply["Cross-Origin-Resource-Policy"]);
        Assert.DoesNotContain(server.Token, reply.Whole);
    }
}
