using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace GridWorld;

/// <summary>
/// The log of a file whose process ended without closing it. SQLite recovers the log up to the first incomplete frame, where it ends after
/// a power failure. If later frames are known to have been on disk, the log is damaged, and the file is in an earlier state.
/// </summary>
internal static class WalLog
{
    public const string CutOff = "Its log is damaged, and the last writes are lost";
    const int HeadSize = 32, FrameHeadSize = 24, PageSize = 4096;
    static readonly ConcurrentDictionary<string, ((long Length, DateTime Written) Stamp, long Change)> Known = new();

    /// <summary>The last transaction that the log of a file records as synced; 0 if there is none.</summary>
    public static long LastSynced(string path)
    {
        string log = path + "-wal";
        var file = new FileInfo(log);
        if (!file.Exists || file.Length <= HeadSize)
            return 0;
        var stamp = (file.Length, file.LastWriteTimeUtc);
        if (Known.TryGetValue(path, out var known) && known.Stamp == stamp)
            return known.Change;
        long change = LastSyncedOf(ReadAll(log));
        Known[path] = (stamp, change);
        return change;
    }

    static long LastSyncedOf(ReadOnlySpan<byte> log)
    {
        bool isBigEndian = (log[3] & 1) != 0;
        int size = FrameHeadSize + BinaryPrimitives.ReadInt32BigEndian(log[8..]);
        if (!IsWhole(new byte[8], log[..24], [], log[24..32], isBigEndian))
            (isBigEndian, size) = (!BitConverter.IsLittleEndian, FrameHeadSize + PageSize);
        long last = 0;
        for (int at = HeadSize, before = HeadSize - 8; at + size <= log.Length; before = at + 16, at += size)
        {
            var head = log.Slice(at, FrameHeadSize);
            var page = log.Slice(at + FrameHeadSize, size - FrameHeadSize);
            // This includes frames from an earlier use of the log, whose content was true then.
            if (IsWhole(log.Slice(before, 8), head[..8], page, head[16..], isBigEndian))
                last = Math.Max(last, SyncedBefore(page));
        }

        return last;
    }

    // SQLite's checksum, which continues from the previous frame.
    static bool IsWhole(ReadOnlySpan<byte> before, ReadOnlySpan<byte> head, ReadOnlySpan<byte> page, ReadOnlySpan<byte> sum,
        bool isBigEndian)
    {
        uint s0 = BinaryPrimitives.ReadUInt32BigEndian(before), s1 = BinaryPrimitives.ReadUInt32BigEndian(before[4..]);
        Add(head);
        Add(page);
        return s0 == BinaryPrimitives.ReadUInt32BigEndian(sum) && s1 == BinaryPrimitives.ReadUInt32BigEndian(sum[4..]);

        void Add(ReadOnlySpan<byte> bytes)
        {
            for (int i = 0; i < bytes.Length; i += 8)
            {
                uint x0 = BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]),
                    x1 = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i + 4)..]);
                if (isBigEndian)
                    (x0, x1) = (BinaryPrimitives.ReverseEndianness(x0), BinaryPrimitives.ReverseEndianness(x1));
                s0 += x0 + s1;
                s1 += x1 + s0;
            }
        }
    }

    // Reads a leaf page whose only row is a seal.
    static long SyncedBefore(ReadOnlySpan<byte> page)
    {
        if (page[0] != 0x0d || BinaryPrimitives.ReadUInt16BigEndian(page[3..]) != 1
            || BinaryPrimitives.ReadUInt16BigEndian(page[8..]) is var cell && cell >= page.Length)
            return 0;
        var row = page[cell..];
        int mark = row.IndexOf(Encoding.ASCII.GetBytes(Seal.Mark));
        return mark >= 0 && row[mark..].IndexOf((byte)'\n') is > 0 and < 60 and var length
            && Encoding.ASCII.GetString(row.Slice(mark, length)).Split(' ') is [_, _, var synced, _]
            && long.TryParse(synced, CultureInfo.InvariantCulture, out long number) ? number : 0;
    }

    static byte[] ReadAll(string path)
    {
        using var stream = RunFiles.OpenToRead(path);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
