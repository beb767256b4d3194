using System.Buffers.Binary;
using System.Text;

namespace GridWorld.Tests;

public sealed class TensorBoardTests : IDisposable
{
    readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<byte[], uint> Vectors => new()
    {
        // RFC 3720, appendix B.4.
        { new byte[32], 0x8a9136aa },
        { Enumerable.Repeat((byte)255, 32).ToArray(), 0x62a8ab43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46dd794e },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113fdb5c },
        { "123456789"u8.ToArray(), 0xe3069283 },
    };

    [Theory, MemberData(nameof(Vectors))]
    public void Checksum_is_the_published_one(byte[] data, uint checksum) => Assert.Equal(checksum, TensorBoardFile.Crc32C(data));

    // The first record of every file that TensorFlow writes has 24 bytes; with these begins each.
    [Fact]
    public void File_begins_as_those_of_TensorFlow_do()
    {
        var file = ExportFolder.Awkward().ExportTensorBoard(folder.At("logs"));

        Assert.Equal([24, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22, 9], File.ReadAllBytes(file.Path)[..13]);
        Assert.EndsWith(Path.Combine("logs", "fake-run", "events.out.tfevents.0.gridworld"), file.Path);
    }

    [Fact]
    public void Every_episode_is_one_record_with_its_scalars()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 40);

        var records = Read(run.ExportMetrics(folder.At("events.out.tfevents.1")).Path);

        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString(records[0].Single(f => f.Number == 3).Bytes));
        Assert.Equal(run.EpisodeRecords().Select(e => ((long)e.Episode, (float)e.Return, (float)e.Length, 0.1f, 0.5f)),
            records.Skip(1)
            .Select(r => ((long)r.Single(f => f.Number == 2).Value, Scalar(r, "return"), Scalar(r, "length"), Scalar(r, "epsilon"),
            Scalar(r, "learning_rate"))));
        double began = run.EventLog[0].Timestamp.ToUnixTimeMilliseconds() / 1000.0;
        var times = records.Skip(1).Select(r => BitConverter.UInt64BitsToDouble(r.Single(f => f.Number == 1).Value)).ToList();
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[0], began, began + 600);
    }

    [Fact]
    public void Time_goes_evenly_from_event_to_event()
    {
        var records = Read(ExportFolder.Awkward().ExportMetrics(folder.At("tfevents")).Path);

        double began = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        Assert.Equal([10 / 3.0, 20 / 3.0, 10, 15, 20], records.Skip(1)
            .Select(r => BitConverter.UInt64BitsToDouble(r.Single(f => f.Number == 1).Value) - began), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    static float Scalar(List<Field> record, string tag) =>
        BitConverter.UInt32BitsToSingle((uint)Fields(record.Single(f => f.Number == 5).Bytes)
        .Select(v => Fields(v.Bytes)).Single(v => Encoding.UTF8.GetString(v[0].Bytes) == tag)[1].Value);

    /// <summary>TFRecord by its description, every checksum checked.</summary>
    static List<List<Field>> Read(string path)
    {
        var records = new List<List<Field>>();
        for (ReadOnlySpan<byte> left = File.ReadAllBytes(path); !left.IsEmpty;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(left);
            Assert.Equal(Masked(left[..8]), BinaryPrimitives.ReadUInt32LittleEndian(left[8..]));
            Assert.Equal(Masked(left.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(left[(12 + length)..]));
            records.Add(Fields(left.Slice(12, length).ToArray()));
            left = left[(16 + length)..];
        }

        return records;
    }

    static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
        }

        crc = ~crc;
        return (crc >> 15 | crc << 17) + 0xa282ead8;
    }

    static List<Field> Fields(byte[] message)
    {
        var fields = new List<Field>();
        for (int at = 0; at < message.Length;)
        {
            ulong key = Varint();
            var (value, bytes) = (0UL, Array.Empty<byte>());
            switch (key & 7)
            {
                case 0: value = Varint(); break;
                case 1: value = BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at)); at += 8; break;
                case 5: value = BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(at)); at += 4; break;
                default: int length = (int)Varint(); bytes = message[at..(at + length)]; at += length; break;
            }

            fields.Add(new((int)(key >> 3), value, bytes));

            ulong Varint()
            {
                ulong number = 0;
                for (int shift = 0; ; shift += 7)
                {
                    byte b = message[at++];
                    number |= (ulong)(b & 127) << shift;
                    if (b < 128)
                        return number;
                }
            }
        }

        return fields;
    }

    sealed record Field(int Number, ulong Value, byte[] Bytes);
}
