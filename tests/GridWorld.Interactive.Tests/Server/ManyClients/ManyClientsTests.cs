using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>Fifty clients over HTTP that command one stored run at once.</summary>
public sealed class ManyClientsTests : IAsyncDisposable
{
    const string Name = "clients";
    const int Clients = 50;
    static readonly RunSpecification Specification = new(Worlds.FrozenLake4x4(), new QLearning { Epsilon = 0.3 }, Seed: 5, Episodes: null);
    readonly TemporaryFolder folder = new();
    readonly ServerFixture fixture = new();

    string Store => folder.At("store");

    [Fact]
    public async Task Commands_of_50_clients_at_once_give_the_straight_run()
    {
        var (seconds, seed) = (Long.Count(Name, 4, 60), Long.Seed(Name, 1));
        Long.Say(Name, $"seed {seed}, {seconds} s");
        var run = Run.Start(Specification, new() { Store = Store, CheckpointEvery = 20, Pace = 20_000 });
        fixture.Server.Register(run);

        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients)
            .Select(i => CommandAsync(run.Id, i, Rng.Streams(seed + (ulong)i).World, over.Token)));
        run.Stop();
        await run;

        // Each command that was answered is an event, and there are no others.
        Assert.Equal(Enumerable.Range(1, run.EventLog.Count), run.EventLog.Select(e => (int)e.Seq));
        Assert.Equal(clients.SelectMany(events => events).OrderBy(e => e.Seq),
            run.EventLog.Where(e => e.Kind is RunEventKind.ParamChange or RunEventKind.Checkpoint)
            .Select(e => (e.Seq, e.Episode, e.Param, e.NewValue, e.Message)));
        var straight = new Reference(Specification, run.EventLog).ToEpisode(run.Episodes);
        Assert.Equal(straight.Q, run.Agent().Q);
        Assert.Equal(straight.Visits, run.Agent().Visits);
        await OnTheWire(run.Id, straight);
        Assert.Equal([], StoreFolder.Verify(run.Id, Store, cancellationToken: TestContext.Current.CancellationToken));

        int resumed = EveryCheckpoint.Resume(Specification, run, Store, folder.At("copies"));
        Long.Say(Name,
            $"{Clients} clients gave {run.EventLog.Count} events in {run.Episodes} episodes; a resume from each of {resumed} checkpoints"
            + " gives the straight run");
        Assert.InRange(resumed, 10, int.MaxValue);
    }

    [Fact]
    public async Task Course_that_a_page_commands_is_on_the_wire_as_the_straight_run_has_it()
    {
        var run = Run.Start(Specification, new() { Store = Store, CheckpointEvery = 5, Pace = 20_000 });
        fixture.Server.Register(run);
        using var client = Client();
        for (int round = 0; round < 3; round++)
        {
            await Post(client, run.Id, "hyperparameters", """{"epsilon":0.4}""");
            await Post(client, run.Id, "hyperparameters", """{"epsilon":0.1}""");
            await Post(client, run.Id, "checkpoints", """{"name":"here"}""");
            await Post(client, run.Id, "hyperparameters", $$"""{"learning_rate":0.{{round + 2}}}""");
            await Post(client, run.Id, "resume", """{"episodes":40}""");
            Wait.Until(() => run.State == RunState.Paused, "Forty episodes later it did not pause.");
            await OnTheWire(run.Id, new Reference(Specification, run.EventLog).ToEpisode(run.Episodes));

            await Post(client, run.Id, "stop", "{}");
            await run.Completion;
            long named = run.EventLog.Last(e => e.Kind == RunEventKind.Checkpoint).Episode;
            await Post(client, run.Id, "resume", """{"checkpoint":"here"}""");
            run = (Run)fixture.Server.Runs.Live(run.Id)!.View;
            run.Pause();
            Assert.Equal(named, run.EventLog.Last(e => e.Kind == RunEventKind.RunResumed).Episode);
            Assert.DoesNotContain(run.EventLog, e => e.Kind == RunEventKind.ParamChange && e.Episode > named);
        }

        var straight = new Reference(Specification, run.EventLog).ToStep(run.Agent().Step);
        await OnTheWire(run.Id, straight);
        run.Stop();
        await run;
    }

    /// <summary>Gives commands until the time is over; the events that came back.</summary>
    async Task<List<(long Seq, long Episode, string? Param, string? NewValue, string? Message)>> CommandAsync(string run, int number,
        Rng random, CancellationToken over)
    {
        // Each checkpoint is resumed from in the end.
        int most = Long.Is(Name) ? 20 : 5;
        var events = new List<(long, long, string?, string?, string?)>();
        using var client = Client();
        for (int i = 0; !over.IsCancellationRequested; i++)
        {
            var (verb, body) = random.Below(10) switch
            {
                0 or 1 => ("hyperparameters", FormattableString.Invariant($$"""{"epsilon":{{random.NextDouble():R}}}""")),
                2 => ("hyperparameters",
                    FormattableString.Invariant(
                        $$"""{"learning_rate":{{0.001 + random.NextDouble() / 2:R}},"discount_factor":{{random.NextDouble():R}}}""")),
                3 => ("pause", "{}"),
                4 => ("continue", """{"episodes":1000000}"""),
                5 when i < most => ("checkpoints", $$"""{"name":"client {{number}} {{i}}"}"""),
                6 => ("resume", $$"""{"episodes":{{1 + random.Below(50)}}}"""),
                _ => ("resume", "{}"),
            };
            foreach (var e in (await Post(client, run, verb, body))["events"]?.AsArray() ?? [])
                events.Add(((long)e!["seq"]!, (long)e["episode"]!, (string?)e["param"], e["new_value"]?.ToJsonString(),
                    (string?)e["message"]));
        }

        return events;
    }

    async Task OnTheWire(string run, Reference straight)
    {
        using var client = Client();
        for (int state = 0; state < Specification.World.States; state++)
        {
            var report = await Get(client, $"/api/agent/state?session={run}&state={state}&last_visits=0");
            Assert.Equal((straight.Episode, straight.Step), ((long)report["episode"]!, (long)report["steps"]!));
            int actions = Specification.World.Actions;
            Assert.Equal(straight.Q.Skip(state * actions).Take(actions), report["q"]!.AsArray().Select(q => (double)q!));
            Assert.Equal(straight.Visits.Skip(state * actions).Take(actions), report["visits"]!.AsArray().Select(v => (long)v!));
        }

        var metrics = await Get(client, $"/api/metrics?session={run}&points=50");
        Assert.Equal(straight.History.Returns(1, straight.Episode, 50).Select(b => (b.Start, b.End, b.Min, b.Max, b.Mean)),
            metrics["points"]!.AsArray()
            .Select(p => ((long)p!["start"]!, (long)p["end"]!, (double)p["min"]!, (double)p["max"]!, (double)p["mean"]!)));
    }

    HttpClient Client() => new()
    {
        BaseAddress = new($"http://127.0.0.1:{fixture.Port.ToString(CultureInfo.InvariantCulture)}"),
        DefaultRequestHeaders = { Authorization = new("Bearer", fixture.Token) },
    };

    static async Task<JsonNode> Get(HttpClient client, string target) =>
        JsonNode.Parse(await client.GetStringAsync(target, TestContext.Current.CancellationToken))!;

    static async Task<JsonNode> Post(HttpClient client, string run, string verb, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var reply = await client.PostAsync($"/api/training-session/{run}/{verb}", content, TestContext.Current.CancellationToken);
        string text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, $"{verb} {body}: {(int)reply.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in fixture.Server.Runs.Registered())
        {
            (run.View as Run)?.Stop();
            await ((run.View as Run)?.Completion ?? Task.CompletedTask);
        }

        await fixture.DisposeAsync();
        folder.Dispose();
    }
}
