using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Text;

namespace GridWorld;

/// <summary>
/// What a folder's runs were when they were last looked at, so that a list opens only the files that changed since. It may be
/// deleted at any time. A file counts as unchanged while its size and time are; one that is being written, was written a
/// moment ago, or is no good is always opened.
/// </summary>
internal sealed class RunIndex
{
    const string FileName = ".runs.index";
    const int Format = 1;

    // A change within one tick of a coarse clock would not show: git calls such files racy.
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);
    static readonly ConcurrentDictionary<string, RunIndex> Indexes = new();
    readonly Lock gate = new();
    readonly string folder;
    Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    bool isRead;

    RunIndex(string folder) => this.folder = folder;

    /// <summary>Runs below which a folder is listed as fast without a file for it.</summary>
    public static int Smallest { get; } = 100;

    public static RunIndex Of(string folder) => Indexes.GetOrAdd(folder, f => new(f));

    /// <summary>What a function says of every run's file, from memory where it is unchanged.</summary>
    public List<RunSummary> List(Func<string, RunSummary> read)
    {
        lock (gate)
        {
            if (!isRead)
                entries = Load();
            isRead = true;
            var (files, logs) = Look();
            var now = new Dictionary<string, Entry>(files.Count, StringComparer.Ordinal);
            var changed = new List<(string Name, Stamp Stamp)>();
            foreach (var (name, stamp) in files)
            {
                if (entries.TryGetValue(name, out var known) && known.Stamp == stamp && !logs.Contains(name))
                    now[name] = known;
                else
                    changed.Add((name, stamp));
            }

            // Not as a parallel query: one grows beyond measure when it is compiled ahead of time.
            var opened = new (string Name, Entry Entry)[changed.Count];
            Parallel.For(0, opened.Length, i => opened[i] = (changed[i].Name, new(changed[i].Stamp, read(Path.Combine(folder, changed[i].Name)))));
            long settled = DateTime.UnixEpoch.Ticks + TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * TimeSpan.TicksPerMillisecond - Settled.Ticks;
            var kept = opened.Where(o => o.Entry is { Run: { Error: null, State: not (RunState.Training or RunState.Paused) } } && o.Entry.Stamp.Written < settled && !logs.Contains(o.Name)).ToList();
            bool isNew = kept.Count > 0 || now.Count < entries.Count;
            foreach (var (name, entry) in kept)
                now[name] = entry;
            entries = now;
            if (isNew && files.Count >= Smallest)
                Save();
            return [.. files.Keys.Except(changed.Select(c => c.Name)).Select(name => now[name].Run), .. opened.Select(o => o.Entry.Run)];
        }
    }

    // The runs' files, and the names of those that have a log beside them.
    (Dictionary<string, Stamp> Files, HashSet<string> Logs) Look()
    {
        var (files, logs) = (new Dictionary<string, Stamp>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var all = new FileSystemEnumerable<(string Name, Stamp Stamp)>(folder, Describe) { ShouldIncludePredicate = IsOurs };
        foreach (var (name, stamp) in all)
        {
            if (!name.EndsWith(StoreFile.Extension, StringComparison.Ordinal))
                logs.Add(name[..name.LastIndexOf('-')]);
            else if (RunIds.IsValid(name[..^StoreFile.Extension.Length]))
                files[name] = stamp;
        }

        return (files, logs);

        // Sizes and times are only asked of what is a run; a link's are not its file's, and never match.
        static (string, Stamp) Describe(ref FileSystemEntry entry) => (entry.FileName.ToString(), !entry.FileName.EndsWith(StoreFile.Extension) ? default
            : (entry.Attributes & FileAttributes.ReparsePoint) != 0 ? new(-1, 0) : new(entry.Length, entry.LastWriteTimeUtc.UtcTicks));

        static bool IsOurs(ref FileSystemEntry entry) => !entry.IsDirectory
            && (entry.FileName.EndsWith(StoreFile.Extension) || entry.FileName.EndsWith(StoreFile.Extension + "-wal") || entry.FileName.EndsWith(StoreFile.Extension + "-journal"));
    }

    Dictionary<string, Entry> Load()
    {
        var known = new Dictionary<string, Entry>(StringComparer.Ordinal);
        try
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder, FileName));
            if (bytes.Length < Digest.Size || !Digest.Of(bytes.AsSpan(..^Digest.Size)).AsSpan().SequenceEqual(bytes.AsSpan(^Digest.Size..)))
                return known;
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            if (reader.ReadInt32() != Format)
                return known;
            for (int left = reader.ReadInt32(); left > 0; left--)
                known[reader.ReadString()] = Entry.Read(reader);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Without it every file is opened.
            known.Clear();
        }

        return known;
    }

    // It appears whole or not at all, whoever else writes one at the same time.
    void Save()
    {
        string unfinished = Path.Combine(folder, $"{FileName}.{Environment.ProcessId}.part");
        try
        {
            var bytes = new MemoryStream();
            var writer = new BinaryWriter(bytes, Encoding.UTF8);
            writer.Write(Format);
            writer.Write(entries.Count);
            foreach (var (name, entry) in entries)
            {
                writer.Write(name);
                entry.Write(writer);
            }

            writer.Write(Digest.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
            File.WriteAllBytes(unfinished, bytes.ToArray());
            File.Move(unfinished, Path.Combine(folder, FileName), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written does without.
            StoreFile.TryDelete(unfinished);
        }
    }

    /// <summary>What tells one state of a file from another: bytes, and the ticks of its last change.</summary>
    readonly record struct Stamp(long Length, long Written);

    sealed record Entry(Stamp Stamp, RunSummary Run)
    {
        public void Write(BinaryWriter to)
        {
            to.Write(Stamp.Length);
            to.Write(Stamp.Written);
            to.Write(Run.Id);
            to.Write(Run.Name);
            to.Write((int)Run.State);
            to.Write(Run.Episodes);
            to.Write(Run.TargetEpisodes ?? -1);
            to.Write(Run.Steps);
            to.Write(Run.World);
            to.Write(Run.Learner);
            to.Write(StoreTime.Write(Run.Created));
            to.Write(Run.MeanReturnLast100.HasValue);
            to.Write(Run.MeanReturnLast100 ?? 0);
            to.Write(Run.ParentRunId ?? "");
            to.Write(Run.ParentEpisode ?? -1);
        }

        public static Entry Read(BinaryReader from)
        {
            var stamp = new Stamp(from.ReadInt64(), from.ReadInt64());
            var run = new RunSummary(from.ReadString(), from.ReadString(), (RunState)from.ReadInt32(), from.ReadInt64(), Known(from.ReadInt64()), from.ReadInt64(),
                from.ReadString(), from.ReadString(), StoreTime.Read(from.ReadString()));
            bool hasMean = from.ReadBoolean();
            double mean = from.ReadDouble();
            string parent = from.ReadString();
            return new(stamp, run with { MeanReturnLast100 = hasMean ? mean : null, ParentRunId = parent.Length > 0 ? parent : null, ParentEpisode = Known(from.ReadInt64()) });
        }

        static long? Known(long number) => number < 0 ? null : number;
    }
}
