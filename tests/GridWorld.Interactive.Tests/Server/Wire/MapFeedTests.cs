using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace GridWorld.Tests;

public class MapFeedTests
{
    [Fact]
    public void Cells_are_numbers_of_tiles_whatever_their_characters()
    {
        var world = new World(["SX水", ".#G"],
            new() { Wall = "X", Terminal = "G.", Legend = new Dictionary<char, char> { ['水'] = 'H' },
            Rewards = new Dictionary<char, double> { ['水'] = -7 } });

        var tile = Tile(world, "value", _ => 0);

        var kinds = world.Tiles.Tiles.ToArray();
        Assert.Equal(world.Cells.ToArray(), Convert.FromBase64String((string)tile["cells"]!).Select(n => kinds[n].Character));
        Assert.Equal((true, false, true),
            (kinds[world.Tiles.Index('X')].IsWall, kinds[world.Tiles.Index('#')].IsWall, kinds[world.Tiles.Index('.')].IsTerminal));
    }

    [Fact]
    public void Value_beyond_the_scale_has_the_lowest_number_and_the_others_keep_theirs()
    {
        // One row of 20 states, the values of the best actions −20 … −1, and −100 once.
        var world = new World(["S" + new string('.', 18) + "G"]);

        var tile = Tile(world, "value", pair => pair / 4 == 5 ? -100 : pair / 4 - 20);

        Assert.Equal([-100, -1], tile["beyond"]!.AsArray().Select(n => (double)n!));
        var (scale, offset, data) = ((double)tile["scale"]!, (double)tile["offset"]!, Convert.FromBase64String((string)tile["data"]!));
        for (var s = 0; s < 20; s++)
        {
            int n = BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(2 * s));
            Assert.Equal(s == 5, n == 0);
            if (s != 5)
                Assert.Equal(s - 20, offset + scale * n, 1e-3);
        }
    }

    [Fact]
    public void Values_of_a_diverged_table_are_sent()
    {
        var tile = Tile(new World(["S.G"]), "value", pair => pair / 4 == 0 ? -1.7e308 : 1.7e308);

        Assert.InRange((double)tile["scale"]!, 1e290, 1e304); // The ends are far apart, and what lies between them is finite.
        Assert.Equal([0, 65534, 65534], Enumerable.Range(0, 3)
            .Select(s => (int)BinaryPrimitives.ReadUInt16LittleEndian(Convert.FromBase64String((string)tile["data"]!).AsSpan(2 * s))));
    }

    [Fact]
    public void Cells_come_again_when_the_map_has_changed()
    {
        var world = Worlds.BlockingMaze();
        var feed = new MapFeed(new MapRequest("visits", 0, 0, world.Width, world.Height), world);

        var (first, calm, changed) = (At(0), At(999), At(1000));

        Assert.Equal((world.Tiles.Index('.'), world.Tiles.Index('#')), (Cell(first, 35), Cell(first, 27)));
        Assert.Null(calm["cells"]);
        Assert.Equal((world.Tiles.Index('#'), world.Tiles.Index('.')), (Cell(changed, 35), Cell(changed, 27)));

        JsonNode At(long steps) =>
            JsonNode.Parse(feed.Changes(new(world, Agent(steps), null, 0.99, new(() => null))).Single().Json.Span)!;
        AgentSnapshot Agent(long steps) => new(1, steps, 0, [.. new double[54 * 4]], [.. new long[54 * 4]]);

        static byte Cell(JsonNode tile, int state) => Convert.FromBase64String((string)tile["cells"]!)[state];
    }

    static JsonNode Tile(World world, string layer, Func<int, double> q)
    {
        var pairs = world.States * world.Actions;
        var agent = new AgentSnapshot(1, 1, 0, [.. Enumerable.Range(0, pairs).Select(q)], [.. Enumerable.Repeat(1L, pairs)]);
        var feed = new MapFeed(new MapRequest(layer, 0, 0, world.Width, world.Height), world);
        return JsonNode.Parse(feed.Changes(new(world, agent, null, 0.99, new(() => null))).Single().Json.Span)!;
    }
}
