namespace GridWorld.Tests;

public sealed class ControlEndpointsTests(LiveFixture live) : IClassFixture<LiveFixture>
{
    [Fact]
    public async Task Pause_stops_the_counter_and_resume_goes_on()
    {
        var paused = await live.Post("pause");
        var first = await live.Get("/api/training-session/ID/status");
        var second = await live.Get("/api/training-session/ID/status");
        var resumed = await live.Post("resume");

        Assert.Equal((200, "paused"), (paused.Status, (string?)paused.Json["state"]));
        Assert.Equal((long)first.Json["steps"]!, (long)second.Json["steps"]!);
        Assert.Equal((200, "training"), (resumed.Status, (string?)resumed.Json["state"]));
    }

    [Fact]
    public async Task Change_in_range_is_answered_with_its_event()
    {
        var (status, json) = await live.Post("hyperparameters", """{"epsilon":0.05,"learning_rate":0.25}""");

        Assert.Equal(200, status);
        var changes = json["events"]!.AsArray().ToDictionary(e => (string)e!["param"]!, e => (double)e!["new_value"]!);
        Assert.Equal((0.05, 0.25), (changes["epsilon"], changes["learning_rate"]));
        Assert.All(json["events"]!.AsArray(),
            e => Assert.Equal((live.Run.Id, "param_change"), ((string?)e!["session_id"], (string?)e["event"])));
        var logged = await live.Get($"/api/events?session=ID&after_seq={(long)json["events"]![0]!["seq"]! - 1}");
        Assert.Equal(json["events"]!.ToJsonString(),
            new System.Text.Json.Nodes.JsonArray([.. logged.Json["events"]!.AsArray().Where(e => (string?)e!["event"] == "param_change")
            .Take(2).Select(e => e!.DeepClone())]).ToJsonString());
    }

