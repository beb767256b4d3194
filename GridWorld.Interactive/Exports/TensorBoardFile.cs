using System.Buffers.Binary;
using System.Numerics;

namespace GridWorld;

/// <summary>
/// Writes metrics for TensorBoard: records of TensorFlow's event.proto and summary.proto, each with its length and masked CRC-32C checksums
/// of both (tensorflow/core/lib/io/record_writer.h).
/// </summary>
internal static class TensorBoardFile
{
    static readonly EpisodeColumn[] scalars = [.. EpisodeColumns.All.Where(c => !c.IsFlag && c != EpisodeColumns.Episode)];

    /// <summary>
    /// Writes one record per episode at step = episode, with the known numbers of its row. The time is the start of the run plus the
    /// seconds trained so far; pauses and dropped episodes do not count.
    /// </summary>
    /// <returns>The number of episodes.</returns>
    public static long Write(RunView run, Stream to)
    {
        double began = run.EventLog is [var first, ..] ? first.Timestamp.ToUnixTimeMilliseconds() / 1000.0 : 0;
        var clock = run.Clock();
        var record = new ProtoMessage();
        WriteRecord(to, record.Add(1, began).Add(3, "brain.Event:2").Bytes);
        long count = 0;
        foreach (var e in run.EpisodeRecords(all: true))
        {
            var summary = new ProtoMessage();
            foreach (var column in scalars)
            {
                if (column.Read(e) is { } value)
                    summary.Add(1, new ProtoMessage().Add(1, column.Name).Add(2, (float)value));
            }

            WriteRecord(to, record.Clear().Add(1, began + (clock.At(e.Episode) ?? 0)).Add(2, e.Episode).Add(5, summary).Bytes);
            count++;
        }

        return count;
    }

    /// <summary>The checksum of TFRecord files: CRC-32C, rotated by 15 bits, plus a constant.</summary>
    public static uint MaskedCrc(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Crc32C(data), 15) + 0xa282ead8;

    /// <summary>CRC-32C (Castagnoli), as in RFC 3720, appendix B.4.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        for (; data.Length >= 8; data = data[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (byte b in data)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }

    static void WriteRecord(Stream to, ReadOnlySpan<byte> data)
    {
        Span<byte> head = stackalloc byte[12], tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedCrc(head[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedCrc(data));
        to.Write(head);
        to.Write(data);
        to.Write(tail);
    }
}
