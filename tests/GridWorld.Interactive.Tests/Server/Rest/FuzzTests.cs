using System.Net.Http.Headers;
using System.Text;

namespace GridWorld.Tests;

/// <summary>Bodies, queries and messages that no one means, to every address that takes one and to the hub.</summary>
public sealed class FuzzTests : IAsyncDisposable
{
    const string Name = "fuzz";

    static readonly byte[][] Bodies = Fuzz.Bytes(
        "{}", """{"episodes":3}""", """{"checkpoint":"a"}""",
            """{"episode":7,"episodes":3,"paused":true,"name":"x","steps_per_second":1000}""", """{"name":"a"}""",
        """{"learning_rate":0.05,"epsilon":{"schedule":"linear","from":1,"to":0,"over":500}}""", """{"speed":2,"episode":3}""",
            """{"over_seconds":3}""",
        """{"world":"empty-5x5","learner":"sarsa","episodes":3,"cells":[[1,1,"#"]],"rewards":{"a":-7.5},"start":[2,0],"check":true}""",
        """{"world":{"name":"w","map":["S.x","..G"],"legend":{"x":"#"},"wind":[0,1,0],"slip":0.1},"seed":"7","episodes":1,"paused":true}""");

    static readonly byte[][] Queries = Fuzz.Bytes("points=100&start=1&end=9", "points=5&episode=3&format=csv",
        "state=3&last_visits=5&x=1&y=2",
        "layer=value&x=0&y=0&width=5&height=5", "filter=return%3E1&sort=return&count=20", "format=parquet&table=episodes&session=");

    static readonly byte[][] Messages = Fuzz.Bytes("""{"type":1,"target":"Ack","arguments":[1]}""", """{"type":6}""",
        """{"type":1,"invocationId":"7","target":"View","arguments":[{"points":9,"map":{"layer":"value","x":0,"y":0,"width":5}}]}""",
        """{"type":1,"target":"Map","arguments":[{"layer":"visits","x":1,"y":1,"width":3,"height":3}]}""");

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly StoreServer server = new(new() { RunsInTraining = 4 });
    readonly HttpClient client = new();

    public FuzzTests() => client.DefaultRequestHeaders.Authorization = new("Bearer", server.Token());

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public Task No_body_makes_the_server_fail() => TryAsync("POST", Long.Count(Name, 2000, 20_000), Bodies, (target, body) =>
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return client.PostAsync(server.At(target), content, Cancel);
    });

    [Fact]
    public Task No_address_makes_the_server_fail() => TryAsync("GET", Long.Count(Name, 1000, 20_000), Queries, (target, query) =>
        client.GetAsync(server.At(
            $"{target}?{Uri.EscapeDataString(Encoding.Latin1.GetString(query)).Replace("%26", "&").Replace("%3D", "=")}"), Cancel));

    async Task TryAsync(string method, long count, byte[][] sound, Func<string, byte[], Task<HttpResponseMessage>> send)
    {
        var targets = server.Routes.All.Where(route => route.Method == method && route.Handler is not null).Select(route => route.Path)
            .ToList();
        var random = Rng.Streams(Long.Seed(Name, 20261129)).World;
        var (failed, id, refused) = (new List<string>(), "", 0);

        for (var k = 0; k < count; k++)
        {
            if (k % 60 == 0)
                id = await NextRunAsync(isStored: k % 600 == 0);
            var target = targets[k % targets.Count].Replace("*", id);
            var input = Fuzz.Changed(sound[random.Below(sound.Length)], ref random);
            using var reply = await send(target, input);
            refused += (int)reply.StatusCode is >= 400 and < 500 ? 1 : 0;
            if ((int)reply.StatusCode >= 500
                || (!reply.IsSuccessStatusCode && Fuzz.IsTelltale(await reply.Content.ReadAsStringAsync(Cancel))))
                failed.Add($"{(int)reply.StatusCode} {target} {Convert.ToHexString(input)} {Encoding.Latin1.GetString(input)}");
        }

        Assert.Empty(failed);
        Assert.InRange(refused, 1, count - 1);
        Assert.Equal(System.Net.HttpStatusCode.OK,
            (await client.GetAsync(server.At("/api/training-sessions"), Cancel)).StatusCode);
        Long.Say(Name, $"{method}: {count} requests, {refused} refused with 4xx");
    }

    [Fact]
    public async Task No_message_makes_the_hub_fail()
    {
        await using var live = new LiveFixture();
        var random = Rng.Streams(Long.Seed(Name, 20261130)).World;
        var (count, closed) = (Long.Count(Name, 200, 2000), 0L);
        for (var k = 0; k < count; k++)
        {
            using var hub = await RawHub.ConnectAsync(live.Fixture);
            await hub.SendAsync((byte[])[.. Fuzz.Changed(Messages[random.Below(Messages.Length)], ref random), (byte)RawHub.End]);
            // A call that no one makes is answered, unless the connection was closed before.
            await hub.SendAsync($$"""{"type":1,"invocationId":"last","target":"Nothing","arguments":[]}{{RawHub.End}}""");
            string? text = "";
            for (; text is not null && !text.Contains("\"last\""); text = await hub.ReceiveAsync())
                Assert.False(Fuzz.IsTelltale(text), text);
            closed += text is null ? 1 : 0;
        }

        Assert.Equal(200, (await live.Get("/api/training-session/ID/status")).Status);
        Assert.InRange(closed, 1, count - 1);
        Long.Say(Name, $"hub: {count} messages, {closed} of them closed the connection");
    }

    /// <summary>A run of ten episodes; what was started before trains no more, so that nothing grows long.</summary>
    async Task<string> NextRunAsync(bool isStored)
    {
        await server.StopAllAsync();
        var run = Worlds.Get("empty-5x5").Train(episodes: 10, options: isStored ? new() { Store = server.Store } : RunOptions.InMemory);
        await run.Completion.WaitAsync(RawHttp.Patience, Cancel);
        server.Register(run);
        return run.Id;
    }
}
