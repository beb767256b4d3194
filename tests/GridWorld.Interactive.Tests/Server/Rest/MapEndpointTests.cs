using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace GridWorld.Tests;

public sealed class MapEndpointTests : IAsyncDisposable
{
    readonly ServerFixture fixture = new();
    readonly HttpClient client = new();

    public MapEndpointTests() => client.DefaultRequestHeaders.Authorization = new("Bearer", fixture.ViewToken);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return fixture.DisposeAsync();
    }

    [Fact]
    public async Task Each_layer_says_what_the_tables_say()
    {
        var (run, world) = (await TrainAsync(), Worlds.CliffWalking());
        var (agent, plan) = (run.Agent(), Planner.Solve(world.Compile(), 0.9, TestContext.Current.CancellationToken));
        for (int state = 0; state < world.States; state++)
        {
            var row = agent.Q[(state * 4)..(state * 4 + 4)];
            var isVisited = agent.Visits[(state * 4)..(state * 4 + 4)].Sum() > 0;
            AssertNear(isVisited ? row.Max() : double.NaN, (await Layer("value")).Of(state));
            AssertNear(isVisited ? agent.Visits[(state * 4)..(state * 4 + 4)].Sum() : double.NaN, (await Layer("visits")).Of(state));
            AssertNear(plan.Values[state], (await Layer("optimal_value")).Of(state));
            AssertNear(isVisited ? row.Max() - plan.Values[state] : double.NaN, (await Layer("optimal_difference")).Of(state));
            for (int action = 0; action < 4; action++)
                AssertNear(isVisited ? row[action] : double.NaN, (await Layer("q")).Of(state, action));
            if (!isVisited)
                continue;
            var greedy = Enumerable.Range(0, 4).Where(a => row[a] == row.Max()).ToList();
            var map = await Layer("policy");
            Assert.Equal(greedy.Sum(a => 1 << a), map.Policy[state]);
            AssertNear(world.IsTerminal(state) ? double.NaN : (double)greedy.Count(a => plan.IsBest(state, a)) / greedy.Count,
                map.Of(state));
        }
    }

    [Fact]
    public async Task Layer_of_last_changes_is_complete_after_a_while_and_has_none_where_the_policy_never_changed()
    {
        var run = await TrainAsync();
        var expected = run.PolicyChanges(cancellationToken: TestContext.Current.CancellationToken);

        JsonNode tile;
        do
            tile = await TileAsync("last_change");
        while ((long?)tile["after"] is not 0);

        var map = new Tile(tile);
        for (int state = 0; state < 48; state++)
            AssertNear(expected.LastChange[state] is > 0 and var episode ? episode : double.NaN, map.Of(state));
        Assert.Null((await TileAsync("value"))["after"]);
    }

    [Fact]
    public async Task Optimal_actions_are_none_that_stand_still_forever()
    {
        // At discount 1 staying in a corner of the lake has the value of going: 1.
        var run = Worlds.FrozenLake8x8(slippery: false).Train(new QLearning { DiscountFactor = 1 }, 1, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        run.SolveExactly();
        fixture.Server.Register(run);

        var policy = (await Layer("optimal_value")).Policy;
        var state = JsonNode.Parse(
            await client.GetStringAsync(new Uri($"http://127.0.0.1:{fixture.Port}/api/agent/state?state=0&last_visits=0"),
            TestContext.Current.CancellationToken))!;

        // In the corner left and up bump; down and right lead on.
        Assert.Equal(0b0110, policy[0]);
        Assert.Equal([1, 2], state["best"]!.AsArray().Select(a => (int)a!));
        Assert.Equal([1.0, 1, 1, 1], state["q_optimal"]!.AsArray().Select(q => (double)q!));
    }

    [Fact]
    public async Task Td_error_of_a_state_is_the_mean_distance_to_the_expected_targets()
    {
        // One step from the goal: target −1. Nothing else was tried there, and next to the start only "right": −1 + 0.9·max Q.
        var run = new FakeRun(new(["S.G"]));
        run.Learn(pair => pair == 5 ? -3 : pair / 10.0);
        fixture.Server.Register(run);

        var map = await Layer("td_error");

        // State 1: up, down, left stay or go back; right ends. With γ = 1: targets −1 + max Q(1,·), −1, −1 + max Q(1,·), −1 + max Q(0,·).
        double[] q1 = [0.4, -3, 0.6, 0.7], q0 = [0, 0.1, 0.2, 0.3];
        double[] targets = [-1 + 0.7, -1, -1 + 0.7, -1 + 0.3];
        AssertNear(targets.Zip(q1, (t, q) => Math.Abs(t - q)).Average(), map.Of(1));
        AssertNear(new[] { -1 + 0.3, -1 + 0.7, -1 + 0.3, -1 + 0.3 }.Zip(q0, (t, q) => Math.Abs(t - q)).Average(), map.Of(0));
    }

    [Theory]
    [InlineData("empty-3x3", "q", 1, -1)]
    [InlineData("empty-3x3", "value", 1, -1)]
    [InlineData("empty-300x300", "value", 1.0 / 3, -1.0 / 3)] // nine cells a value, of the first three negative, of the second six
    public async Task Diverged_values_are_drawn_as_the_largest_that_can_be(string world, string layer, double first, double second)
    {
        const double largest = 1.0715086071862673e301;
        var run = new FakeRun(Worlds.Get(world));
        run.Learn(pair => pair / 4 % 2 == 1 ? double.MinValue : double.MaxValue);
        fixture.Server.Register(run);

        var map = await Layer(layer);

        Assert.Equal(first, map.Of(0).Value / largest, precision: 2);
        Assert.Equal(second, map.Of(1).Value / largest, precision: 2);
    }

    [Fact]
    public async Task Other_part_of_the_map_comes_as_a_change_and_brings_nothing_else()
    {
        var run = new FakeRun(Worlds.Get("empty-300x300"));
        run.Add(Enumerable.Repeat(-1.0, 50));
        run.Learn(pair => pair);
        fixture.Server.Register(run);
        await using var page = await Page.OpenAsync(fixture.Server.Url(), """{ "interval_ms": 100, "map": { "layer": "value" } }""");
        await page.NextViewAsync();
        var before = page.LastSeq;

        await page.MapAsync("""{ "layer": "visits", "x": 200, "y": 100, "width": 64, "height": 32 }""");
        var frame = await page.NextFrameAsync();

        Assert.Equal(before, (long)frame["base"]!);
        Assert.Equal(("visits", 200, 100, 1),
            ((string)frame["map"]!["layer"]!, (int)frame["map"]!["x"]!, (int)frame["map"]!["y"]!, (int)frame["map"]!["step"]!));
        Assert.Null(frame["metrics"]);
        Assert.Null(frame["episodes"]);
        await page.MapAsync("""{ "layer": "secrets" }""");
        Assert.Contains("layer must be one of", await page.NextFaultAsync());
    }

    async Task<Run> TrainAsync()
    {
        var run = Worlds.CliffWalking().Train(new QLearning { LearningRate = 0.5, DiscountFactor = 0.9 }, 40, options: RunOptions.InMemory);
        await run.Completion.WaitAsync(RawHttp.Patience, TestContext.Current.CancellationToken);
        run.SolveExactly();
        fixture.Server.Register(run);
        return run;
    }

    readonly Dictionary<string, Tile> layers = [];

    async Task<Tile> Layer(string layer)
    {
        if (layers.TryGetValue(layer, out var known))
            return known;
        return layers[layer] = new(await TileAsync(layer));
    }

    async Task<JsonNode> TileAsync(string layer) => JsonNode.Parse(
        await client.GetStringAsync(new Uri($"http://127.0.0.1:{fixture.Port}/api/map?layer={layer}"),
        TestContext.Current.CancellationToken))!["tiles"]![0]!;

    static void AssertNear(double expected, (double Value, double Step) seen)
    {
        if (double.IsNaN(expected))
            Assert.True(double.IsNaN(seen.Value));
        else if (double.IsInfinity(seen.Value)) // beyond the scale, of which the step is the end
            Assert.True(seen.Value < 0 ? expected <= seen.Step : expected >= seen.Step);
        else
            Assert.InRange(seen.Value, expected - seen.Step * 0.51 - 1e-9, expected + seen.Step * 0.51 + 1e-9);
    }

    sealed class Tile(JsonNode json)
    {
        readonly byte[] data = Convert.FromBase64String((string)json["data"]!);

        public byte[] Policy { get; } = Convert.FromBase64String((string?)json["policy"] ?? "");

        public (double Value, double Step) Of(int state, int channel = 0)
        {
            int place = state * ((int?)json["channels"] ?? 1) + channel;
            int number = (int)json["bits"]! == 8 ? data[place] : BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(2 * place));
            var (scale, offset, nan) = ((double)json["scale"]!, (double)json["offset"]!, (int)json["nan"]!);
            return number == nan ? (double.NaN, scale)
                : json["beyond"] is not null && number == 0 ? (double.NegativeInfinity, offset + scale)
                : json["beyond"] is not null && number == nan - 1 ? (double.PositiveInfinity, offset + scale * (nan - 2))
                : (offset + scale * number, scale);
        }
    }
}
