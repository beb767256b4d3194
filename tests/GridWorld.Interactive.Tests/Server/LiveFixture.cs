using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>A server with one run that really trains, kept nowhere.</summary>
public sealed class LiveFixture : IAsyncDisposable
{
    readonly ServerFixture fixture = new();

    public LiveFixture()
    {
        // Slow from the first step: at full speed, a second of waiting for this thread is a million episodes.
        Run = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, episodes: null, seed: 1, name: "live",
            options: RunOptions.InMemory with { Pace = 20_000 });
        Wait.Until(() => Run.Episodes >= 50, "Fifty episodes were not over in time.");
        fixture.Server.Register(Run);
    }

    public Run Run { get; }

    public ServerFixture Fixture => fixture;

    public async ValueTask DisposeAsync()
    {
        Run.Stop();
        await Run.Completion;
        await fixture.DisposeAsync();
    }

    public async Task<(int Status, JsonNode Json)> Get(string target)
    {
        var reply = await fixture.Send("GET", target.Replace("ID", Run.Id), "Authorization: Bearer TOKEN");
        return (reply.Status, JsonNode.Parse(reply.Body)!);
    }

    public async Task<(int Status, JsonNode Json)> Post(string verb, string body = "")
    {
        var reply = await fixture.Send("POST", $"/api/training-session/{Run.Id}/{verb}",
            "Authorization: Bearer TOKEN\r\nContent-Type: application/json", body);
        return (reply.Status, JsonNode.Parse(reply.Body)!);
    }

    public static string[] Errors(JsonNode problem) => [.. problem["errors"]!.AsArray().Select(e => (string)e!)];
}
