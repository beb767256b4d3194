namespace GridWorld.Tests;

public sealed class ReadEndpointsTests(LiveFixture live) : IClassFixture<LiveFixture>
{
    [Fact]
    public async Task Status_has_the_fields_of_the_summary()
    {
        var (status, json) = await live.Get("/api/training-session/ID/status");

        Assert.Equal(200, status);
        foreach (var field in new[] { "run_id", "session_id", "name", "state", "episodes", "target_episodes", "steps", "steps_per_second",
            "mean_return_last_100", "greedy_value", "optimal_value", "optimal_return", "optimal_action_share", "truth_episode",
            "q_checksum", "epsilon", "learning_rate", "discount_factor", "pace", "last_event_seq", "message", "can_control" })
            Assert.True(json.AsObject().ContainsKey(field), field);
        Assert.Equal((live.Run.Id, "live", true), ((string?)json["run_id"], (string?)json["name"], (bool)json["can_control"]!));
    }

    [Theory]
    [InlineData("/api/metrics?")]
    [InlineData("/api/events?")]
    [InlineData("/api/agent/state?")]
    [InlineData("/api/agent/history?")]
    [InlineData("/api/map?")]
    [InlineData("/api/step?")]
    [InlineData("/api/episodes?")]
    [InlineData("/api/checkpoints?")]
    [InlineData("/api/agent/policy?")]
    [InlineData("/api/breakpoints?parameter=slip&from=0&to=1&")]
    [InlineData("/api/export?")]
    [InlineData("/api/run-file?")]
    [InlineData("/api/extremes?")]
    [InlineData("/api/episode/1?")]
    [InlineData("/api/episode/1/steps?")]
    [InlineData("/api/trajectories?")]
    [InlineData("/api/animation?")]
    public async Task Session_given_twice_is_told_so(string target)
    {
        var (status, json) = await live.Get(target + "session=ID&session=other");

        Assert.Equal((400, "session was given 2 times; give it once."), (status, LiveFixture.Errors(json).Single()));
    }

    [Fact]
    public async Task Sessions_are_a_list_of_statuses()
    {
        var (status, json) = await live.Get("/api/training-sessions");

        Assert.Equal((200, live.Run.Id), (status, (string?)Assert.Single(json.AsArray())!["run_id"]));
    }

    [Fact]
    public async Task Metrics_are_buckets_that_hold_each_episode_once()
    {
        await live.Post("pause");

        var (status, json) = await live.Get("/api/metrics?session=ID&points=7");
        var lengths = await live.Get("/api/metrics?points=7&series=length");
        await live.Post("resume");

        Assert.Equal(200, status);
        var points = json["points"]!.AsArray();
        Assert.InRange(points.Count, 1, 7);
        Assert.Equal(["start", "end", "min", "max", "mean", "std", "count", "steps", "seconds"], points[0]!.AsObject().Select(p => p.Key));
        Assert.Equal((long)points[^1]!["end"]!, points.Sum(p => (long)p!["count"]!));
        Assert.True((double)lengths.Json["points"]![0]!["min"]! >= 13);
    }

    [Fact]
    public async Task Agent_state_is_the_row_of_a_state()
    {
        var (status, json) = await live.Get("/api/agent/state?session=ID&state=36");

        Assert.Equal(200, status);
        Assert.Equal((36, 0, 3, 4, 4),
            ((int)json["state"]!, (int)json["x"]!, (int)json["y"]!, json["q"]!.AsArray().Count, json["visits"]!.AsArray().Count));
        Assert.Equal(200, (await live.Get("/api/agent/state")).Status);
    }

    [Theory]
    [InlineData("/api/agent/state?state=-1")]
    [InlineData("/api/agent/state?state=48")]
    [InlineData("/api/agent/state?state=2147483648")]
    [InlineData("/api/agent/state?state=1;rm")]
    [InlineData("/api/agent/state?state=1e309")]
    [InlineData("/api/agent/state?state=1&state=2")]
    [InlineData("/api/metrics?points=0")]
    [InlineData("/api/metrics?points=1000000")]
    [InlineData("/api/metrics?start=0")]
    [InlineData("/api/metrics?start=9&end=3")]
    [InlineData("/api/metrics?series=secrets")]
    [InlineData("/api/events?after_seq=-1")]
    [InlineData("/api/events?after_seq=NaN")]
    public async Task Query_that_does_not_fit_is_refused_with_words(string target)
    {
        var (status, json) = await live.Get(target);

        Assert.Equal(400, status);
        Assert.All(LiveFixture.Errors(json), error => Assert.EndsWith(".", error));
    }

    [Fact]
    public async Task Several_runs_must_be_told_apart()
    {
        await using var server = new ServerFixture();
        server.Server.Register(new FakeRun(Worlds.CliffWalking(), "one"));
        server.Server.Register(new FakeRun(Worlds.CliffWalking(), "two"));

        Assert.Equal(400, (await server.Send("GET", "/api/metrics", "Authorization: Bearer TOKEN")).Status);
        Assert.Equal(200, (await server.Send("GET", "/api/metrics?session=one", "Authorization: Bearer TOKEN")).Status);
        Assert.Equal(404, (await server.Send("GET", "/api/metrics?session=three", "Authorization: Bearer TOKEN")).Status);
    }

    [Fact]
    public async Task View_token_sees_that_it_cannot_steer()
    {
        var reply = await live.Fixture.Send("GET", $"/api/training-session/{live.Run.Id}/status", "Authorization: Bearer VIEW");

        Assert.Contains("\"can_control\":false", reply.Body);
    }

    [Fact]
    public async Task What_is_not_finite_travels_as_a_word()
    {
        await using var server = new ServerFixture();
        var run = new FakeRun(Worlds.CliffWalking());
        run.Add([double.NaN, double.PositiveInfinity]);
        server.Server.Register(run);

        var metrics = await server.Send("GET", "/api/metrics?session=fake-run", "Authorization: Bearer TOKEN");
        var status = await server.Send("GET", "/api/training-session/fake-run/status", "Authorization: Bearer TOKEN");

        Assert.Contains("""{"start":1,"end":1,"min":"NaN","max":"NaN","mean":"NaN",""", metrics.Body);
        Assert.Contains("""{"start":2,"end":2,"min":"Infinity","max":"Infinity","mean":"Infinity",""", metrics.Body);
        Assert.Contains("\"greedy_value\":\"-Infinity\"", status.Body);
    }

    [Fact]
    public async Task Names_of_strangers_travel_as_text()
    {
        await using var server = new ServerFixture();
        server.Server.Register(new FakeRun(Worlds.CliffWalking(), name: "<img onerror=alert(1)></script>\u2028"));

        var reply = await server.Send("GET", "/api/training-sessions", "Authorization: Bearer TOKEN");

        Assert.DoesNotContain("<", reply.Body);
        Assert.DoesNotContain("\u2028", reply.Body);
        Assert.Equal("application/json", reply["Content-Type"]);
    }
}
