using System.Text.Json.Nodes;

namespace GridWorld.Tests;

public sealed class NewRunEndpointTests : IAsyncDisposable
{
    readonly StoreServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Starts_a_run_as_described()
    {
        var (status, json) = await Post(
            """{"world":"cliff-walking","learner":"sarsa","seed":"18446744073709551615","episodes":20,"name":"mine","learning_rate":0.25,"ties":"first","paused":true}""");

        Assert.Equal((201, "paused", "mine", 20), (status, (string?)json["state"], (string?)json["name"], (int)json["target_episodes"]!));
        var started = server.Runs.Find((string)json["run_id"]!).View.Specification;
        Assert.Equal(Worlds.CliffWalking(), started.World);
        Assert.Equal(new Sarsa { LearningRate = 0.25, TieBreaking = TieBreaking.First }, started.Learner);
        Assert.Equal(ulong.MaxValue, started.Seed);
    }

    [Fact]
    public async Task Name_that_another_run_has_is_no_fault()
    {
        const string body = """{"world":"cliff-walking","episodes":3,"name":"mine"}""";

        var ((first, one), (second, other)) = (await Post(body), await Post(body));

        Assert.Equal((201, 201), (first, second));
        Assert.Equal(("mine", "mine"), ((string?)one["name"], (string?)other["name"]));
        Assert.Equal((string?)other["run_id"], StoreFolder.Find("mine", server.Store).Id);
    }

    [Fact]
    public async Task Edited_world_of_another_run_travels_as_changed_cells()
    {
        var (_, first) = await Post("""{"world":"empty-5x5","episodes":3,"seed":7}""");

        var (status, json) = await Post($$"""{"session":"{{(string)first["run_id"]!}}","cells":[[1,1,"#"],[2,2,"H"]],"episodes":null}""");

        Assert.Equal(201, status);
        var started = server.Runs.Find((string)json["run_id"]!).View.Specification;
        Assert.Equal(('#', 'H', 7ul, (long?)null), (started.World[1, 1], started.World[2, 2], started.Seed, started.Episodes));
    }

    [Fact]
    public async Task Edited_rewards_and_start_are_those_of_the_new_run()
    {
        var (_, first) = await Post("""{"world":"cliff-walking","episodes":3}""");

        var (status, json) = await Post(
            $$"""{"session":"{{(string)first["run_id"]!}}","cells":[[3,0,"a"]],"rewards":{"a":-7.5},"start":[2,0]}""");

        Assert.Equal(201, status);
        var mdp = server.Runs.Find((string)json["run_id"]!).View.World.Compile();
        Assert.Equal([new StartState(2, 1)], mdp.Starts);
        Assert.Equal((3, -7.5), (mdp.Next(2, 1), mdp.Reward(2, 1)));
        Assert.Equal(-100, mdp.Reward(25, 2)); // the cliff is as it was
    }

    [Fact]
    public async Task Check_names_faults_and_warnings_and_starts_nothing()
    {
        var (_, first) = await Post("""{"world":"empty-3x3","episodes":1}""");
        var session = (string)first["run_id"]!;

        var (good, sound) = await Post($$"""{"session":"{{session}}","cells":[[1,1,"#"]],"check":true}""");
        var (odd, walled) = await Post($$"""{"session":"{{session}}","cells":[[1,2,"#"],[2,1,"#"]],"check":true}""");
        var (bad, faulty) = await Post($$"""{"session":"{{session}}","cells":[[0,0,"."]],"check":true}""");

        Assert.Equal((200, 0), (good, sound["warnings"]!.AsArray().Count));
        Assert.Equal(200, odd);
        Assert.Contains("goal", (string)Assert.Single(walled["warnings"]!.AsArray())!);
        Assert.Equal(400, bad);
        Assert.Contains("there is no start", string.Join(' ', LiveFixture.Errors(faulty)));
        Assert.Single(server.Runs.Registered());
    }

    [Fact]
    public async Task World_may_be_written_out()
    {
        var (status, json) = await Post("""{"world":{"map":["S.G"]},"episodes":5}""");

        Assert.Equal(201, status);
        Assert.Equal("S.G", server.Runs.Find((string)json["run_id"]!).View.World.ToString());
    }

    [Theory]
    [InlineData("""{}""", "world is required")]
    [InlineData("""{"world":"clif-walking"}""", "Did you mean cliff-walking?")]
    [InlineData("""{"world":"/etc/passwd.txt"}""", "A file name is not allowed here.")]
    [InlineData("""{"world":"..\\x.map"}""", "A file name is not allowed here.")]
    [InlineData("""{"world":"my.world.json"}""", "A file name is not allowed here.")]
    [InlineData("""{"world":"empty-3000x3000"}""", "in worlds of at most 4000000")]
    [InlineData("""{"world":"cliff-walking","cells":[[99,0,"#"]]}""", "There is no cell (99, 0)")]
    [InlineData("""{"world":"cliff-walking","cells":[["x",0,"#"]]}""", "Each of cells must be")]
    [InlineData("""{"world":"cliff-walking","cells":"all"}""", "cells must be a list")]
    [InlineData("""{"world":"cliff-walking","rewards":{"ab":1}}""", "Each of rewards must be a character and a number.")]
    [InlineData("""{"world":"cliff-walking","start":[1]}""", "start must be [x, y].")]
    [InlineData("""{"world":"cliff-walking","start":[99,0]}""", "There is no cell (99, 0)")]
    [InlineData("""{"world":"cliff-walking","learner":"deep-q"}""", "There is no learner 'deep-q'")]
    [InlineData("""{"world":"cliff-walking","steps_ahead":4}""", "'steps_ahead' is not a known member.")]
    [InlineData("""{"world":"cliff-walking","epsilon":5}""", "Epsilon must be between 0")]
    [InlineData("""{"world":"cliff-walking","seed":-1}""", "seed must be a whole number between 0 and 18446744073709551615")]
    [InlineData("""{"world":"cliff-walking","episodes":0}""", "episodes must be a whole number")]
    [InlineData("""{"world":"cliff-walking","store":"/tmp"}""", "'store' is not a known member.")]
    [InlineData("""{"world":"cliff-walking","name":"\ud800"}""", "not valid Unicode")]
    [InlineData("""{"world":"\ud800"}""", "not valid Unicode")]
    [InlineData("""{"world":{"map":["S.G"],"name":"LONG"}}""", "The world's name must have at most 200 characters (got 10000).")]
    [InlineData("""{"world":"cliff-walking","name":"LONG"}""", "name must be text of at most 200 characters")]
    [InlineData("""{"world":"cliff-walking","name":""}""", "The name of a run must have 1 to 200 characters (got 0).")]
    [InlineData("""{"world":{"map":["S.G"],"$type":"System.Object"}}""", "$type")]
    public async Task What_does_not_fit_is_named_and_nothing_starts(string body, string words)
    {
        var (status, json) = await Post(body.Replace("LONG", new string('x', 10_000)));

        Assert.Equal(400, status);
        Assert.Contains(words, string.Join('\n', LiveFixture.Errors(json)));
        Assert.Empty(server.Runs.Registered());
        Assert.Empty(Directory.GetFiles(server.Store));
    }

    Task<(int Status, JsonNode Json)> Post(string body) => server.SendAsync("POST", "/api/training-sessions", body);
}
