using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace GridWorld.Tests;

public sealed class ReplayEndpointsTests : IAsyncDisposable
{
    static readonly string[] Columns = ["episode", "step", "state", "x", "y", "action", "reward", "next_state", "terminated", "truncated",
        "explored", "q_up", "q_right", "q_down", "q_left"];

    readonly ServerFixture fixture = new();
    readonly HttpClient client = new();

    public ReplayEndpointsTests() => client.DefaultRequestHeaders.Authorization = new("Bearer", fixture.ViewToken);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return fixture.DisposeAsync();
    }

    [Fact]
    public async Task Episode_is_an_array_of_its_steps_with_the_columns_of_the_table()
    {
        var run = await TrainAsync();
        var steps = run.ReplayEpisode(17, TestContext.Current.CancellationToken);

        var (status, body, headers) = await Get("/api/episode/17");

        Assert.Equal((200, "application/json"), (status, headers.ContentType!.MediaType));
        var rows = JsonNode.Parse(body)!.AsArray();
        Assert.Equal(steps.Count, rows.Count);
        Assert.All(rows, row => Assert.Equal(Columns, row!.AsObject().Select(p => p.Key)));
        Assert.Equal(steps.Select(s => (17, s.Step, s.State, s.State % 12, s.State / 12, s.Action, s.Reward, s.NextState, s.Explored)),
            rows.Select(r => ((int)r!["episode"]!, (int)r["step"]!, (int)r["state"]!, (int)r["x"]!, (int)r["y"]!, (int)r["action"]!,
            (double)r["reward"]!, (int)r["next_state"]!, (bool)r["explored"]!)));
        Assert.Equal(steps.SelectMany(s => s.Q), rows.SelectMany(r => Columns[11..].Select(c => (double)r![c]!)));
        Assert.True((bool)rows[^1]!["terminated"]!);
    }

    [Fact]
    public async Task Part_of_an_episode_has_what_was_learned_and_the_length_of_the_whole()
    {
        var run = await TrainAsync();
        var steps = run.ReplayEpisode(17, TestContext.Current.CancellationToken);

        var part = JsonNode.Parse((await Get("/api/episode/17/steps?from=3&count=4")).Body)!;

        Assert.Equal((17, steps.Count, steps.Sum(s => s.Reward), 0.1),
            ((int)part["episode"]!, (int)part["length"]!, (double)part["return"]!, (double)part["epsilon"]!));
        Assert.Equal(steps.Take(2..6).Select(s => (s.Step, s.State, s.Action, s.Explored, s.Reward, s.NextState, s.NewValue)),
            part["steps"]!.AsArray()
            .Select(s => ((int)s!["step"]!, (int)s["state"]!, (int)s["action"]!, (bool)s["explored"]!, (double)s["reward"]!,
            (int)s["next_state"]!, (double)s["q_after"]!)));
        Assert.Equal(steps[2].Q, part["steps"]![0]!["q"]!.AsArray().Select(q => (double)q!));
    }

    [Fact]
    public async Task Part_of_an_episode_of_a_million_steps_is_as_short_as_any()
    {
        var run = Run.Start(new(Worlds.Empty(300, 300), new QLearning { Epsilon = 1 }, Seed: 1, Episodes: 1, MaxSteps: 1_000_000),
            RunOptions.InMemory);
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        fixture.Server.Register(run);

        var (status, body, _) = await Get("/api/episode/1/steps?from=5001&count=2000");

        Assert.Equal(200, status);
        Assert.Equal(run.Steps, (long)JsonNode.Parse(body)!["length"]!);
        Assert.Equal(Enumerable.Range(5001, 2000), JsonNode.Parse(body)!["steps"]!.AsArray().Select(s => (int)s!["step"]!));
        Assert.InRange(body.Length, 1, 2000 * 400);
    }

    [Fact]
    public async Task Best_and_worst_episode_are_the_first_of_their_return()
    {
        var run = await TrainAsync(3000);
        var returns = run.RawEpisodes(1, 3000).Select(e => e.Return).ToList();

        var json = JsonNode.Parse((await Get("/api/extremes")).Body)!;

        Assert.Equal((returns.IndexOf(returns.Max()) + 1, returns.Max()),
            ((int)json["best"]!["episode"]!, (double)json["best"]!["return"]!));
        Assert.Equal((returns.IndexOf(returns.Min()) + 1, returns.Min()),
            ((int)json["worst"]!["episode"]!, (double)json["worst"]!["return"]!));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1000)]
    public async Task History_of_a_state_comes_in_parts_from_the_newest_episode_back(int? at)
    {
        var run = await TrainAsync(3000);
        var expected = (at is { } k ? run.Past(k, TestContext.Current.CancellationToken) : run)
            .HistoryOf(24, 100, cancellationToken: TestContext.Current.CancellationToken);
        var first = JsonNode.Parse((await Get($"/api/agent/history?state=24&points=100&at={at ?? 3000}")).Body)!;
        var (after, changes, points) = ((long)first["after"]!, new List<string>(), new SortedDictionary<long, double[]>());

        while (after > 0)
        {
            var part = JsonNode.Parse((await Get($"/api/agent/history?state=24&points=100&at={at ?? 3000}&before={after}")).Body)!;
            changes.InsertRange(0, part["changes"]!.AsArray().Select(c => c!.ToJsonString()));
            foreach (var point in part["points"]!.AsArray())
                points.Add((long)point!["episode"]!, [.. point["q"]!.AsArray().Select(q => (double)q!)]);
            after = (long)part["after"]!;
        }

        Assert.Equal((expected.Episodes, expected.Episodes), ((long)first["episodes"]!, (long)first["after"]!));
        Assert.Equal(expected.Points.Select(p => p.Episode), points.Keys);
        Assert.Equal(expected.Points.SelectMany(p => p.Q), points.Values.SelectMany(q => q));
        Assert.Equal(expected.Changes.Select(c => $"[{c.Episode},{c.Before.Sum(a => 1 << a)},{c.After.Sum(a => 1 << a)}]"), changes);
    }

    [Fact]
    public async Task Trajectories_are_the_last_episodes_alike_in_both_formats()
    {
        await TrainAsync();

        var json = JsonNode.Parse((await Get("/api/trajectories?last=30")).Body)!.AsArray();
        var csv = (await Get("/api/trajectories?last=30&format=csv")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Enumerable.Range(31, 30), json.Select(r => (int)r!["episode"]!).Distinct());
        Assert.Equal(string.Join(',', Columns), csv[0]);
        Assert.Equal(json.Select(r => string.Join(',', r!.AsObject().Select(p => p.Value!.ToJsonString()))).Select(Plain),
            csv[1..].Select(Plain));

        static string Plain(string row) =>
            string.Join(' ', row.Split(',')
            .Select(c => double.TryParse(c, CultureInfo.InvariantCulture, out var n) ? n.ToString("R", CultureInfo.InvariantCulture) : c));
    }

    [Fact]
    public async Task Fewer_episodes_than_asked_for_are_all_there_are()
    {
        await TrainAsync(5);

        var rows = JsonNode.Parse((await Get("/api/trajectories?last=1000")).Body)!.AsArray();

        Assert.Equal([1, 2, 3, 4, 5], rows.Select(r => (int)r!["episode"]!).Distinct());
    }

    [Fact]
    public async Task Name_of_a_download_travels_encoded()
    {
        await TrainAsync(2, "a\"/é;\u202e x");

        var (_, _, headers) = await Get("/api/trajectories?format=csv");

        Assert.Equal("attachment; filename*=UTF-8''a%22%2F%C3%A9%3B%E2%80%AE%20x-trajectories.csv", headers.GetValues("Content-Disposition")
            .Single());
    }

    [Fact]
    public async Task Line_break_in_the_name_of_a_download_starts_no_header()
    {
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();

        await RowReply.CsvAsync(http, new([], [], []), "a\r\nSet-Cookie: b");

        Assert.Equal("attachment; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b", http.Response.Headers.ContentDisposition);
    }

    [Theory]
    [InlineData("/api/episode/0", "The episode must be a whole number, at least 1.")]
    [InlineData("/api/episode/-1", "The episode must be a whole number, at least 1.")]
    [InlineData("/api/episode/1;rm", "The episode must be a whole number, at least 1.")]
    [InlineData("/api/episode/99999999999999999999", "The episode must be a whole number, at least 1.")]
    [InlineData("/api/episode/61", "The run has 60 episodes: choose one between 1 and 60 (got 61).")]
    [InlineData("/api/agent/history?state=48", "state must be between 0 and 47 (got 48).")]
    [InlineData("/api/agent/history?points=501", "points must be a whole number between 2 and 500 (got 501).")]
    [InlineData("/api/agent/history?at=61", "The run has 60 episodes: choose one between 0 and 60 (got 61).")]
    [InlineData("/api/agent/history?at=20&before=21", "The run has 20 episodes: choose one between 0 and 20 (got 21).")]
    [InlineData("/api/trajectories?last=0", "last must be a whole number between 1 and 1000 (got 0).")]
    [InlineData("/api/trajectories?last=1001", "last must be a whole number between 1 and 1000 (got 1001).")]
    [InlineData("/api/trajectories?format=xml", "format must be one of csv, json (got xml).")]
    public async Task What_cannot_be_replayed_is_refused_with_words(string target, string error)
    {
        await TrainAsync();

        var (status, body, headers) = await Get(target);

        Assert.Equal((400, "application/problem+json"), (status, headers.ContentType!.MediaType));
        Assert.Equal([error], LiveFixture.Errors(JsonNode.Parse(body)!));
    }

    [Fact]
    public async Task More_steps_than_a_reply_holds_are_refused_with_the_way_out()
    {
        var run = Run.Start(new(Worlds.Empty(200, 200), new QLearning { Epsilon = 1 }, Seed: 1, Episodes: 2, MaxSteps: 60_000),
            RunOptions.InMemory);
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        fixture.Server.Register(run);

        var (status, body, _) = await Get("/api/trajectories?last=2");

        Assert.Equal(400, status);
        Assert.Equal(
            ["The episodes from 1 to 2 have more than 100000 steps. "
            + "Use fewer episodes, or write them to a file: gridworld export RUN --what trajectories."],
            LiveFixture.Errors(JsonNode.Parse(body)!));
        Assert.Equal(200, (await Get("/api/trajectories?last=1")).Status);
    }

    [Fact]
    public async Task Replay_that_takes_too_long_is_given_up_and_the_next_one_has_its_turn()
    {
        await using var server = WidgetServer.Start(ServerFixture.Options(new() { ReplayTime = TimeSpan.FromMilliseconds(1) },
            fixture.Token));
        var run = Run.Start(new(Worlds.Empty(200, 200), new QLearning { Epsilon = 1 }, Seed: 1, Episodes: 100, MaxSteps: 50_000),
            RunOptions.InMemory);
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        server.Register(run);

        for (int again = 0; again < 2; again++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get,
                $"http://127.0.0.1:{server.Port}/api/episode/{run.Episodes}")
            { Headers = { Authorization = new("Bearer", fixture.Token) } };
            using var reply = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var json = JsonNode.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

            Assert.Equal(503, (int)reply.StatusCode);
            Assert.StartsWith("Replaying up to this episode takes more than 0.001 s.", LiveFixture.Errors(json).Single());
        }
    }

    [Fact]
    public async Task Unknown_run_is_not_found() => Assert.Equal(404, (await Get("/api/episode/1?session=nobody")).Status);

    async Task<Run> TrainAsync(long episodes = 60, string? name = null)
    {
        var run = Worlds.CliffWalking().Train(new QLearning { LearningRate = 0.5 }, episodes, name: name, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        fixture.Server.Register(run);
        return run;
    }

    async Task<(int Status, string Body, HttpContentHeaders Headers)> Get(string target)
    {
        using var reply = await client.GetAsync(new Uri($"http://127.0.0.1:{fixture.Port}{target}"), TestContext.Current.CancellationToken);
        return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), reply.Content.Headers);
    }
}
