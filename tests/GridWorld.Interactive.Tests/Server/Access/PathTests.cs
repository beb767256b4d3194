namespace GridWorld.Tests;

public sealed class PathTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    public static TheoryData<string> Foreign => new()
    {
        "/../../etc/passwd",
        "/assets/../../etc/passwd",
        "/assets/../",
        "/assets/%2e%2e/x",
        "/assets/%2e%2e/",
        "/%2e/",
        "/assets/..%5c..%5cwin.ini",
        "/assets/..\\..\\win.ini",
        "//windows/win.ini",
        "//",
        "/assets/widget.js?raw??",
        "/etc/passwd?raw??",
        "/#x",
        "/assets/widget.js#x",
        "/@fs/etc/passwd?import&raw",
        "/Assets/widget.js",
        "/assets/widget.js/",
        "/assets/",
        "/HELLO",
        "/hello/",
        "/API/training-sessions",
        "/index.html",
        "/" + new string('a', 3_900),
    };

    [Theory, MemberData(nameof(Foreign))]
    public async Task Address_that_is_not_on_the_list_does_not_exist(string target)
    {
        var reply = await server.Send("GET", target);

        Assert.True(reply.Status == 404, reply.Whole);
        Assert.Equal("""{"type":"about:blank","title":"Not found","status":404}""", reply.Body);
    }

    [Theory]
    [InlineData("/api/training-sessions/")]
    [InlineData("/api/Training-sessions")]
    [InlineData("/api/%74raining-sessions")]
    [InlineData("/api/training-session/a/b/status")]
    [InlineData("/api/training-session//status")]
    [InlineData("/hub/training/")]
    [InlineData("/hub/Training")]
    [InlineData("/api/../hello")]
    public async Task The_token_opens_no_other_spelling(string target)
    {
        var reply = await server.Send("GET", target, "Authorization: Bearer TOKEN");

        Assert.Equal(404, reply.Status);
    }

    [Fact]
    public async Task Ten_kilobytes_of_address_are_too_long()
    {
        Assert.Equal(414, (await server.Send("GET", "/" + new string('a', 10_000))).Status);
    }

    [Fact]
    public async Task Asset_is_kept_forever_under_its_own_hash_only()
    {
        ServerFixture.Page.TryGet("/assets/widget.js", out var asset);

        var hashed = await server.Send("GET", $"/assets/widget.js?v={asset!.Hash}");
        var bare = await server.Send("GET", "/assets/widget.js");
        var wrong = await server.Send("GET", "/assets/widget.js?v=000000000000");

        Assert.Equal((200, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8", "export {};"),
            (hashed.Status, hashed["Cache-Control"], hashed["Content-Type"], hashed.Body));
        Assert.Equal((200, "no-store"), (bare.Status, bare["Cache-Control"]));
        Assert.Equal((404, "no-store"), (wrong.Status, wrong["Cache-Control"]));
    }

    [Fact]
    public async Task Page_repeats_nothing_of_its_address()
    {
        var plain = await server.Send("GET", "/");
        var themed = await server.Send("GET", "/?theme='\"><script>");

        Assert.Equal(200, plain.Status);
        Assert.True(themed.Status == 400 || themed.Body == plain.Body);
    }
}
