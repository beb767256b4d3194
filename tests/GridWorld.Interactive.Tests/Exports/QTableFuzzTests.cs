using System.IO.Compression;

namespace GridWorld.Tests;

/// <summary>Files that look like Q-tables give a table or words, and cost no more than a multiple of their size.</summary>
public sealed class QTableFuzzTests : IDisposable
{
    const long Fixed = 4 << 20, Multiple = 1000;
    static readonly World world = World.Parse("S.G");
    readonly ExportFolder folder = new();

    [Theory]
    [InlineData("q.csv")]
    [InlineData("q.json")]
    [InlineData("q.jsonl")]
    [InlineData("q.parquet")]
    [InlineData("q.npz")]
    public void Damaged_file_gives_a_table_or_words(string name)
    {
        Trained.In(world, episodes: 20).ExportQTable(folder.At(name));
        byte[] whole = File.ReadAllBytes(folder.At(name));
        var random = Rng.Streams(11).World;
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = [.. whole[..(random.Below(4) == 0 ? random.Below(whole.Length) : whole.Length)]];
            for (int changes = 1 + random.Below(3); changes > 0 && bytes.Length > 0; changes--)
                bytes[random.Below(bytes.Length)] = (byte)random.Below(256);
            Load(name, bytes);
        }
    }

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

        Assert.NotNull(Load("q.npz", packed.ToArray()));
    }

    // What the reader says against the file; null if it reads it.
    string? Load(string name, byte[] bytes)
    {
        File.WriteAllBytes(folder.At(name), bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string? fault = null;
        try
        {
            QTableFile.Load(folder.At(name), world);
        }
        catch (InputException e)
        {
            Assert.All(e.Errors, error => Assert.InRange(error.Length, 10, 600));
            fault = e.Message;
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Fixed + Multiple * bytes.Length);
        return fault;
    }

    public void Dispose() => folder.Dispose();
}
