using System.Text;
using CsCheck;

namespace GridWorld.Tests;

public class WorldFuzzTests
{
    static readonly int Inputs = (int)Long.Count("worlds", 10_000, 1_000_000);

    /// <summary>Bytes that reading may allocate whatever the input, and for each byte of it or cell that it names.</summary>
    const long Fixed = 1 << 20, Multiple = 1000;

    static readonly string[] Seeds = [.. Worlds.Catalog.Select(e => Worlds.Get(e.Example).ToJson()),
        """{"map":["S1#","w.G"],"legend":{"1":"G","w":"#"},"rewards":{"1":10},"changes":[{"after_steps":9,"map":["S1#","..G"]}],"starts":[{"x":0,"y":0,"p":1}],"cell_rewards":[{"x":2,"y":1,"reward":-5}]}""",
        World.Parse("S.G").ToMdpJson()];

    static readonly Gen<byte[]> Pieces = Gen.OneOf(Gen.Byte.Array[0, 8],
        Gen.OneOf([.. new[] { "null", "-1", "1e400", "\"\"", "{}", "[]", "\\ud800", "\"p\":", "99999999999", "0.5", "\"S\"", "\n", "\r\n",
        "S", "#", "\t" }.Select(t => Gen.Const(Encoding.UTF8.GetBytes(t)))]));

    [Fact]
    public void Mutated_world_files_give_a_world_or_its_faults() =>
        Mutated(Seeds)
        .Sample(bytes => OnlyInputFaults(bytes.Length, () => WorldJsonReader.Read(bytes, "x.world.json", "x").Compile()), iter: Inputs);

    [Fact]
    public void Mutated_maps_give_a_world_or_its_faults() =>
        Mutated([.. Seeds.Select(s => World.FromJson(s).ToString())])
            .Sample(bytes => OnlyInputFaults(bytes.Length, () => World.Parse(WorldText.Decode(bytes, "x.txt")).Compile()), iter: Inputs);

    [Fact]
    public void Random_bytes_give_a_world_or_its_faults() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        OnlyInputFaults(bytes.Length, () => WorldJsonReader.Read(bytes, "x.world.json", "x"));
        OnlyInputFaults(bytes.Length, () => World.Parse(WorldText.Decode(bytes, "x.txt")));
        OnlyInputFaults(bytes.Length, () => MovingAiMap.Parse(WorldText.Decode(bytes, "x.map"), "x.map"));
        OnlyInputFaults(bytes.Length, () => MovingAiScenario.Parse(WorldText.Decode(bytes, "x.scen"), "x.scen"));
    }, iter: Inputs);

    [Fact]
    public void Mutated_benchmark_files_give_a_world_or_their_faults() =>
        Mutated(["type octile\nheight 3\nwidth 4\nmap\n..GS\n@OTW\n.W..\n"])
        .Select(Mutated(["version 1\n0\tx.map\t4\t3\t0\t0\t3\t2\t4.5\n1\tx.map\t8\t6\t0\t0\t7\t0\t4.5\n"])).Sample((map, scenarios) =>
            OnlyInputFaults(map.Length + scenarios.Length, names =>
            {
                var parsed = MovingAiMap.Parse(WorldText.Decode(map, "x.map"), "x.map");
                foreach (var problem in MovingAiScenario.Parse(WorldText.Decode(scenarios, "x.scen"), "x.scen"))
                {
                    if (problem.MapWidth >= 1000 || problem.MapHeight >= 1000)
                        continue;
                    names((long)problem.MapWidth * problem.MapHeight);
                    MovingAi.Make(parsed, problem, MoveSet.Octile, "x", "x").Compile();
                }
            }), iter: Inputs);

    [Fact]
    public void Any_name_gives_a_world_or_says_that_there_is_none() =>
        Gen.OneOf(Gen.String[0, 30], Gen.Char["emptyxmazrooms-0123456789.txjsnp/\\\0"].Array[0, 20].Select(c => new string(c)),
            Gen.Select(Gen.OneOf(Gen.Const("empty"), Gen.Const("maze"), Gen.Const("rooms")), Gen.Int[-2, 40], Gen.Int[-2, 40],
            (kind, w, h) => $"{kind}-{w}x{h}"))
            .Sample(name => OnlyInputFaults(name.Length, names => names(Worlds.Get(name).States)), iter: Inputs);

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

    // Some bytes of a valid file are left out, and a piece of something else is put there.
    static Gen<byte[]> Mutated(string[] texts) =>
        from text in Gen.OneOf([.. texts.Select(t => Gen.Const(Encoding.UTF8.GetBytes(t)))])
        from cuts in Gen.Select(Gen.Int[0, text.Length], Gen.Int[0, 6], Pieces).Array[1, 3]
        select cuts.Aggregate(text, (bytes, cut) =>
        {
            int at = Math.Min(cut.Item1, bytes.Length);
            return [.. bytes[..at], .. cut.Item3, .. bytes[Math.Min(bytes.Length, at + cut.Item2)..]];
        });

    static void OnlyInputFaults(long size, Action read) => OnlyInputFaults(size, _ => read());

    // Where the input only names the size of a world, the reader says how many cells it is about to make.
    static void OnlyInputFaults(long size, Action<Action<long>> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(cells => size += cells);
        }
        catch (InputException e)
        {
            Assert.All(e.Errors, error => Assert.True(error.Length is > 10 and < 600, error));
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= Fixed + Multiple * size, $"{allocated} bytes for {size} of input");
    }
}
