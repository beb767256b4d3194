namespace GridWorld.Tests;

/// <summary>What a disk may do at a moment.</summary>
public enum DiskFault
{
    None,

    /// <summary>It is full, and stays so.</summary>
    Full,

    /// <summary>It is full for a moment.</summary>
    FullOnce,

    /// <summary>A write ends after some of its bytes.</summary>
    ShortWrite,

    /// <summary>A sync fails once; later ones say that all is well.</summary>
    SyncOnce,

    /// <summary>No sync succeeds any more.</summary>
    Sync,

    /// <summary>Every write fails.</summary>
    Write,
}

/// <summary>
/// A folder on a disk that fails, or loses power, at a given moment. It knows which bytes are safe, as of the last sync of
/// their file: those a power cut leaves, with any of what was written since, the last of it perhaps in part.
/// </summary>
internal sealed class FaultyDisk : IDisposable
{
    /// <summary>How SQLite reports EIO of a read: it takes the second for damage.</summary>
    public const int ReadCode = 266, CorruptFileSystemCode = 8458;
    const int FullCode = 13, OpenCode = 14, WriteCode = 778, SyncCode = 1034;
    readonly Lock gate = new();
    readonly Dictionary<string, Shadow> files = [];
    readonly string folder;
    Rng random;

    public FaultyDisk(string folder, ulong seed = 1)
    {
        (this.folder, random) = (folder, Rng.Streams(seed).World);
        FaultyVfs.Mount(folder, this);
    }

    /// <summary>Writes, truncations and syncs so far.</summary>
    public long Moments { get; private set; }

    /// <summary>What it does, from <see cref="FailAt"/> on.</summary>
    public DiskFault Fault { get; set; }

    public long FailAt { get; set; } = long.MaxValue;

    /// <summary>Whether a call has failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Reads so far.</summary>
    public long Reads { get; private set; }

    /// <summary>The first read that fails.</summary>
    public long FailReadAt { get; set; } = long.MaxValue;

    /// <summary>How many reads fail from then on.</summary>
    public long FailReads { get; set; } = long.MaxValue;

    /// <summary>What a read that fails reports to SQLite.</summary>
    public int FailingRead { get; set; } = ReadCode;

    /// <summary>Files opened so far.</summary>
    public long Opens { get; private set; }

    /// <summary>How often a run's file was opened by something other than SQLite.</summary>
    public long Peeks { get; set; }

    /// <summary>The first file that cannot be opened.</summary>
    public long FailOpenAt { get; set; } = long.MaxValue;

    /// <summary>How many cannot be from then on.</summary>
    public long FailOpens { get; set; } = long.MaxValue;

    public long CutAt { get; set; } = long.MaxValue;

    /// <summary>The files that the power cut left; null before it.</summary>
    public IReadOnlyDictionary<string, byte[]>? Left { get; private set; }

    public void Heal()
    {
        lock (gate)
            Fault = DiskFault.None;
    }

    public void Dispose() => FaultyVfs.Unmount(folder);

    public void Opened(string path)
    {
        lock (gate)
            files.TryAdd(path, new(File.Exists(path) ? Read(path) : []));
    }

    public void Deleted(string path)
    {
        lock (gate)
            files.Remove(path);
    }

    public int Read()
    {
        lock (gate)
        {
            Reads++;
            if (Reads < FailReadAt || Reads - FailReadAt >= FailReads)
                return 0;
            HasFailed = true;
            return FailingRead;
        }
    }

    public int Open()
    {
        lock (gate)
        {
            Opens++;
            if (Opens < FailOpenAt || Opens - FailOpenAt >= FailOpens)
                return 0;
            HasFailed = true;
            return OpenCode;
        }
    }

    public int Write(string path, byte[] bytes, long offset, out int written)
    {
        lock (gate)
        {
            bool fails = Pass(DiskFault.Full, DiskFault.FullOnce, DiskFault.ShortWrite, DiskFault.Write);
            written = !fails ? bytes.Length : Fault == DiskFault.ShortWrite ? random.Below(bytes.Length) : 0;
            if (written > 0)
                files[path].Pending.Add((offset, bytes[..written]));
            if (!fails)
                return 0;
            return Failed(Fault is DiskFault.Full or DiskFault.FullOnce ? FullCode : WriteCode);
        }
    }

    public int Truncate(string path, long size)
    {
        lock (gate)
        {
            if (Pass(DiskFault.Write))
                return Failed(WriteCode);
            files[path].Pending.Add((size, null));
            return 0;
        }
    }

    public int Sync(string path)
    {
        lock (gate)
        {
            if (Pass(DiskFault.Sync, DiskFault.SyncOnce))
            {
                // As Linux does it: what could not be written is given up, and the next sync knows nothing of it.
                return Failed(SyncCode);
            }

            var file = files[path];
            foreach (var (offset, bytes) in file.Pending)
                file.Apply(offset, bytes);
            file.Pending.Clear();
            return 0;
        }
    }

    bool Pass(params ReadOnlySpan<DiskFault> faults)
    {
        Moments++;
        if (Moments >= CutAt && Left is null)
            Left = files.ToDictionary(f => f.Key, f => f.Value.After(ref random));
        return Moments >= FailAt && faults.Contains(Fault);
    }

    int Failed(int code)
    {
        HasFailed = true;
        if (Fault is DiskFault.FullOnce or DiskFault.SyncOnce or DiskFault.ShortWrite)
            Fault = DiskFault.None;
        return code;
    }

    static byte[] Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A file as it is safe, and what was done to it since.</summary>
    sealed class Shadow(byte[] safe)
    {
        byte[] safe = safe;
        int length = safe.Length;

        public List<(long Offset, byte[]? Bytes)> Pending { get; } = [];

        public void Apply(long offset, byte[]? bytes)
        {
            int end = (int)offset + (bytes?.Length ?? 0);
            if (end > safe.Length)
                Array.Resize(ref safe, Math.Max(end, safe.Length * 2));
            if (bytes is null && end < length)
                safe.AsSpan(end..length).Clear();
            length = bytes is null ? end : Math.Max(length, end);
            bytes?.CopyTo(safe, offset);
        }

        public byte[] After(ref Rng random)
        {
            var copy = new Shadow(safe[..length]);
            // Everything, nothing, or any of it: a disk writes in the order that suits it.
            int chance = random.Below(3);
            foreach (var (offset, bytes) in Pending)
            {
                if (chance == 0 || (chance == 1 && random.Below(2) == 0))
                    continue;
                bool isTorn = bytes is not null && chance == 1 && random.Below(4) == 0;
                copy.Apply(offset, isTorn ? bytes![..random.Below(bytes.Length)] : bytes);
            }

            return copy.safe[..copy.length];
        }
    }
}
