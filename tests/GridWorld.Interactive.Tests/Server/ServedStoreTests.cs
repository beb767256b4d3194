using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>A server over a folder of runs, with nothing trained in its process.</summary>
public sealed class ServedStoreTests : IAsyncDisposable
{
    readonly StoreServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Finished_run_is_listed_and_shown_as_its_file_has_it()
    {
        var run = await TrainAsync(50);

        var (_, list) = await server.SendAsync("GET", "/api/training-sessions");
        var (_, status) = await server.SendAsync("GET", $"/api/training-session/{run.Id}/status");
        await using var page = await Page.OpenAsync(server.Url(), """{ "map": { "layer": "value" } }""");
        await page.NextViewAsync();

        Assert.Equal((run.Id, "completed", 50),
            ((string?)Assert.Single(list.AsArray())!["run_id"], (string?)list[0]!["state"], (int)list[0]!["episodes"]!));
        Assert.Equal(("completed", false), ((string?)status["state"], (bool)status["can_control"]!));
        Assert.Equal(run.Status().QChecksum, (double)status["q_checksum"]!);
        Assert.Equal(Enumerable.Range(1, 50).Select(k => (long)k), page.Rows.Keys);
        Assert.Equal(run.RawEpisodes(1, 50).Select(e => e.Return), page.Rows.Values.Select(row => (double)JsonNode.Parse(row)![1]!));
        Assert.NotEmpty(page.Tiles);
    }

    [Fact]
    public async Task Run_whose_name_a_newer_one_has_names_that_one()
    {
        var older = Worlds.CliffWalking().Train(new QLearning(), 1, name: "same", options: new() { Store = server.Store });
        await older.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        var newer = Worlds.CliffWalking().Train(new QLearning(), 1, name: "same", options: RunOptions.InMemory);
        await newer.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        server.Register(newer);

        var (_, list) = await server.SendAsync("GET", "/api/training-sessions");

        Assert.Equal([(newer.Id, null), (older.Id, newer.Id)], list.AsArray()
            .Select(r => ((string)r!["run_id"]!, (string?)r["newer_run_id"])));
    }

