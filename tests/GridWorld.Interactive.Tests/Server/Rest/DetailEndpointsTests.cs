using System.Text.Json.Nodes;

namespace GridWorld.Tests;

public sealed class DetailEndpointsTests(LiveFixture live) : IClassFixture<LiveFixture>
{
    [Fact]
    public async Task Rows_of_the_log_are_the_runs_own()
    {
        var (_, json) = await live.Get("/api/episodes?session=ID&start=11&count=7");

        var rows = live.Run.RawEpisodes(11, 7);
        Assert.Equal(rows.Select(r => (r.Episode, r.Return, r.Length)), json["rows"]!.AsArray()
            .Select(r => ((long)r![0]!, (double)r[1]!, (int)r[2]!)));
        Assert.Empty((await live.Get("/api/episodes?session=ID&start=1000000000")).Json["rows"]!.AsArray());
    }

    // The same training, with every episode looked at as it ends.
    [Fact]
    public async Task Mean_q_and_actions_of_rows_are_those_of_a_run_that_writes_all_of_them_down()
    {
        var closely = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, episodes: 40, seed: 1,
            options: RunOptions.InMemory with { SampleEveryEpisode = true });
        await closely.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);

        var (_, json) = await live.Get("/api/episodes?session=ID&start=31&count=10&sampled=true");

        Assert.Equal(closely.RawEpisodes(31, 10).Select(e => (e.Episode, e.Return, e.MeanQ, string.Join(" ", e.ActionCounts!))),
            json["rows"]!.AsArray().Select(r => ((long)r![0]!, (double)r[1]!, (double?)r[6], string.Join(" ", r[7]!.AsArray()))));
        Assert.Empty((await live.Get("/api/episodes?session=ID&start=1000000000&sampled=true")).Json["rows"]!.AsArray());
    }

    [Fact]
    public async Task Newest_rows_of_a_run_at_leisure_come_with_mean_q_and_actions()
    {
        await using var page = await Page.OpenAsync(live.Fixture.Server.Url(), """{ "log_rows": 100 }""");
        await page.NextViewAsync();
        var first = page.Rows.Last().Key;
        while (page.Rows.Last().Key == first)
            await page.NextViewAsync();

        var newest = page.Rows.Last();
        Assert.Equal(live.Run.RawEpisodes(newest.Key, 1).Single().Length, JsonNode.Parse(newest.Value)![7]!.AsArray().Sum(n => (int)n!));
    }

    [Fact]
    public async Task Points_say_by_when_they_were_reached()
    {
        var (_, json) = await live.Get("/api/metrics?session=ID&start=1&end=40&points=40");

        var points = json["points"]!.AsArray();
        Assert.Equal(live.Run.RawEpisodes(1, 40).Sum(e => (long)e.Length), (long)points[39]!["steps"]!);
        Assert.All(points, p => Assert.True((double)p!["seconds"]! > 0));
    }

    [Fact]
    public async Task Axis_of_a_view_comes_with_its_points()
    {
        await using var page = await Page.OpenAsync(live.Fixture.Server.Url(), """{ "start": 1, "end": 40, "points": 40, "axis": true }""");
        JsonNode? axis = null;
        while (axis is null)
        {
            var frame = await page.NextFrameAsync("a frame with the axis");
            axis = frame["axis"];
            await page.AckAsync(page.LastSeq);
        }

        Assert.Equal(Enumerable.Range(0, 41).Select(k => (long)k), axis.AsArray().Select(a => (long)a![0]!));
        Assert.Equal(0, (long)axis[0]![1]!);
        Assert.Equal(live.Run.Reached([7])[0].Steps, (long)axis[7]![1]!);
    }

    [Fact]
    public async Task Settings_are_all_that_the_run_was_begun_with()
    {
        var (status, json) = await live.Get("/api/training-session/ID/settings");

        Assert.Equal(200, status);
        Assert.Equal(("cliff-walking", "1", live.Run.Specification.StepLimit),
            ((string)json["world"]!, (string)json["seed"]!, (long)json["step_limit"]!));
        Assert.Equal(("q-learning", 0.5, 0.99, 0.1, "random"),
            ((string)json["learner"]!["name"]!, (double)json["learner"]!["learning_rate"]!, (double)json["learner"]!["discount_factor"]!,
            (double)json["learner"]!["epsilon"]!, (string)json["learner"]!["ties"]!));
    }

    [Theory]
    [InlineData("from=x", new[] { "from must be a finite number.", "to must be a finite number.",
        "parameter is missing. Use step_reward, discount_factor, slip or rewards.X with a tile X." })]
    [InlineData("parameter=slip&from=0&to=2", new[] { "The range of slip must be within 0 and 1 (got 0 and 2)." })]
    public async Task Breakpoints_are_refused_with_all_faults(string query, string[] errors)
    {
        var (status, json) = await live.Get("/api/breakpoints?session=ID&" + query);

        Assert.Equal(400, status);
        Assert.Equal(errors, LiveFixture.Errors(json));
    }

    [Fact]
    public async Task Policy_has_a_byte_a_state()
    {
        var (_, json) = await live.Get("/api/agent/policy?session=ID");

        Assert.Equal((12, 4), ((int)json["width"]!, (int)json["height"]!));
        Assert.Equal(48, Convert.FromBase64String((string)json["policy"]!).Length);
    }

    [Fact]
    public async Task Policy_comes_with_the_letters_that_the_world_has()
    {
        await using var fixture = new ServerFixture();
        var world = new World(["SX水", ".#G"], new() { Wall = "X", Legend = new Dictionary<char, char> { ['水'] = 'H' } });
        var run = new FakeRun(world);
        run.Learn(_ => 0);
        fixture.Server.Register(run);

        var json = JsonNode.Parse((await fixture.Send("GET", "/api/agent/policy", "Authorization: Bearer VIEW")).Body)!;

        var tiles = json["tiles"]!.AsArray();
        Assert.Equal(world.Cells.ToArray(), Convert.FromBase64String((string)json["cells"]!)
            .Select(n => ((string)tiles[n - 1]!["tile"]!)[0]));
        Assert.Equal(["X"], tiles.Where(t => (string)t!["kind"]! == "wall").Select(t => (string)t!["tile"]!));
    }

    [Theory]
    [InlineData("metrics", "episode,return,length,")]
    [InlineData("q-table", "state,x,y,action,q,visits,")]
    [InlineData("policy", "state,x,y,action,action_name,")]
    [InlineData("events", "seq,session_id,episode,event,")]
    public async Task Tables_come_as_files_of_both_kinds(string what, string head)
    {
        var csv = await live.Fixture.Send("GET", $"/api/export?session={live.Run.Id}&what={what}", "Authorization: Bearer VIEW");
        var json = await live.Fixture.Send("GET", $"/api/export?session={live.Run.Id}&what={what}&format=json",
            "Authorization: Bearer VIEW");

        Assert.Equal((200, 200), (csv.Status, json.Status));
        Assert.Contains(head, csv.Body);
        Assert.Equal($"attachment; filename*=UTF-8''live-{what}.csv", csv["Content-Disposition"]);
        Assert.Contains($"[{{\"{head.Split(',')[0]}\":", json.Body);
    }

    [Theory]
    [InlineData("/api/export?session=ID&what=secrets")]
    [InlineData("/api/export?session=ID&format=xlsx")]
    [InlineData("/api/episodes?session=ID&count=100000")]
    [InlineData("/api/episodes?session=ID&start=0")]
    [InlineData("/api/episodes?session=ID&sampled=perhaps")]
    public async Task Odd_questions_are_refused_in_words(string target) => Assert.Equal(400, (await live.Get(target)).Status);

    [Fact]
    public async Task Run_kept_in_memory_has_no_file()
    {
        var (status, json) = await live.Get("/api/run-file?session=ID");

        Assert.Equal(409, status);
        Assert.Contains("memory", LiveFixture.Errors(json).Single());
    }
}
