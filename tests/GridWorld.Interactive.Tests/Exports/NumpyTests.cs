using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace GridWorld.Tests;

/// <summary>By NumPy itself where it is there, and byte by byte against the format's description where it is not.</summary>
public sealed class NumpyTests : IDisposable
{
    readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Q_table_is_an_array_of_states_by_actions()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 300);

        var file = run.ExportQTable(folder.At("q.npz"));

        var q = Read(file.Path, "q");
        Assert.Equal(("<f8", "(48, 4)"), (q.Type, q.Shape));
        Assert.Equal(run.Agent().Q, MemoryMarshal.Cast<byte, double>(q.Content).ToArray());
        Assert.Equal(run.Agent().Visits, MemoryMarshal.Cast<byte, long>(Read(file.Path, "visits").Content).ToArray());
        Assert.Equal([47], Read(file.Path, "terminal").Content.Index().Where(p => p.Item != 0).Select(p => p.Index));
        var names = Read(file.Path, "action_names");
        Assert.Equal(("<U5", "up\0\0\0right", "(4,)"), (names.Type, Encoding.UTF32.GetString(names.Content)[..10], names.Shape));
    }

    [Fact]
    public void Trajectories_are_the_flat_arrays_of_offline_learners()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 20);
        var steps = Enumerable.Range(16, 5).SelectMany(e => run.ReplayEpisode(e)).ToList();

        var file = run.ExportTrajectories(folder.At("t.npz"), last: 5);

        Assert.Equal(steps.Count, file.Rows);
        Assert.Equal(steps.Select(s => (long)s.State), MemoryMarshal.Cast<byte, long>(Read(file.Path, "observations").Content).ToArray());
        Assert.Equal(steps.Select(s => (long)s.Action), MemoryMarshal.Cast<byte, long>(Read(file.Path, "actions").Content).ToArray());
        Assert.Equal(steps.Select(s => s.Reward), MemoryMarshal.Cast<byte, double>(Read(file.Path, "rewards").Content).ToArray());
        Assert.Equal(steps.Select(s => (long)s.NextState), MemoryMarshal.Cast<byte, long>(Read(file.Path, "next_observations").Content)
            .ToArray());
        Assert.Equal(5, Read(file.Path, "terminals").Content.Count(b => b == 1));
        Assert.DoesNotContain((byte)1, Read(file.Path, "timeouts").Content);
    }

    [Fact]
    public void Numpy_reads_both()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 50);
        run.ExportQTable(folder.At("q.npz"));
        run.ExportTrajectories(folder.At("t.npz"));

        string printed = ExportFolder.Python("""
            import sys, numpy as np
            q, t = np.load(sys.argv[1]), np.load(sys.argv[2])
            print(q['q'].shape, q['q'].dtype, q['action_names'].tolist(), int(q['width']), int(q['visits'].sum()))
            print(float(q['q'].sum()).hex())
            print(len(t['rewards']), t['rewards'].sum(), t['terminals'].dtype, int(t['terminals'].sum()), int(t['observations'][0]))
            """, folder.At("q.npz"), folder.At("t.npz"));

        string[] lines = printed.Split('\n');
        Assert.Equal($"(48, 4) float64 ['up', 'right', 'down', 'left'] 12 {run.Steps}", lines[0]);
        Assert.Equal($"{run.Steps} {run.EpisodeRecords().Sum(e => e.Return):0.0} bool 50 36", lines[2]);
    }

    [Fact]
    public void Values_that_are_no_numbers_keep_their_bits()
    {
        var run = ExportFolder.Awkward();

        var file = run.ExportQTable(folder.At("q.npz"));

        Assert.Equal(run.Agent().Q.Select(BitConverter.DoubleToInt64Bits), MemoryMarshal.Cast<byte, long>(Read(file.Path, "q").Content)
            .ToArray());
    }

    /// <summary>An array as NEP 1 describes it.</summary>
    static (string Type, string Shape, byte[] Content) Read(string path, string name)
    {
        using var zip = ZipFile.OpenRead(path);
        using var stream = zip.GetEntry($"{name}.npy")!.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        byte[] all = memory.ToArray();
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], all[..8]);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(all.AsSpan(8));
        string header = Encoding.ASCII.GetString(all, 10, length);
        Assert.Equal((0, '\n'), ((10 + length) % 64, header[^1]));
        return (header.Split('\'')[3], header[header.IndexOf('(')..(header.IndexOf(')') + 1)], all[(10 + length)..]);
    }
}
