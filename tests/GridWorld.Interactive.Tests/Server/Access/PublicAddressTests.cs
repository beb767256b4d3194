using System.Net;

namespace GridWorld.Tests;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("GRIDWORLD_PUBLIC_URL=https://example.org/a/{{port}}/", "https://example.org/a/41277/", "example.org",
        "https://example.org", true)]
    [InlineData("GRIDWORLD_PUBLIC_URL=http://box:8080", "http://box:8080/", "box:8080", "http://box:8080", true)]
    [InlineData("GRIDWORLD_PUBLIC_URL=https://hub.example.org JUPYTERHUB_SERVICE_PREFIX=/user/ann/",
        "https://hub.example.org/user/ann/proxy/41277/", "hub.example.org", "https://hub.example.org", true)]
    [InlineData("JUPYTERHUB_PUBLIC_URL=https://hub.example.org/user/ann/ JUPYTERHUB_SERVICE_PREFIX=/user/ann/",
        "https://hub.example.org/user/ann/proxy/41277/", "hub.example.org", "https://hub.example.org", true)]
    [InlineData("CODESPACE_NAME=fluffy-disco GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN=app.github.dev",
        "https://fluffy-disco-41277.app.github.dev/", "fluffy-disco-41277.app.github.dev", "https://fluffy-disco-41277.app.github.dev",
        false)]
    [InlineData("VSCODE_PROXY_URI=https://code.example.org/proxy/{{port}}/", "https://code.example.org/proxy/41277/", "code.example.org",
        "https://code.example.org", false)]
    public void Place_tells_how_the_page_is_reached(string environment, string page, string host, string origin, bool fitsFrame)
    {
        var address = PublicAddress.Of(null, In(environment))!;

        Assert.Equal((page, host, origin, fitsFrame), (address.Page(41277), address.Host(41277), address.Origin(41277), address.FitsFrame));
    }

    [Theory]
    [InlineData("")]
    [InlineData("VSCODE_PROXY_URI=./proxy/{{port}}")]
    [InlineData("CODESPACE_NAME=fluffy-disco")]
    [InlineData("JUPYTERHUB_SERVICE_PREFIX=/user/ann/")]
    public void Place_that_tells_too_little_is_this_machine(string environment) => Assert.Null(PublicAddress.Of(null, In(environment)));

    [Fact]
    public void Hub_without_an_address_is_told_what_to_set()
    {
        Assert.Contains("set GRIDWORLD_PUBLIC_URL", PublicAddress.Hint(In("JUPYTERHUB_SERVICE_PREFIX=/user/ann/")));
        Assert.Null(PublicAddress.Hint(In("JUPYTERHUB_SERVICE_PREFIX=/user/ann/ GRIDWORLD_PUBLIC_URL=https://hub.example.org")));
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("/proxy/{{port}}/")]
    [InlineData("file:///etc")]
    [InlineData("https://user:secret@example.org/")]
    [InlineData("https://example.org/?a=1")]
    [InlineData("https://example.org/#a")]
    public void What_is_not_an_address_is_refused_with_the_way_out(string url)
    {
        var fault = Assert.Throws<InputException>(() => PublicAddress.Of(url, _ => null));

        Assert.Contains("GRIDWORLD_PUBLIC_URL is '", fault.Message);
        Assert.Contains("Use https://HOST/PATH/", fault.Message);
    }

    [Fact]
    public async Task Server_takes_the_host_and_origin_of_its_public_address_and_no_other()
    {
        await using var server = WidgetServer.Start(new() { PublicUrl = "https://hub.example.org/user/ann/proxy/{{port}}/" });

        Assert.StartsWith($"https://hub.example.org/user/ann/proxy/{server.Port}/#", server.PublicUrl());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("hub.example.org", "https://hub.example.org"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("hub.example.org.evil.com", null));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync($"hub.example.org:{server.Port}", null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("hub.example.org", "http://hub.example.org"));

        async Task<HttpStatusCode> StatusAsync(string host, string? origin)
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.Port}/api/training-sessions");
            request.Headers.Host = host;
            request.Headers.Authorization = new("Bearer", server.Url().Split('#')[1]);
            if (origin is not null)
                request.Headers.Add("Origin", origin);
            using var reply = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return reply.StatusCode;
        }
    }

    static Func<string, string?> In(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return name => variables.GetValueOrDefault(name);
    }
}
