using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GridWorld.Tests;

/// <summary>Claims about the whole surface, so that an address added later is bound by them too.</summary>
public sealed class EveryReplyTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Every_address_is_on_the_anonymous_list_or_refuses_without_the_token()
    {
        var anonymous = server.Server.Routes.All.Where(r => r.Scope == Scope.Anonymous).Select(r => r.Path).Order();

        Assert.Equal(["/", "/assets/widget.css", "/assets/widget.js", "/hello"], anonymous);
        foreach (var route in server.Server.Routes.All.Where(r => r.Scope != Scope.Anonymous))
            Assert.Equal(401,
                (await server.Send(route.Method, route.Path.Replace("*", "x"), "Content-Type: application/json",
                route.Method == "POST" ? "{}" : "")).Status);
    }

    [Fact]
    public async Task Every_endpoint_that_asp_net_knows_refuses_without_the_token()
    {
        var endpoints = server.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        Assert.Equal(["/hub/training", "/hub/training/negotiate"], endpoints.Select(e => e.RoutePattern.RawText).Distinct().Order());
        foreach (var endpoint in endpoints)
            foreach (var method in new[] { "GET", "POST" })
                Assert.Equal(401, (await server.Send(method, endpoint.RoutePattern.RawText!)).Status);
    }

    [Fact]
    public void What_changes_something_is_a_post_and_needs_control()
    {
        Assert.All(server.Server.Routes.All,
            route => Assert.Equal(route.Method == "POST" && !route.Path.StartsWith(Access.Hub), route.Scope == Scope.Control));
    }

    [Fact]
    public async Task Get_of_an_address_that_acts_is_refused()
    {
        foreach (var route in server.Server.Routes.All.Where(r => r.Scope == Scope.Control
            && !server.Server.Routes.All.Any(o => o.Method == "GET" && o.Path == r.Path)))
            Assert.Equal(405, (await server.Send("GET", route.Path.Replace("*", "x"), "Authorization: Bearer TOKEN")).Status);
    }

    public static TheoryData<string, string, string, int> Kinds => new()
    {
        { "GET", "/", "", 200 },
        { "GET", "/assets/widget.js", "", 200 },
        { "GET", "/hello", "", 200 },
        { "GET", "/api/training-sessions", "Authorization: Bearer TOKEN", 200 },
        { "GET", "/hello", "Host: evil.com", 400 },
        { "GET", "/hub/training", "Authorization: Bearer TOKEN", 400 },
        { "GET", "/api/training-sessions", "", 401 },
        { "GET", "/hello", "Origin: https://evil.com", 403 },
        { "POST", "/api/training-session/x/stop", "Authorization: Bearer VIEW", 403 },
        { "GET", "/nothing", "", 404 },
        { "DELETE", "/", "", 405 },
        { "POST", "/hub/training/negotiate?negotiateVersion=1", "Authorization: Bearer TOKEN", 200 },
    };

    [Theory, MemberData(nameof(Kinds))]
    public async Task Every_kind_of_reply_has_all_headers(string method, string target, string headers, int status)
    {
        var reply = headers.StartsWith("Host:")
            ? await RawHttp.SendAsync(server.Port, $"{method} {target} HTTP/1.1\r\n{server.Fill(headers)}\r\n",
            TestContext.Current.CancellationToken)
            : await server.Send(method, target, headers);

        Assert.Equal(status, reply.Status);
        AssertHeaders(reply);
    }

    [Fact]
    public async Task Opened_socket_has_all_headers()
    {
        var reply = await server.Upgrade("/hub/training?access_token=TOKEN", "");

        Assert.Equal(101, reply.Status);
        AssertHeaders(reply);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task No_reply_holds_a_token(string method, string target, string headers, int status)
    {
        var reply = await server.Send(method, target, headers.StartsWith("Host:") ? "" : headers);

        Assert.DoesNotContain(server.Token, reply.Whole);
        Assert.DoesNotContain(server.ViewToken, reply.Whole);
        Assert.True(status > 0);
    }

    [Fact]
    public void No_object_prints_its_token()
    {
        var options = ServerFixture.Options(token: server.Token);

        foreach (var thing in new object[] { server.Server, options, Tokens.Given(server.Token), options.Limits })
            Assert.DoesNotContain(server.Token, thing.ToString());
    }

    static void AssertHeaders(RawReply reply)
    {
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self';"
            + " base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'self' vscode-webview: vscode-file: http://127.0.0.1:* http://localhost:*",
            reply["Content-Security-Policy"]);
        Assert.Equal("nosniff", reply["X-Content-Type-Options"]);
        Assert.Equal("no-referrer", reply["Referrer-Policy"]);
        Assert.Equal("same-origin", reply["Cross-Origin-Resource-Policy"]);
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Equal("", reply["Server"]);
    }
}