    [Fact]
    public async Task Changed_reward_is_answered_with_its_event_and_is_the_cell_s()
    {
        var (status, json) = await live.Post("rewards", """{"x":1,"y":1,"reward":-2.5}""");

        Assert.Equal(200, status);
        var change = json["events"]!.AsArray().Single()!;
        Assert.Equal(("reward_change", "reward(1,1)", -2.5),
            ((string?)change["event"], (string?)change["param"], (double)change["new_value"]!));
        await WaitFor((long)change["episode"]!);
        int state = live.Run.World.StateAt(1, 1);
        Assert.Equal(-2.5, (double)(await live.Get($"/api/agent/state?session=ID&state={state}&last_visits=0")).Json["reward"]!);
        Assert.Equal(400, (await live.Post("rewards", """{"x":1,"y":999,"reward":-2.5}""")).Status);
        Assert.Equal(400, (await live.Post("rewards", """{"x":1,"y":1}""")).Status);

        async Task WaitFor(long episode)
        {
            while (live.Run.Episodes <= episode)
                await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Values_out_of_range_are_all_named_and_nothing_is_changed()
    {
        var before = live.Run.EventLog.Count(e => e.Kind == RunEventKind.ParamChange);

        var (status, json) = await live.Post("hyperparameters", """{"learning_rate":999999,"epsilon":5,"discount_factor":-1}""");

        Assert.Equal(400, status);
        Assert.Equal(3, LiveFixture.Errors(json).Length);
        Assert.Contains("Learning rate must be between 0.001 and 1.0 (got 999999).", LiveFixture.Errors(json));
        Assert.Equal(before, live.Run.EventLog.Count(e => e.Kind == RunEventKind.ParamChange));
    }

    [Theory]
    [InlineData("hyperparameters", """{"epsilon":1e309}""")]
    [InlineData("hyperparameters", """{"epsilon":"NaN"}""")]
    [InlineData("hyperparameters", """{"epsilon":"0.1"}""")]
    [InlineData("hyperparameters", """{"epsilon":[1]}""")]
    [InlineData("hyperparameters", """{"epsilonn":0.1}""")]
    [InlineData("hyperparameters", """{"$type":"System.IO.FileInfo, System"}""")]
    [InlineData("hyperparameters", """{}""")]
    [InlineData("hyperparameters", """[]""")]
    [InlineData("hyperparameters", """{"epsilon":""")]
    [InlineData("continue", """{"episodes":-1}""")]
    [InlineData("continue", """{"episodes":0}""")]
    [InlineData("continue", """{"episodes":1e309}""")]
    [InlineData("continue", """{"episodes":9223372036854775808}""")]
    [InlineData("continue", """{"episodes":"1;rm"}""")]
    [InlineData("continue", """{}""")]
    [InlineData("pace", """{"steps_per_second":-1}""")]
    [InlineData("pace", """{"steps_per_second":0}""")]
    [InlineData("pace", """{"steps_per_second":"NaN"}""")]
    [InlineData("pause", """{"now":true}""")]
    [InlineData("checkpoints", """{"Name":"x"}""")]
    [InlineData("checkpoints", """{"name":5}""")]
    [InlineData("checkpoints", """{"name":"\ud800"}""")]
    [InlineData("checkpoints", """{"name":"\udc00a"}""")]
    [InlineData("checkpoints", """{"\ud800":"a"}""")]
    [InlineData("checkpoints", "{\"name\":\"\u00ff\"}")] // sent as one byte: broken UTF-8
    [InlineData("checkpoints", "{\"\u00c3\":\"a\"}")]
    [InlineData("hyperparameters", """{"epsilon":{"schedule":"\ud800"}}""")]
    [InlineData("resume", """{"checkpoint":"\ud800"}""")]
    [InlineData("resume", """{"episodes":1,"episode":1}""")]
    public async Task Body_that_does_not_fit_is_refused_with_words(string verb, string body)
    {
        var (status, json) = await live.Post(verb, body);

        Assert.Equal(400, status);
        Assert.All(LiveFixture.Errors(json), error => Assert.EndsWith(".", error));
        Assert.DoesNotContain("Exception", json.ToJsonString());
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("C:\\\\x")]
    [InlineData("/abs")]
    [InlineData("CON")]
    [InlineData("nul.txt")]
    [InlineData("a\\u0000b")]
    [InlineData("x.")]
    [InlineData("x ")]
    [InlineData("\\u202egnp.exe")]
    [InlineData("<img onerror=alert(1)>")]
    [InlineData("")]
    public async Task Name_that_could_be_a_path_is_refused(string name)
    {
        var (status, json) = await live.Post("checkpoints", $$"""{"name":"{{name}}"}""");

        Assert.Equal(400, status);
        Assert.NotEmpty(LiveFixture.Errors(json));
    }

    [Fact]
    public async Task Name_of_300_characters_is_refused()
    {
        Assert.Equal(400, (await live.Post("checkpoints", $$"""{"name":"{{new string('x', 300)}}"}""")).Status);
    }

    [Fact]
    public async Task Json_nested_too_deep_is_refused()
    {
        var (status, json) = await live.Post("hyperparameters", string.Concat(Enumerable.Repeat("[", 10_000)));

        Assert.Equal((400, "The body is not JSON, or is nested more than 16 levels deep."), (status, LiveFixture.Errors(json).Single()));
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("1;rm")]
    [InlineData("1e309")]
    [InlineData("..")]
    [InlineData("%2e%2e")]
    [InlineData("LIVE")]
    public async Task Run_that_is_not_there_is_not_found(string id)
    {
        foreach (var (method, verb) in new[] { ("GET", "status"), ("POST", "stop") })
        {
            var reply = await live.Fixture.Send(method, $"/api/training-session/{id}/{verb}", "Authorization: Bearer TOKEN");
            Assert.Equal(404, reply.Status);
        }

        Assert.NotEqual(RunState.Stopped, live.Run.State);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Body_of_another_kind_is_refused(string type)
    {
        var reply = await live.Fixture.Send("POST", $"/api/training-session/{live.Run.Id}/hyperparameters",
            $"Authorization: Bearer TOKEN\r\nContent-Type: {type}", """{"epsilon":0.3}""");

        Assert.Equal(415, reply.Status);
    }

    [Fact]
    public async Task Checkpoint_without_a_name_has_that_of_the_episode_it_is_taken_after()
    {
        var (status, json) = await live.Post("checkpoints", "{}");

        var saved = json["events"]![0]!;
        Assert.Equal((200, "checkpoint", $"episode-{(long)saved["episode"]!}"),
            (status, (string?)saved["event"], (string?)saved["message"]));
    }

    [Fact]
    public async Task Checkpoint_is_named_in_its_event()
    {
        var (status, json) = await live.Post("checkpoints", """{"name":"before cooling"}""");

        Assert.Equal((200, "checkpoint", "before cooling"),
            (status, (string?)json["events"]![0]!["event"], (string?)json["events"]![0]!["message"]));
    }

    [Fact]
    public async Task Pace_is_set_and_lifted()
    {
        var set = await live.Post("pace", """{"steps_per_second":30000}""");
        Assert.Equal((200, 30000.0), (set.Status, (double)set.Json["pace"]!));

        var lifted = await live.Post("pace", """{"steps_per_second":null}""");
        Assert.Equal(200, lifted.Status);
        Assert.True(lifted.Json.AsObject().ContainsKey("pace") && lifted.Json["pace"] is null);
        await live.Post("pace", """{"steps_per_second":20000}""");
    }

    [Fact]
    public async Task Run_that_has_ended_is_told_to_go_on_otherwise()
    {
        await using var ended = new LiveFixture();
        await ended.Post("stop");
        await ended.Run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);

        foreach (var (command, body) in ((string, string)[])[("hyperparameters", """{"epsilon":0.2}"""), ("pause", "{}")])
        {
            var (status, json) = await ended.Post(command, body);
            Assert.Equal(400, status);
            Assert.Contains("Continue", LiveFixture.Errors(json).Single());
        }

        var before = ended.Run.Episodes;
        var continued = await ended.Post("continue", """{"episodes":3}""");
        await ended.Run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        Assert.Equal(200, continued.Status);
        Assert.Equal(before + 3, ended.Run.Episodes);
    }

    [Fact]
    public async Task Run_of_elsewhere_cannot_be_steered()
    {
        await using var server = new ServerFixture();
        server.Server.Register(new FakeRun(Worlds.CliffWalking()));

        var reply = await server.Send("POST", "/api/training-session/fake-run/stop", "Authorization: Bearer TOKEN");

        Assert.Equal(409, reply.Status);
    }
}
