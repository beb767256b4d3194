namespace GridWorld.Tests;

/// <summary>Sizes that a world only declares.</summary>
public class WorldSizeTests
{
    // What is declared costs nothing before it has been found too large.
    [Theory]
    [InlineData("empty-8193x8192")]
    [InlineData("maze-8193x8192")]
    [InlineData("rooms-8193x8192-3")]
    [InlineData("maze-65537x65537")]
    [InlineData("rooms-4294967297x4294967297")]
    [InlineData("empty-46341x46341")]
    [InlineData("empty-67108865x1")]
    public void Too_large_a_size_in_a_name_is_refused_at_no_cost(string name) => TooLarge(() => Worlds.Get(name));

    [Theory]
    [InlineData(8193, 8192)]
    [InlineData(67108865, 1)]
    [InlineData(65536, 65536)]
    public void Too_large_a_size_in_a_benchmark_file_is_refused_at_no_cost(int width, int height)
    {
        var small = MovingAiMap.Parse("type octile\nheight 1\nwidth 2\nmap\n..", "x.map");

        TooLarge(() => MovingAiMap.Parse($"type octile\nheight {height}\nwidth {width}\nmap\n..", "x.map"));
        TooLarge(() => MovingAi.Make(small, new(0, 0, "x.map", width, height, 0, 0, 1, 0, 1), MoveSet.Octile, "x", "x"));
    }

    static void TooLarge(Func<object> make)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        var fault = Assert.Throws<InputException>(make).Message;

        Assert.Contains("2^26 = 67108864", fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }
}
