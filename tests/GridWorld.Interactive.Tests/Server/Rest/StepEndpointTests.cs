using System.Text.Json.Nodes;

namespace GridWorld.Tests;

public sealed class StepEndpointTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Step_of_a_calm_world_is_its_table_entry()
    {
        server.Server.Register(new FakeRun(Worlds.CliffWalking(), "calm"));

        Assert.Equal(36, (int)(await Get("calm", ""))["next_state"]!);
        var into = await Get("calm", "&state=36&action=1"); // right, into the cliff: −100, back at the start
        Assert.Equal((-100.0, 36, false), ((double)into["reward"]!, (int)into["next_state"]!, (bool)into["terminated"]!));
        var end = await Get("calm", "&state=35&action=2");
        Assert.Equal((-1.0, 47, true), ((double)end["reward"]!, (int)end["next_state"]!, (bool)end["terminated"]!));
    }

    [Fact]
    public async Task Slips_come_as_often_as_the_world_says_and_a_seed_repeats_its_step()
    {
        server.Server.Register(new FakeRun(Worlds.FrozenLake4x4(), "icy"));
        var counts = new Dictionary<int, int>();

        for (var seed = 0; seed < 300; seed++)
        {
            var next = (int)(await Get("icy", $"&state=8&action=2&seed={seed}"))["next_state"]!;
            counts[next] = counts.GetValueOrDefault(next) + 1;
        }

        // From (0, 2) to the right: (1, 2), or slipped up (0, 1) or down (0, 3), a third each; 300 draws stray by less than 40.
        Assert.Equal([4, 9, 12], counts.Keys.Order());
        Assert.All(counts.Values, n => Assert.InRange(n, 60, 140));
        Assert.Equal((await Get("icy", "&state=8&action=2&seed=7")).ToJsonString(),
            (await Get("icy", "&state=8&action=2&seed=7")).ToJsonString());
    }

    [Fact]
    public async Task Step_of_an_earlier_moment_is_taken_in_the_world_of_then()
    {
        // The maze's wall of row 3 has its gap at the right end, after 1,000 steps at the left one.
        var run = Worlds.BlockingMaze().Train(new QLearning(), 100, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        server.Server.Register(run);
        Assert.InRange(run.Status().Steps, 1001, long.MaxValue);

        Assert.Equal(35, (int)(await Get(run.Id, "&state=44&action=0&at=0"))["next_state"]!);
        Assert.Equal(44, (int)(await Get(run.Id, "&state=44&action=0"))["next_state"]!);
        Assert.Equal(18, (int)(await Get(run.Id, "&state=27&action=0"))["next_state"]!);
        Assert.Equal(["state 27 is a wall."], LiveFixture.Errors(await Get(run.Id, "&state=27&action=0&at=0")));
        Assert.Equal(["state 35 is a wall."], LiveFixture.Errors(await Get(run.Id, "&state=35&action=0")));
        Assert.Equal(["The run has 100 episodes: choose one between 0 and 100 (got 101)."],
            LiveFixture.Errors(await Get(run.Id, "&state=35&action=0&at=101")));
    }

    [Theory]
    [InlineData("&state=3", "Give state and action for a step, neither for a start.")]
    [InlineData("&state=99&action=0", "state must be between 0 and 47 (got 99).")]
    [InlineData("&state=0&action=9", "action must be between 0 and 3 (got 9).")]
    public async Task What_is_not_a_step_is_refused(string query, string error)
    {
        server.Server.Register(new FakeRun(Worlds.CliffWalking(), "calm"));

        Assert.Equal([error], LiveFixture.Errors(await Get("calm", query)));
    }

    async Task<JsonNode> Get(string session, string query) =>
        JsonNode.Parse((await server.Send("GET", $"/api/step?session={session}{query}", "Authorization: Bearer VIEW")).Body)!;
}
