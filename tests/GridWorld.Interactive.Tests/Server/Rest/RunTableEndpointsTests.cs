using System.Text.Json.Nodes;

namespace GridWorld.Tests;

/// <summary>The list of runs in versions, and stars, notes and deletions.</summary>
public sealed class RunTableEndpointsTests : IAsyncDisposable
{
    readonly StoreServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task List_has_every_run_with_its_settings_once()
    {
        var (first, second) = (await TrainAsync("a", 1), await TrainAsync("b", ulong.MaxValue));
        var memory = Worlds.CliffWalking().Train(new Sarsa(), 3, name: "c", options: RunOptions.InMemory);
        await memory;
        server.Register(memory);

        var (_, list) = await server.SendAsync("GET", "/api/runs");

        Assert.Equal((true, true), ((bool)list["is_whole"]!, (bool)list["can_control"]!));
        Assert.Equal([memory.Id, second.Id, first.Id], Ids(list));
        Assert.Equal(["q-learning", "sarsa"], list["settings"]!.AsArray().Select(s => (string)s!["learner"]!["name"]!).Order());
        Assert.Single(list["settings"]!.AsArray().Select(s => (string)s!["world_digest"]!).Distinct());
        var row = list["runs"]![1]!.AsArray();
        Assert.Equal(("completed", 20, 20, ulong.MaxValue.ToString()), ((string)row[2]!, (int)row[3]!, (int)row[4]!, (string)row[13]!));
        Assert.Equal(second.Status().MeanReturnLast100, (double)row[6]!);
    }

    [Fact]
    public async Task Runs_that_begin_in_the_same_millisecond_keep_their_order()
    {
        var clock = new SetClock();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            clock.Advance(TimeSpan.FromMicroseconds(300));
            var run = Worlds.CliffWalking().Train(new Sarsa(), 3, options: RunOptions.InMemory with { Time = clock });
            await run;
            server.Register(run);
        }

        var (_, list) = await server.SendAsync("GET", "/api/runs");

