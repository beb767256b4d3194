using System.Diagnostics;

namespace GridWorld.Tests;

public sealed class AccessTokenTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const string Guarded = "/api/training-sessions";

    public static TheoryData<string> WithoutToken => new()
    {
        "",
        "Authorization: Bearer ",
        "Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Authorization: bearer TOKEN",
        "Authorization: Bearer  TOKEN",
        "Authorization: Basic TOKEN",
        "Authorization: TOKEN",
        "Authorization: Bearer TOKENTOKEN",
        "Authorization: Bearer TOKEN,TOKEN",
        "Authorization: Bearer TOKEN\r\nAuthorization: Bearer TOKEN",
        "Cookie: token=TOKEN; access_token=TOKEN; Authorization=TOKEN",
        "Referer: http://127.0.0.1:PORT/#TOKEN",
    };

    [Theory, MemberData(nameof(WithoutToken))]
    public async Task Request_without_the_token_in_its_place_is_refused(string headers)
    {
        var reply = await server.Send("GET", Guarded, headers);

        Assert.True(reply.Status == 401, reply.Whole);
    }

    [Fact]
    public async Task Token_that_is_nearly_right_is_refused()
    {
        var swapped = string.Concat(
            server.Token.Select(c => char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));

        foreach (var near in new[] { server.Token[..^1], server.Token + "A", swapped, server.Token[1..], new string('A', 10_000) })
            Assert.Equal(401, (await server.Send("GET", Guarded, $"Authorization: Bearer {near}")).Status);
    }

    [Theory]
    [InlineData(Guarded + "?access_token=")]
    [InlineData(Guarded + "?token=")]
    [InlineData("/hub/training/negotiate?access_token=")]
    public async Task Token_in_a_query_is_taken_on_the_hub_alone(string target)
    {
        var reply = await server.Send(target.StartsWith("/hub") ? "POST" : "GET", target + server.Token);

        Assert.Equal(401, reply.Status);
    }

    [Fact]
    public async Task Token_of_another_server_is_refused()
    {
        await using var other = new ServerFixture();

        var reply = await server.Send("GET", Guarded, $"Authorization: Bearer {other.Token}");

        Assert.Equal(401, reply.Status);
    }

    [Fact]
    public async Task Refusals_are_alike_to_the_byte_whatever_exists()
    {
        var refusals = new List<string>();
        foreach (var target in new[] { Guarded, "/api/training-session/absent/status", "/api/metrics?session=absent", "/api/no-such-thing",
            "/hub/training/x" })
            refusals.Add(WithoutDate(await server.Send("GET", target)));

        Assert.Single(refusals.Distinct());
    }

    [Fact]
    public async Task Flood_of_wrong_tokens_is_throttled_and_the_right_one_still_works()
    {
        await using var flooded = new ServerFixture();
        var since = Stopwatch.StartNew();
        var statuses = new List<int>();
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (k, _) =>
        {
            var reply = await RawHttp.SendAsync(flooded.Port,
                $"GET {Guarded} HTTP/1.1\r\nHost: 127.0.0.1:{flooded.Port}\r\nAuthorization: Bearer {k:D43}\r\n\r\n",
                TestContext.Current.CancellationToken);
            lock (statuses)
                statuses.Add(reply.Status);
        });

        var allowed = 20 + 10 * since.Elapsed.TotalSeconds;
        Assert.InRange(statuses.Count(s => s == 401), 1, (int)allowed + 1);
        Assert.Equal(1000, statuses.Count(s => s is 401 or 429));
        Assert.Equal(200, (await flooded.Send("GET", Guarded, "Authorization: Bearer TOKEN")).Status);
    }

    [Fact]
    public async Task View_token_may_look_but_not_steer()
    {
        Assert.Equal(200, (await server.Send("GET", Guarded, "Authorization: Bearer VIEW")).Status);

        foreach (var route in server.Server.Routes.All.Where(r => r.Scope == Scope.Control))
            Assert.Equal(403, (await server.Send(route.Method, route.Path.Replace("*", "x"), "Authorization: Bearer VIEW", "{}")).Status);
    }

    [Fact]
    public async Task After_disposal_no_one_answers_and_the_next_server_has_another_token()
    {
        var first = new ServerFixture();
        var (port, token) = (first.Port, first.Token);
        await first.DisposeAsync();

        await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() => RawHttp.ConnectAsync(port,
            TestContext.Current.CancellationToken));
        await using var second = new ServerFixture();
        Assert.NotEqual(token, second.Token);
    }

    static string WithoutDate(RawReply reply) => string.Join('\n', reply.Whole.Split("\r\n").Where(line => !line.StartsWith("Date:")));
}
