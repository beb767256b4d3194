using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>Every reader of files, settings and requests from strangers, with inputs that no one means.</summary>
public sealed class ReaderFuzzTests : IDisposable
{
    const string Rules = """
        {"map":["S1#","w.G"],"legend":{"1":"G","w":"#"},"rewards":{"1":10},"changes":[{"after_steps":9,"map":["S1#","..G"]}],
         "starts":[{"x":0,"y":0,"p":1}],"cell_rewards":[{"x":2,"y":1,"reward":-5}]}
        """;
    static readonly World corridor = World.Parse("S.G");
    static readonly string[] worlds = [.. Worlds.Catalog.Select(e => Worlds.Get(e.Example).ToJson()).Where(json => json.Length < 10_000),
        Rules];
    readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void World_file() => Fuzz.Try("world file", "x.world.json|changes[", Fuzz.Bytes(worlds),
        (bytes, _) => WorldJsonReader.Read(bytes, "x.world.json", "x").Compile());

    [Fact]
    public void Mdp_file() => Fuzz.Try("MDP file", "x.mdp.json", Fuzz.Bytes(corridor.ToMdpJson()),
        (bytes, _) => WorldJsonReader.Read(bytes, "x.mdp.json", "x").Compile());

    [Fact]
    public void Map() => Fuzz.Try("map", "map|x.txt", Fuzz.Bytes("S.G", "S..#\n.CC.\n...G", Worlds.FrozenLake4x4().ToString()),
        (bytes, _) => World.Parse(WorldText.Decode(bytes, "x.txt")).Compile());

    [Fact]
    public void Benchmark_map() => Fuzz.Try("benchmark map", "x.map", Fuzz.Bytes("type octile\nheight 3\nwidth 4\nmap\n..GS\n@OTW\n.W..\n"),
        (bytes, _) => MovingAiMap.Parse(WorldText.Decode(bytes, "x.map"), "x.map"));

    [Fact]
    public void Benchmark_scenario()
    {
        var map = MovingAiMap.Parse("type octile\nheight 3\nwidth 4\nmap\n..GS\n@OTW\n.W..\n", "x.map");
        Fuzz.Try("benchmark scenario", "x.", Fuzz.Bytes("version 1\n0\tx.map\t4\t3\t0\t0\t3\t2\t4.5\n1\tx.map\t8\t6\t0\t0\t7\t0\t4.5\n"),
            (bytes, makes) =>
            {
                foreach (var problem in MovingAiScenario.Parse(WorldText.Decode(bytes, "x.scen"), "x.scen")
                    .Where(p => p is { MapWidth: < 1000, MapHeight: < 1000 }))
                {
                    makes((long)problem.MapWidth * problem.MapHeight);
                    MovingAi.Make(map, problem, MoveSet.Octile, "x", "x.scen").Compile();
                }
            });
    }

    [Fact]
    public void Name_of_a_world() => Fuzz.Try("name of a world", "", Fuzz.Bytes("empty-12x9", "maze-9x9-3", "rooms-9x7", "cliff-walking"),
        (bytes, makes) => makes(Worlds.Get(Encoding.UTF8.GetString(bytes)).States));

    [Fact]
    public void Specification()
    {
        var initial = new InitialQ(new double[corridor.States * corridor.Actions]);
        Fuzz.Try("specification", "", Fuzz.Bytes([.. LearnerCatalog.All.Select(l =>
            SpecificationJson.Write(new(corridor, l.Create(), 7, 100, 50) { InitialQ = initial }))]),
            (bytes, _) => SpecificationJson.Read(Encoding.UTF8.GetString(bytes)));
    }

    [Fact]
    public void Schedule() => Fuzz.Try("schedule", "", Fuzz.Bytes("0.5", """{"schedule":"linear","from":1,"to":0,"over":5}""",
        """{"schedule":"piecewise","points":[[0,1],[9,0]]}""", """{"schedule":"power","from":1,"power":0.8,"unit":"state"}"""),
        (bytes, _) => GridWorld.Schedule.FromJson(Encoding.UTF8.GetString(bytes)));

    [Fact]
    public void Sweep_file() => Fuzz.Try("sweep file", "", Fuzz.Bytes(Sweep.Template, new Sweep().ToJson(), """
        {"worlds":["windy","maze-9x9-3"],"learners":["sarsa","n-step-sarsa"],"trials":30,"sampler":"tpe","pruner":"racing",
         "settings":{"epsilon":{"schedule":"linear","from":1,"to":0.05,"over":100}},"objective":"steps_to:-15.5",
         "space":{"learning_rate":{"log_uniform":[0.01,1]},"steps_ahead":{"integer":[1,8],"when":{"learner":"n-step-sarsa"}}}}
        """), (bytes, _) => Sweep.Parse(Encoding.UTF8.GetString(bytes)).Check());

    [Theory, MemberData(nameof(QTableFileTests.Names), MemberType = typeof(QTableFileTests))]
    public void Q_table(string name)
    {
        string path = folder.At(name);
        Trained.In(corridor, episodes: 20).ExportQTable(path);
        Fuzz.Try(name, name, [File.ReadAllBytes(path)], (bytes, _) => Load(path, bytes));
    }

    // The library alone does not end here.
    [Fact]
    public void Footer_that_ends_in_the_middle_of_a_number_is_refused() => AssertRefused([0x15, 0x80]);

    // The library alone makes a list of that length.
    [Fact]
    public void Footer_that_claims_more_elements_than_it_has_bytes_is_refused() =>
        AssertRefused([0x29, 0xfc, 0xff, 0xff, 0xff, 0x1f, 0, 0, 0]);

    // The library alone ends the process.
    [Fact]
    public void Footer_of_lists_in_lists_is_refused() => AssertRefused([0xf9, .. Enumerable.Repeat((byte)0x19, 1 << 20)]);

    [Fact]
    public void Archive_that_inflates_to_a_gigabyte_is_refused_before_it_does()
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("q.npy", CompressionLevel.Fastest).Open();
            byte[] zeros = new byte[1 << 20];
            entry.Write([0x93, .. "NUMPY\u0001\0"u8]);
            for (int i = 0; i < 1024; i++)
                entry.Write(zeros);
        }

        Assert.NotNull(Fuzz.Error(packed.ToArray(), "q.npz", (bytes, _) => Load(folder.At("q.npz"), bytes)));
    }

    [Fact]
    public void View_of_a_page() => Fuzz.Try("view of a page", "", Fuzz.Bytes(
        """{"run":"r","start":1,"end":500,"points":100,"log_rows":50}""",
        """{"last":100,"interval_ms":250,"axis":true,"map":{"layer":"value","x":0,"y":0,"width":9,"height":9,"mode":0}}"""),
        (bytes, _) => ViewRequest.From(Parsed(bytes)));

    void AssertRefused(byte[] footer) => Assert.NotNull(Fuzz.Error(
        [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8], "q.parquet",
        (bytes, _) => Load(folder.At("q.parquet"), bytes)));

    static void Load(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        QTableFile.Load(path, corridor);
    }

    // Whoever calls these readers has read the JSON already.
    static JsonElement Parsed(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InputException(Printable.Text(e.Message, 200));
        }
    }
}
