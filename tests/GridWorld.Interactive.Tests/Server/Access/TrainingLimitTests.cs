using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>Runs of the whole process count, so nothing else may train meanwhile.</summary>
[Collection(nameof(WholeProcess))]
public sealed class TrainingLimitTests : IAsyncDisposable
{
    const string Paused = """{"world":"cliff-walking","episodes":null,"paused":true}""";

    readonly StoreServer server;
    readonly HttpClient client = new();
    readonly int before = RunTelemetry.RunsInTraining;

    public TrainingLimitTests()
    {
        server = new(new() { RunsInTraining = before + 3 });
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.Token());
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Run_too_many_is_refused_with_the_way_out()
    {
        var ended = Worlds.CliffWalking().Train(episodes: 5, options: new() { Store = server.Store });
        await EndOf(ended);
        server.Register(ended);
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
        Wait.Until(() => RunTelemetry.RunsInTraining <= before + 2, "The run that was stopped did not end in time.");
        var (allowed, _) = await Post("s", Paused);

        Assert.Equal((201, 201, 429, 429, 429, 409, 200, 201), (first, second, refused, continued, forked, resumed, set, allowed));
        Assert.Contains("Stop one first", LiveFixture.Errors(words).Single());
    }

    static Task EndOf(Run run) => run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);

    async Task<(int Status, JsonNode Json)> Post(string target, string body)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var reply = await client.PostAsync(server.At($"/api/training-session{target}"), content,
            TestContext.Current.CancellationToken);
        return ((int)reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
