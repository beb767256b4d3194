using System.Net.Http.Headers;
using System.Text;

namespace GridWorld.Tests;

/// <summary>Bodies that no one means, to every address that takes one.</summary>
public sealed class FuzzTests : IAsyncDisposable
{
    static readonly string[] Sound =
    [
        "{}", """{"episodes":3}""", """{"checkpoint":"a"}""",
            """{"episode":7,"episodes":3,"paused":true,"name":"x","steps_per_second":1000}""", """{"name":"a"}""",
        """{"learning_rate":0.05,"epsilon":{"schedule":"linear","from":1,"to":0,"over":500}}""", """{"speed":2,"episode":3}""",
            """{"over_seconds":3}""",
        """{"world":"empty-5x5","learner":"sarsa","episodes":3,"cells":[[1,1,"#"]],"rewards":{"a":-7.5},"start":[2,0],"check":true}""",
        """{"world":{"name":"w","map":["S.x","..G"],"legend":{"x":"#"},"wind":[0,1,0],"slip":0.1},"seed":"7","episodes":1,"paused":true}""",
    ];

    // Broken UTF-8 of several kinds, half surrogate pairs, numbers beyond all types, members given twice, nesting without an end.
    static readonly byte[][] Odd =
    [
        [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0x00], [0xef, 0xbb, 0xbf], .. new[]
        {
            "\\ud800", "\\udc00", "\"\\ud800\":1,", "1e999", "-1e-999", "99999999999999999999999999", "\"episodes\":1,\"episodes\":2,",
            "null", "[[[[[[[[[[[[[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":", "\"", ",", "}", "\\u0000", "\u202e", "NaN", "-0", "/**/",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    readonly StoreServer server = new(new() { RunsInTraining = 4 });
    readonly HttpClient client = new();

    public FuzzTests() => client.DefaultRequestHeaders.Authorization = new("Bearer", server.Token());

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task No_body_makes_the_server_fail()
    {
        var targets = server.Routes.All.Where(route => route is { Method: "POST", Handler: not null }).Select(route => route.Path).ToList();
        var random = Rng.Streams(20261129).World;
        var failed = new List<string>();
        var id = "";

        for (var k = 0; k < 3000; k++)
        {
            if (k % 60 == 0)
                id = await NextRunAsync(isStored: k % 600 == 0);
            var (target, body) = (targets[k % targets.Count].Replace("*", id), Body(ref random));
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var reply = await client.PostAsync(server.At(target), content, TestContext.Current.CancellationToken);
            if ((int)reply.StatusCode >= 500)
                failed.Add($"{(int)reply.StatusCode} {target} {Convert.ToHexString(body)} {Encoding.Latin1.GetString(body)}");
        }

        Assert.Empty(failed);
        Assert.Equal(System.Net.HttpStatusCode.OK,
            (await client.GetAsync(server.At("/api/training-sessions"), TestContext.Current.CancellationToken)).StatusCode);
    }

    /// <summary>A run of ten episodes; what was started before trains no more, so that nothing grows long.</summary>
    async Task<string> NextRunAsync(bool isStored)
    {
        await server.StopAllAsync();
        var run = Worlds.Get("empty-5x5").Train(episodes: 10, options: isStored ? new() { Store = server.Store } : RunOptions.InMemory);
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        server.Register(run);
        return run.Id;
    }

    static byte[] Body(ref Rng random)
    {
        var body = Encoding.UTF8.GetBytes(Sound[random.Below(Sound.Length)]).ToList();
        for (var changes = random.Below(4) + 1; changes > 0; changes--)
        {
            var place = random.Below(body.Count + 1);
            switch (random.Below(6))
            {
                case 0:
                    body.InsertRange(place, Odd[random.Below(Odd.Length)]);
                    break;
                case 1:
                    body.InsertRange(AfterQuote(body, place), Odd[random.Below(Odd.Length)]);
                    break;
                case 2 when place < body.Count:
                    body[place] = (byte)random.Below(256);
                    break;
                case 3:
                    body.RemoveRange(place, Math.Min(random.Below(8), body.Count - place));
                    break;
                case 4:
                    body.InsertRange(place, body.GetRange(0, random.Below(body.Count + 1)));
                    break;
                default:
                    body.InsertRange(0, Enumerable.Repeat((byte)"[{"[random.Below(2)], random.Below(40)));
                    break;
            }
        }

        return [.. body];
    }

    /// <summary>So that it lands inside a text or a name.</summary>
    static int AfterQuote(List<byte> body, int place) => body.IndexOf((byte)'"', place) is >= 0 and var quote ? quote + 1 : place;
}