    [Fact]
    public async Task Stored_run_is_continued_from_the_page_and_shown_live()
    {
        var run = await TrainAsync(20);
        await using var page = await Page.OpenAsync(server.Url(), """{ "interval_ms": 100 }""");
        await page.NextViewAsync();

        var refused = await server.SendAsync("POST", $"/api/training-session/{run.Id}/pause", "{}");
        var (status, json) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/continue", """{"episodes":5}""");
        await ((Run)server.Runs.Live(run.Id)!.View).Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(409, refused.Status);
        Assert.Equal((200, true), (status, (bool)json["can_control"]!));
        while (page.Rows.Count == 0 || page.Rows.Keys.Last() < 25)
            await page.NextViewAsync("the live view with episode 25");
        Assert.Equal(Enumerable.Range(1, 25).Select(k => (long)k), page.Rows.Keys);
    }

    [Fact]
    public async Task Stored_run_is_forked_and_so_is_the_fork_while_it_is_paused()
    {
        var run = await TrainAsync(200);

        var (status, json) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/fork",
            """{"episode":120,"learning_rate":0.05,"epsilon":{"schedule":"linear","from":1,"to":0,"over":500},"name":"slow","episodes":30,"paused":true}""");
        var fork = (Run)server.Runs.Live((string)json["run_id"]!)!.View;
        var (_, again) = await server.SendAsync("POST", $"/api/training-session/{fork.Id}/fork",
            """{"episode":7,"episodes":3,"name":"slow"}""");
        fork.Resume();
        await fork.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        await ((Run)server.Runs.Live((string)again["run_id"]!)!.View).Completion.WaitAsync(RawHttp.Patience,
            TestContext.Current.CancellationToken);

        Assert.Equal((201, "paused", "slow", run.Id, 120, 120, 150),
            (status, (string?)json["state"], (string?)json["name"], (string?)json["parent_run_id"], (int)json["parent_episode"]!,
            (int)json["episodes"]!, (int)json["target_episodes"]!));
        Assert.Equal(run.RawEpisodes(1, 120), fork.RawEpisodes(1, 120));
        Assert.Equal(0.05, fork.Status().Settings.LearningRate);
        var (_, list) = await server.SendAsync("GET", "/api/training-sessions");
        Assert.Equal("slow", (string?)again["name"]);
        Assert.Equal(new[] { (fork.Id, 10), (run.Id, 150), (null, 200) }, list.AsArray()
            .Select(r => ((string?)r!["parent_run_id"], (int)r["episodes"]!)));
    }

    [Fact]
    public async Task Fork_that_cannot_be_names_every_fault()
    {
        var run = await TrainAsync(20);

        var (status, json) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/fork",
            """{"episode":21,"learning_rate":9,"episodes":0,"seed":1}""");

        Assert.Equal(400, status);
        Assert.Equal(["episodes must be a whole number between 1 and 1000000000000 (got 0).",
            "Learning rate must be between 0.001 and 1.0 (got 9).", "The run has 20 episodes: choose one between 0 and 20 (got 21)."],
            LiveFixture.Errors(json)[..3]);
        Assert.StartsWith("'seed' is not a known member.", LiveFixture.Errors(json)[3]);
        Assert.Equal("episode is required: the episode after which the fork starts, or 0 for untrained.",
            Assert.Single(LiveFixture.Errors((await server.SendAsync("POST", $"/api/training-session/{run.Id}/fork", "{}")).Json)));
        Assert.Single(Directory.GetFiles(server.Store));
    }

    [Fact]
    public async Task Ended_run_is_taken_up_from_a_named_checkpoint()
    {
        var run = await TrainAsync(20);
        run.SaveCheckpoint("twenty");
        run.Continue(10);
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        server.Register(run);

        var (_, checkpoints) = await server.SendAsync("GET", $"/api/checkpoints?session={run.Id}");
        var (unknown, no) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/resume", """{"checkpoint":"thirty"}""");
        var (status, json) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/resume", """{"checkpoint":"twenty"}""");
        await ((Run)server.Runs.Live(run.Id)!.View).Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(20, (int)Assert.Single(checkpoints["checkpoints"]!.AsArray(), c => (string?)c!["name"] == "twenty")!["episode"]!);
        Assert.Equal((400, true), (unknown, LiveFixture.Errors(no).Single().Contains("thirty")));
        Assert.Equal((200, true), (status, (bool)json["can_control"]!));
        Assert.NotSame(run, server.Runs.Live(run.Id)!.View);
        Assert.Contains(server.Runs.Live(run.Id)!.View.EventLog, e => e.Kind == RunEventKind.RunResumed && e.Episode == 20);
        Assert.Equal(30, server.Runs.Live(run.Id)!.View.Status().Episodes);
    }

    [Theory]
    [InlineData("resume", """{"episode":0}""")]
    [InlineData("resume", """{"checkpoint":"start"}""")]
    [InlineData("continue", """{"episodes":5}""")]
    public async Task Stored_run_goes_on_at_the_pace_it_had_last(string command, string body)
    {
        var run = Worlds.CliffWalking()
            .Train(new QLearning(), episodes: 1_000_000, options: new() { Store = server.Store, StartPaused = true, Pace = 20_000 });
        run.SaveCheckpoint("start");
        run.Stop();
        await run;

        var (status, json) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/{command}", body);

        Assert.Equal((200, 20_000), (status, (double?)json["pace"]));
    }

    [Fact]
    public async Task Pace_given_after_the_end_holds_from_a_checkpoint_on()
    {
        var run = await TrainAsync(20);
        run.SaveCheckpoint("twenty");
        server.Register(run);
        await server.SendAsync("POST", $"/api/training-session/{run.Id}/pace", """{"steps_per_second":500}""");

        var (status, json) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/resume", """{"checkpoint":"twenty"}""");

        Assert.Equal((200, 500), (status, (double?)json["pace"]));
    }

    [Fact]
    public async Task Run_file_is_a_whole_copy_that_can_be_trained_on_while_the_original_trains()
    {
        var run = Worlds.CliffWalking()
            .Train(new QLearning(), episodes: null, options: new() { Store = server.Store, Pace = 50_000, Name = "copied" });
        server.Register(run);
        Wait.Until(() => run.CheckpointList.Count > 0, "No checkpoint was taken.");
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", ServerFixture.TokenOf(server.Url(readOnly: true)));

        using var reply = await client.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/api/run-file?session={run.Id}"),
            TestContext.Current.CancellationToken);
        var other = Directory.CreateTempSubdirectory("gridworld-copy-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(other, run.Id + ".run.db"),
            await reply.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var copy = StoreFolder.List(other).Single();
        var taken = Run.Resume(run.Id, other);
        taken.Stop();
        await taken.Completion;
        var episodes = (int)Math.Min(copy.Episodes, 50);

        Assert.Equal((200, $"attachment; filename*=UTF-8''{run.Id}.run.db"),
            ((int)reply.StatusCode, reply.Content.Headers.GetValues("Content-Disposition").Single()));
        Assert.Equal((null, RunState.Interrupted, "copied"), (copy.Error, copy.State, copy.Name));
        Assert.InRange(copy.Episodes, 100, run.Episodes);
        Assert.Equal(run.RawEpisodes(1, episodes), taken.RawEpisodes(1, episodes));
        Assert.Equal(RunState.Training, run.State);
        Directory.Delete(other, recursive: true);
    }

    [Fact]
    public async Task Ended_run_is_resumed_only_at_a_checkpoint()
    {
        var run = Worlds.CliffWalking().Train(new QLearning(), 200, options: new() { Store = server.Store, StartPaused = true });
        run.Advance(120);
        Wait.Until(() => run is { Episodes: 120, State: RunState.Paused }, "120 episodes were not over in time.");
        run.Stop();
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        var resume = $"/api/training-session/{run.Id}/resume";

        var (_, stopped) = await server.SendAsync("GET", $"/api/training-session/{run.Id}/status");
        var (refused, words) = await server.SendAsync("POST", resume, "{}");
        var (wrong, _) = await server.SendAsync("POST", resume, """{"episode":60}""");
        var untouched = Run.Open(run.Id, server.Store).EventLog;
        var (taken, _) = await server.SendAsync("POST", resume, """{"episode":120}""");
        await ((Run)server.Runs.Live(run.Id)!.View).Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        var (completed, again) = await server.SendAsync("POST", resume, """{"episode":200}""");

        Assert.Equal((false, true), ((bool)stopped["can_resume"]!, (bool)stopped["can_continue"]!));
        Assert.Equal((409, 409, 200, 409), (refused, wrong, taken, completed));
        Assert.Contains("continue it", LiveFixture.Errors(words).Single());
        Assert.Contains("continue it", LiveFixture.Errors(again).Single());
        Assert.DoesNotContain(untouched, e => e.Kind == RunEventKind.RunResumed);
        Assert.Equal(200, server.Runs.Live(run.Id)!.View.Status().Episodes);
    }

    [Fact]
    public async Task Who_may_only_look_reads_no_folder_of_this_machine()
    {
        await File.WriteAllBytesAsync(Path.Combine(server.Store, "bad.run.db"), new byte[5000], TestContext.Current.CancellationToken);

        await using var page = await Page.OpenAsync(server.Url(readOnly: true), """{ "run": "bad" }""");
        await using var owner = await Page.OpenAsync(server.Url(), """{ "run": "bad" }""");
        var (_, list) = await server.SendAsync("GET", "/api/training-sessions", readOnly: true);
        var (status, problem) = await server.SendAsync("GET", "/api/metrics?session=bad", readOnly: true);

        Assert.Contains(server.Store, await owner.NextFaultAsync());
        Assert.Equal(400, status);
        Assert.All([await page.NextFaultAsync(), list.ToJsonString(), problem.ToJsonString()], text =>
        {
            Assert.Contains("bad.run.db", text);
            Assert.DoesNotContain(server.Store, text);
        });
    }

    [Fact]
    public async Task Link_out_of_the_store_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link needs a right on Windows that tests don't have.");
        var outside = Directory.CreateTempSubdirectory("gridworld-outside-").FullName;
        var run = await TrainAsync(5, outside);
        File.CreateSymbolicLink(Path.Combine(server.Store, run.Id + ".run.db"), Path.Combine(outside, run.Id + ".run.db"));

        var (status, json) = await server.SendAsync("GET", $"/api/training-session/{run.Id}/status");

        Assert.Equal(400, status);
        Assert.Contains("is a link", LiveFixture.Errors(json).Single());
        Directory.Delete(outside, recursive: true);
    }

    [Theory]
    [InlineData("empty", 0)]
    [InlineData("wrong-magic", 5000)]
    [InlineData("cut", -1)]
    public async Task Damaged_file_is_reported_and_harms_no_other(string id, int length)
    {
        var good = await TrainAsync(5);
        var bytes = length >= 0
            ? new byte[length]
            : (await File.ReadAllBytesAsync(Path.Combine(server.Store, good.Id + ".run.db"),
            TestContext.Current.CancellationToken))[..3000];
        await File.WriteAllBytesAsync(Path.Combine(server.Store, id + ".run.db"), bytes, TestContext.Current.CancellationToken);

        var (status, json) = await server.SendAsync("GET", $"/api/training-session/{id}/status");
        var (_, list) = await server.SendAsync("GET", "/api/training-sessions");
        await using var page = await Page.OpenAsync(server.Url(), $$"""{ "run": "{{id}}" }""");

        Assert.Equal(400, status);
        Assert.EndsWith(".", LiveFixture.Errors(json).Single());
        Assert.NotEmpty(await page.NextFaultAsync());
        Assert.Equal(2, list.AsArray().Count);
        Assert.NotNull(list.AsArray().Single(r => (string?)r!["run_id"] == id)!["message"]);
        Assert.Equal(200, (await server.SendAsync("GET", $"/api/training-session/{good.Id}/status")).Status);
        Assert.Equal(bytes,
            await File.ReadAllBytesAsync(Path.Combine(server.Store, id + ".run.db"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("..%2Fx")]
    [InlineData("../x")]
    [InlineData("CON")]
    [InlineData("a%00b")]
    public async Task Id_that_could_be_a_path_finds_nothing(string id)
    {
        await TrainAsync(5);

        Assert.Equal(404, (await server.SendAsync("GET", $"/api/metrics?session={id}")).Status);
        Assert.Contains((await server.SendAsync("GET", $"/api/training-session/{id}/status")).Status,
            new[] { 400, 404 }); // Kestrel itself refuses a NUL.
    }

    async Task<Run> TrainAsync(long episodes, string? folder = null)
    {
        var run = Worlds.CliffWalking().Train(new QLearning(), episodes, options: new() { Store = folder ?? server.Store });
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        return run;
    }
}
