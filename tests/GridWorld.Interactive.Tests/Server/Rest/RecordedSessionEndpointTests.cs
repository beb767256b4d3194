using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>A recorded session served like a live run, with nothing trained: checked against its file number by number.</summary>
public sealed class RecordedSessionEndpointTests : IAsyncDisposable
{
    readonly StoreServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Frames_of_a_replay_are_a_live_runs_and_every_number_is_the_files()
    {
        var (id, file) = await RecordAsync(400);
        var rows = file.RawEpisodes(1, 1000);
        var before = await File.ReadAllBytesAsync(file.StorePath!, TestContext.Current.CancellationToken);
        await using var page = await Page.OpenAsync(server.Url(),
            $$"""{ "run": "{{id}}", "interval_ms": 100, "map": { "layer": "visits" } }""");
        await page.NextViewAsync("the run as it ended");

        var (code, started) = await server.SendAsync("POST", $"/api/training-session/{id}/replay", """{"over_seconds":6}""");

        Assert.Equal((200, "training", id, false),
            (code, (string?)started["state"], (string?)started["session_id"], (bool)started["can_control"]!));
        Assert.True((bool)started["replay"]!["can_control"]!);
        var (states, shown, last) = (new HashSet<string>(), new List<long>(), page.LastSeq);
        JsonObject status = [];
        while ((string?)status["state"] != "completed" || shown.Count < 2)
        {
            JsonObject frame;
            do
            {
                frame = await page.NextFrameAsync("the recorded session's next frame");
                Assert.Equal((id, frame["base"] is null ? null : last), ((string?)frame["session_id"], (long?)frame["base"]));
                last = page.LastSeq;
                status = frame["status"] as JsonObject ?? status;
                await page.AckAsync(last);
            }
            while ((bool)frame["more"]!);

            if (status["replay"] is null)
                continue; // The last frame before it began.
            var episodes = (int)status["episodes"]!;
            states.Add((string)status["state"]!);
            shown.Add(episodes);
            // What is on the page is of that moment, or of one a little later: never anything the file does not have.
            foreach (var (episode, row) in page.Rows)
            {
                var (kept, sent) = (rows[episode - 1], JsonNode.Parse(row)!);
                Assert.Equal((kept.Episode, kept.Return, kept.Length, kept.Epsilon, kept.LearningRate),
                    ((long)sent[0]!, (double)sent[1]!, (int)sent[2]!, (double)sent[4]!, (double)sent[5]!));
            }

            foreach (var (start, point) in page.Points)
            {
                var sent = JsonNode.Parse(point)!;
                Assert.Equal((start, start, rows[start - 1].Return, 1L),
                    ((long)sent[0]!, (long)sent[1]!, (double)sent[4]!, (long)sent[6]!));
            }

            Assert.Equal(page.Rows.Count, page.Points.Count);
            var agent = await server.SendAsync("GET", $"/api/agent/state?session={id}&state=36");
            var asked = (long)agent.Json["episode"]!;
            if (asked == (long)(await server.SendAsync("GET", $"/api/training-session/{id}/status")).Json["episodes"]!
                && (string?)status["state"] == "completed")
                Assert.Equal(file.Agent().Q.Skip(36 * 4).Take(4), agent.Json["q"]!.AsArray().Select(q => (double)q!));
        }

        // Sought, it is shown from there, and nothing of what came later is left on the page.
        await server.SendAsync("POST", $"/api/training-session/{id}/pause");
        await server.SendAsync("POST", $"/api/training-session/{id}/replay", """{"episode":150}""");
        while (page.Rows.Count != 150 || page.Points.Count != 150)
            await page.NextViewAsync("the recorded session after episode 150");
        await server.SendAsync("POST", $"/api/training-session/{id}/stop");
        while (page.Rows.Count != 400 || page.Points.Count != 400)
            await page.NextViewAsync("the run itself again");

        Assert.Equal(["training", "completed"], states);
        Assert.True(shown.Distinct().Count() >= 3, $"It was shown at {shown.Distinct().Count()} moments only.");
        Assert.Equal(shown.Order(), shown);
        Assert.Equal(rows.Length, page.Rows.Count);
        Assert.Equal(file.EventLog.Count, page.Events.Count);
        Assert.Equal(before, await File.ReadAllBytesAsync(file.StorePath!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Replay_is_held_sought_and_ended_and_what_would_train_is_refused()
    {
        var (id, file) = await RecordAsync(100);
        await server.SendAsync("POST", $"/api/training-session/{id}/replay", """{"speed":0.000001,"episode":40}""");

        Assert.Equal((40, "paused"), await PostAsync("pause"));
        Assert.Equal((7, "paused"), await PostAsync("replay", """{"episode":7}"""));
        var (_, past) = await server.SendAsync("GET", $"/api/training-session/{id}/status?at=3");
        var (_, agent) = await server.SendAsync("GET", $"/api/agent/state?session={id}&state=36");
        Assert.Equal((3, 7), ((int)past["episodes"]!, (int)agent["episode"]!));
        Assert.Equal(file.AgentAt(7, TestContext.Current.CancellationToken).Q.Skip(36 * 4).Take(4), agent["q"]!.AsArray()
            .Select(q => (double)q!));
        Assert.Equal((7, "training"), await PostAsync("resume"));
        foreach (var (verb, body) in new[] { ("hyperparameters", """{"learning_rate":0.1}"""), ("continue", """{"episodes":5}"""),
            ("pace", """{"steps_per_second":5}"""), ("checkpoints", """{"name":"x"}""") })
        {
            var (refused, problem) = await server.SendAsync("POST", $"/api/training-session/{id}/{verb}", body);
            Assert.Equal((409, true), (refused, LiveFixture.Errors(problem).Single().StartsWith("This is the playback of a recorded run")));
        }

        Assert.Equal(400, (await server.SendAsync("POST", $"/api/training-session/{id}/replay", """{"speed":0}""")).Status);
        Assert.Equal(400, (await server.SendAsync("POST", $"/api/training-session/{id}/replay", """{"episode":101}""")).Status);
        Assert.Equal(400,
            (await server.SendAsync("POST", $"/api/training-session/{id}/replay", """{"speed":1,"over_seconds":2}""")).Status);
        Assert.Equal((100, "completed"), await PostAsync("stop"));
        Assert.Null((await server.SendAsync("GET", $"/api/training-session/{id}/status")).Json["replay"]);

        async Task<(int, string?)> PostAsync(string verb, string body = "{}")
        {
            var (code, json) = await server.SendAsync("POST", $"/api/training-session/{id}/{verb}", body);
            Assert.Equal(200, code);
            return ((int)json["episodes"]!, (string?)json["state"]);
        }
    }

    [Fact]
    public async Task Interrupted_run_of_the_store_is_listed_so_and_taken_up_from_its_checkpoint_or_a_named_one()
    {
        // A copy made while its process trained: what a kill leaves.
        var elsewhere = Directory.CreateTempSubdirectory("gridworld-").FullName;
        var run = Worlds.CliffWalking().Train(new QLearning(), 300, options: new() { Store = elsewhere, StartPaused = true });
        run.Advance(50);
        Wait.Until(() => run.State == RunState.Paused, "It did not pause after 50 episodes.");
        run.SaveCheckpoint("fifty");
        run.Advance(50);
        Wait.Until(() => run.State == RunState.Paused && run.CheckpointList is [.., { Episode: 100 }],
            "It did not pause after 100 episodes.");
        StoreFile.Copy(run.StorePath!, RunFiles.PathOf(server.Store, run.Id));
        run.Stop();
        await run;
        Directory.Delete(elsewhere, recursive: true);

        var listed = (await server.SendAsync("GET", "/api/training-sessions")).Json[0]!;
        var looking = (await server.SendAsync("GET", "/api/training-sessions", readOnly: true)).Json[0]!;
        var status = (await server.SendAsync("GET", $"/api/training-session/{run.Id}/status")).Json;
        var (code, taken) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/resume", "{}");
        var first = (Run)server.Runs.Live(run.Id)!.View;
        await first.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        var (named, _) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/resume", """{"checkpoint":"fifty"}""");
        var second = (Run)server.Runs.Live(run.Id)!.View;
        await second.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(("interrupted", true, false), ((string?)listed["state"], (bool)listed["can_resume"]!, (bool)listed["can_control"]!));
        Assert.False((bool)looking["can_resume"]!);
        Assert.Equal(("interrupted", true), ((string?)status["state"], (bool)status["can_resume"]!));
        Assert.Equal((200, true, 200), (code, (bool)taken["can_control"]!, named));
        Assert.Contains(first.EventLog, e => (e.Kind, e.Episode) == (RunEventKind.RunResumed, 100));
        Assert.Contains(second.EventLog, e => (e.Kind, e.Episode) == (RunEventKind.RunResumed, 50));
        Assert.Equal((300, 300), (first.Episodes, second.Episodes));
        Assert.Equal(first.Agent().Q, second.Agent().Q);
    }

    async Task<(string Id, RunView File)> RecordAsync(long episodes)
    {
        var run = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, episodes, seed: 3,
            options: new() { Store = server.Store, CheckpointEvery = 10, Pace = 50_000 });
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        return (run.Id, Run.Open(run.Id, server.Store));
    }
}