        Assert.Equal([0.6, 0.3], list["runs"]!.AsArray().Select(run => Math.Round((double)run![9]! % 1000, 3)));
    }

    [Fact]
    public async Task Later_list_has_only_what_has_changed()
    {
        var first = await TrainAsync("a", 1);
        var (_, whole) = await server.SendAsync("GET", "/api/runs");

        var unchanged = await AfterAsync(whole);
        var second = await TrainAsync("b", 2);
        var grown = await AfterAsync(whole);
        await server.SendAsync("POST", $"/api/training-session/{first.Id}/delete", "{}");
        var gone = await AfterAsync(grown);

        Assert.Equal((false, 0), ((bool)unchanged["is_whole"]!, unchanged["runs"]!.AsArray().Count));
        Assert.Equal([second.Id], Ids(grown));
        Assert.Empty(grown["settings"]!.AsArray()); // Known by its place already.
        Assert.Equal(first.Id, (string)Assert.Single(gone["gone"]!.AsArray())!);
        Assert.Empty(Ids(gone));
        Assert.True((bool)(await server.SendAsync("GET", "/api/runs?after=1")).Json["is_whole"]!); // Of a server that ran before.
    }

    [Fact]
    public async Task Part_of_the_list_is_sent_by_place()
    {
        var (first, second) = (await TrainAsync("a", 1), await TrainAsync("b", 2));

        Assert.Equal([first.Id], Ids((await server.SendAsync("GET", "/api/runs?start=1")).Json));
        Assert.Equal([second.Id], Ids((await server.SendAsync("GET", "/api/runs?count=1")).Json));
        Assert.Equal(400, (await server.SendAsync("GET", "/api/runs?after=5&count=1")).Status);
    }

    [Fact]
    public async Task List_is_filtered_sorted_and_grouped_by_the_columns_of_the_table()
    {
        var (first, second, other) = (await TrainAsync("a", 1), await TrainAsync("b", 2), await TrainAsync("other", 3));

        var (_, sorted) = await server.SendAsync("GET", "/api/runs?sort=-name&count=2");
        var (_, some) = await server.SendAsync("GET", "/api/runs?filter=seed%20%3C=%202%20learner%20=%20q-learning&sort=seed");
        var (_, groups) = await server.SendAsync("GET", "/api/runs?group=seeds");
        var (_, bySeed) = await server.SendAsync("GET", "/api/runs?group=seed&sort=-value&count=1");

        Assert.Equal([other.Id, second.Id], Ids(sorted));
        Assert.Equal(3, (int)sorted["total"]!);
        Assert.Equal([first.Id, second.Id], Ids(some));
        double[] returns = [.. new[] { first, second, other }.Select(run => run.Status().MeanReturnLast100!.Value)];
        var group = Assert.Single(groups["groups"]!.AsArray())!;
        Assert.Equal((3, "q-learning", returns.Average()), ((int)group["runs"]!, (string)group["learner"]!, (double)group["mean_return"]!));
        Assert.Equal(Scores.Of(returns).Interval(Aggregate.Mean).Low, (double)group["low"]!);
        Assert.Equal((3, "3"), ((int)bySeed["total"]!, (string)bySeed["groups"]![0]!["value"]!));
    }

    [Theory]
    [InlineData("filter=epsilom%20%3C%201", "There is no column 'epsilom'. Use one of name, run_id, learner, world,")]
    [InlineData("sort=hue", "sort must be one of name,")]
    [InlineData("group=hue", "group must be seeds, name,")]
    [InlineData("group=seeds&sort=hue", "sort must be one of value, learner, world, runs, return,")]
    [InlineData("after=5&sort=name", "Give after, or start, count, filter, sort and group, not both.")]
    public async Task Bad_choice_of_runs_is_refused_in_clear_words(string query, string error)
    {
        await TrainAsync("a", 1);

        var (status, problem) = await server.SendAsync("GET", "/api/runs?" + query);

        Assert.Equal(400, status);
        Assert.StartsWith(error, (string)problem["errors"]![0]!);
    }

    [Fact]
    public async Task Star_and_note_are_kept_in_the_store_and_changed_by_themselves()
    {
        var run = await TrainAsync("a", 1);

        Assert.Equal(200, (await server.SendAsync("POST", $"/api/training-session/{run.Id}/note", """{"starred":true}""")).Status);
        Assert.Equal(200, (await server.SendAsync("POST", $"/api/training-session/{run.Id}/note", """{"note":" too high "}""")).Status);
        var row = (await server.SendAsync("GET", "/api/runs")).Json["runs"]![0]!;
        var other = new RunNotes(server.Store);
        other.Refresh();

        Assert.Equal((true, "too high"), ((bool)row[12]!, (string)row[14]!));
        Assert.Equal(new(true, "too high"), other.Of(run.Id));
        await server.SendAsync("POST", $"/api/training-session/{run.Id}/note", """{"starred":false,"note":""}""");
        other.Refresh();
        Assert.Equal(RunNote.None, other.Of(run.Id));
    }

    [Theory]
    [InlineData("note", "{}", "Give starred, note, or both.")]
    [InlineData("note", """{"starred":1}""", "starred must be")]
    [InlineData("note", """{"note":"x","star":true}""", "'star' is not a known member.")]
    [InlineData("delete", """{"sure":true}""", "'sure' is not a known member.")]
    public async Task Body_that_does_not_fit_is_refused_with_words(string command, string body, string words)
    {
        var run = await TrainAsync("a", 1);

        var (status, json) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/{command}", body);

        Assert.Equal(400, status);
        Assert.StartsWith(words, LiveFixture.Errors(json)[0], StringComparison.Ordinal);
        Assert.True(File.Exists(run.StorePath));
    }

    [Fact]
    public async Task Notes_that_cannot_be_read_are_never_overwritten()
    {
        var run = await TrainAsync("a", 1);
        var file = Path.Combine(server.Store, RunNotes.FileName);
        await File.WriteAllTextAsync(file, "{ half", TestContext.Current.CancellationToken);

        var (status, json) = await server.SendAsync("POST", $"/api/training-session/{run.Id}/note", """{"starred":true}""");

        Assert.Equal(400, status);
        Assert.Contains("Repair the file or move it away", LiveFixture.Errors(json)[0], StringComparison.Ordinal);
        Assert.Equal("{ half", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_sides_are_compared_seed_by_seed_in_a_sentence()
    {
        var (first, second) = (new List<Run>(), new List<Run>());
        for (var seed = 1ul; seed <= 3; seed++)
        {
            first.Add(await TrainAsync("q", seed));
            second.Add(await TrainAsync("sarsa", seed, new Sarsa()));
        }

        ComparedScores Side(string label, List<Run> runs) =>
            new(label, [.. runs.Select(run => run.Status().MeanReturnLast100!.Value)]) { Seeds = [1, 2, 3] };
        var (status, json) = await server.SendAsync("GET",
            $"/api/comparison?first={Ids(first)}&second={Ids(second)}&first_label=Q&second_label=SARSA");
        var (unknown, _) = await server.SendAsync("GET", $"/api/comparison?first={first[0].Id}&second=absent");
        var (lacking, faults) = await server.SendAsync("GET", $"/api/comparison?first={first[0].Id}");

        Assert.Equal(200, status);
        Assert.Equal(ScoreComparison.Of(Side("Q", first), Side("SARSA", second)).Sentence, (string)json["sentence"]!);
        Assert.Contains(json["warnings"]!.AsArray().Select(w => (string)w!),
            w => w.StartsWith("3 seeds are few", StringComparison.Ordinal));
        Assert.Equal((404, 400), (unknown, lacking));
        Assert.StartsWith("Give first and second", LiveFixture.Errors(faults)[0], StringComparison.Ordinal);

        static string Ids(List<Run> runs) => string.Join(',', runs.Select(run => run.Id));
    }

    [Fact]
    public async Task Run_is_deleted_only_once_it_has_ended_wherever_it_is()
    {
        var going = Worlds.CliffWalking().Train(new QLearning(), episodes: null, options: new() { Store = server.Store, Pace = 1000 });
        var ended = await TrainAsync("shown", 1);
        var memory = Worlds.CliffWalking().Train(new QLearning(), 3, options: RunOptions.InMemory);
        await memory;
        foreach (var run in (Run[])[going, ended, memory])
            server.Register(run);

        var (refused, json) = await server.SendAsync("POST", $"/api/training-session/{going.Id}/delete", "{}");
        var statuses = new[]
        {
            (await server.SendAsync("POST", $"/api/training-session/{ended.Id}/delete", "{}")).Status,
            (await server.SendAsync("POST", $"/api/training-session/{memory.Id}/delete", "{}")).Status,
            (await server.SendAsync("POST", "/api/training-session/absent/delete", "{}")).Status,
            (await server.SendAsync("POST", "/api/training-session/absent/note", """{"starred":true}""")).Status,
        };

        Assert.Equal((400, "This run is being trained. Stop it first, then delete it."), (refused, LiveFixture.Errors(json)[0]));
        Assert.Equal([200, 200, 404, 404], statuses);
        Assert.Equal([going.Id], Ids((await server.SendAsync("GET", "/api/runs")).Json));
        Assert.False(File.Exists(ended.StorePath));
    }

    async Task<JsonNode> AfterAsync(JsonNode list) => (await server.SendAsync("GET", $"/api/runs?after={(long)list["version"]!}")).Json;

    static IEnumerable<string> Ids(JsonNode list) => list["runs"]!.AsArray().Select(row => (string)row![0]!);

    async Task<Run> TrainAsync(string name, ulong seed, LearnerOptions? learner = null)
    {
        var run = Worlds.CliffWalking().Train(learner ?? new QLearning(), 20, seed: seed, name: name,
            options: new() { Store = server.Store });
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        return run;
    }
}
