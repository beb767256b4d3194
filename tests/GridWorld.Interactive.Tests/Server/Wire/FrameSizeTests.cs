using System.Buffers.Binary;

namespace GridWorld.Tests;

public sealed class FrameSizeTests : IAsyncDisposable
{
    readonly WidgetServer server = WidgetServer.Start(ServerFixture.Options());

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("empty-1000x1000", """{ "layer": "value" }""")]
    [InlineData("empty-128x128", """{ "layer": "visits" }""")]
    [InlineData("empty-1000x1000", """{ "layer": "value", "x": 872, "y": 872, "width": 128, "height": 128 }""")]
    [InlineData("empty-1000x3", """{ "layer": "value" }""")]
    public async Task No_frame_is_over_32_kilobytes_and_no_first_view_over_256(string world, string map)
    {
        var run = new FakeRun(Worlds.Get(world), name: new string('n', 5000));
        run.Add(Enumerable.Range(0, 100_000).Select(k => -Math.Sqrt(2) * k));
        run.Learn(pair => Math.Sqrt(pair));
        for (var k = 1; k <= 1000; k++)
            run.Add(new RunEvent(k, run.Id, k, RunEventKind.ParamChange, default, "epsilon", "0.1", "0.05", new string('m', 100)));
        server.Register(run);
        await using var page = await Page.OpenAsync(server.Url(), $$"""{ "map": {{map}} }""");

        await page.NextViewAsync();

        Assert.InRange(page.LargestFrame, 1, 32 * 1024);
        Assert.InRange(page.Bytes, 64 * 1024, 256 * 1024);
        Assert.InRange(page.Points.Count, 500, 1000);
        Assert.InRange(page.Rows.Count, 100, 1000);
        Assert.All(page.Tiles.Values, tile => Assert.InRange((int)tile["columns"]! * (int)tile["rows"]!, 1, 128 * 128));
    }

    [Fact]
    public async Task Parts_of_a_list_share_a_frame_as_far_as_they_have_room()
    {
        var run = new FakeRun(Worlds.CliffWalking());
        run.Add(Enumerable.Range(1, 5000).Select(k => -1 / (double)k));
        server.Register(run);
        await using var page = await Page.OpenAsync(server.Url(), """{ "points": 240, "map": { "layer": "value" } }""");

        await page.NextViewAsync();

        Assert.Equal(Enumerable.Range(4001, 1000).Select(episode => (long)episode), page.Rows.Keys);
        Assert.InRange(page.Bytes, 48 * 1024, 96 * 1024);
        // The head, which goes by itself, and as many frames as all the rest fills.
        Assert.InRange(page.Frames, 3, 2 + page.Bytes / (24 * 1024));
    }

    [Theory]
    [InlineData("empty-7x5", 16)]
    [InlineData("empty-100x100", 8)]
    public async Task Tiles_cover_the_map_and_give_back_each_value_to_half_a_step(string name, int bits)
    {
        var world = Worlds.Get(name);
        var run = new FakeRun(world);
        run.Learn(pair => pair % 997 / 10.0);
        server.Register(run);
        await using var page = await Page.OpenAsync(server.Url(), """{ "map": { "layer": "value" } }""");
        await page.NextViewAsync();

        var seen = 0;
        foreach (var ((x, y), tile) in page.Tiles)
        {
            Assert.Equal(bits, (int)tile["bits"]!);
            var (columns, scale, offset) = ((int)tile["columns"]!, (double)tile["scale"]!, (double)tile["offset"]!);
            var data = Convert.FromBase64String((string)tile["data"]!);
            var policy = Convert.FromBase64String((string)tile["policy"]!);
            var cells = Convert.FromBase64String((string)tile["cells"]!);
            for (var i = 0; i < columns * (int)tile["rows"]!; i++, seen++)
            {
                var state = (y + i / columns) * world.Width + x + i % columns;
                var row = Enumerable.Range(0, 4).Select(a => (state * 4 + a) % 997 / 10.0).ToList();
                var number = bits == 8 ? data[i] : BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(2 * i));
                Assert.InRange(offset + scale * number, row.Max() - scale * 0.5001, row.Max() + scale * 0.5001);
                Assert.Equal(1 << row.IndexOf(row.Max()), policy[i]);
                Assert.Equal(world.Tiles.Index(world.Cells[state]), cells[i]);
            }
        }

        Assert.Equal(world.States, seen);
    }

    [Fact]
    public async Task State_without_a_visit_shows_nothing()
    {
        var run = new FakeRun(Worlds.CliffWalking());
        server.Register(run);
        await using var page = await Page.OpenAsync(server.Url(), """{ "map": { "layer": "value" } }""");
        await page.NextViewAsync();

        var tile = Assert.Single(page.Tiles).Value;
        Assert.All(Convert.FromBase64String((string)tile["data"]!), b => Assert.Equal(0xff, b));
        Assert.All(Convert.FromBase64String((string)tile["policy"]!), b => Assert.Equal(0, b));
        Assert.Equal((long)65535, (long)tile["nan"]!);
    }
}
