using System.Text.Json.Nodes;

namespace GridWorld.Tests.Server;

/// <summary>Runs of the whole process count, so nothing else may train meanwhile.</summary>
[Collection(nameof(WholeProcess))]
public sealed class TrainingLimitTests : IAsyncDisposable
{
    const string Paused = """{"world":"cliff-walking","episodes":null,"paused":true}""";

    readonly string store = Directory.CreateTempSubdirectory("gridworld-").FullName;
    readonly WidgetServer server;
    readonly HttpClient client = new();
    readonly int before = RunTelemetry.RunsInTraining;

    public TrainingLimitTests()
    {
        server = WidgetServer.Start(ServerFixture.Options(new() { RunsInTraining = before + 3 }, store: store));
        client.DefaultRequestHeaders.Authorization = new("Bearer", ServerFixture.TokenOf(server.Url()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in server.Runs.Registered().Select(run => run.View.Run).OfType<Run>())
        {
            run.Stop();
            await run.Completion;
        }

        client.Dispose();
        await server.DisposeAsync();
        Directory.Delete(store, recursive: true);
    }

    [Fact]
    public async Task Run_too_many_is_refused_with_the_way_out()
    {
        var ended = Worlds.CliffWalking().Train(episodes: 5, options: new() { Store = store });
        await EndOf(ended);
        server.Register(ended.View);
        var ofAProgram = Worlds.CliffWalking().Train(episodes: null, options: RunOptions.InMemory with { StartPaused = true });
        var (first, _) = await Post("s", Paused);
        var (second, last) = await Post("s", Paused);

        var (refused, words) = await Post("s", Paused);
        var (continued, _) = await Post($"/{ended.Id}/continue", """{"episodes":5}""");
        var (forked, _) = await Post($"/{ended.Id}/fork", """{"episode":3}""");
        var (resumed, _) = await Post($"/{ended.Id}/resume", """{"episode":5}""");
        var (set, _) = await Post($"/{(string)last["run_id"]!}/hyperparameters", """{"epsilon":0.2}""");
        var stillFree = Worlds.CliffWalking().Train(episodes: 5, options: RunOptions.InMemory);
        await EndOf(stillFree);
        ofAProgram.Stop();
        await EndOf(ofAProgram);
        Assert.True(SpinWait.SpinUntil(() => RunTelemetry.RunsInTraining <= before + 2, RawHttp.Patience), "The run that was stopped did not end in time.");
        var (allowed, _) = await Post("s", Paused);

        Assert.Equal((201, 201, 429, 429, 429, 409, 200, 201), (first, second, refused, continued, forked, resumed, set, allowed));
        Assert.Contains("Stop one first", LiveServer.Errors(words).Single());
    }

    static Task EndOf(Run run) => run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);

    async Task<(int Status, JsonNode Json)> Post(string target, string body)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var reply = await client.PostAsync(new Uri($"http://127.0.0.1:{server.Port}/api/training-session{target}"), content, TestContext.Current.CancellationToken);
        return ((int)reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
