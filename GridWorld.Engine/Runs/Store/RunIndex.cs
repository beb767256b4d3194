using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Text.Json.Serialization;

namespace GridWorld;

/// <summary>
/// Caches the facts of a store's runs, so that a list opens only the files that have changed. The cache can be deleted at any time. A file
/// is unchanged if its size and time are; a file that is being written, was just written or is damaged is always opened.
/// </summary>
internal sealed class RunIndex
{
    // A change within one tick of a coarse clock would not be visible. Git calls such files racy.
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);
    static readonly ConcurrentDictionary<string, RunIndex> Indexes = new();
    readonly Lock gate = new();
    readonly string folder;
    Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    IReadOnlyList<RunSummary>? list;
    int looks;

    RunIndex(string folder) => this.folder = folder;

    /// <summary>The number of runs below which a cache does not make a list faster.</summary>
    public static int Smallest { get; } = 100;

    public static RunIndex Of(string folder) => Indexes.GetOrAdd(folder, f => new(f));

    /// <summary>The result of a function for every run file, oldest run first, from the cache if the file is unchanged.</summary>
    public IReadOnlyList<RunSummary> List(Func<string, RunSummary> read)
    {
        lock (gate)
        {
            if (looks++ == 0)
                entries = RunIndexFile.Load(folder);
            var (changed, logs, unchanged) = Look();
            if (list is not null && changed.Count == 0 && unchanged == entries.Count)
                return list;

            // Not a parallel query, because its ahead-of-time code is very large.
            var opened = new (string Name, Entry Entry)[changed.Count];
            Parallel.For(0, opened.Length,
                i => opened[i] = (changed[i].Name, new(changed[i].Stamp, read(Path.Combine(folder, changed[i].Name)))));
            long settled = DateTime.UnixEpoch.Ticks
                + TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * TimeSpan.TicksPerMillisecond - Settled.Ticks;
            var kept = opened.Where(o => o.Entry is { Run: { Error: null, State: not (RunState.Training or RunState.Paused) } }
                && o.Entry.Stamp.Written < settled && !logs.Contains(o.Name)).ToList();
            bool isNew = kept.Count > 0 || unchanged < entries.Count;
            if (unchanged < entries.Count)
                entries = new(entries.Where(e => e.Value.SeenAt == looks), StringComparer.Ordinal);
            RunSummary[] all = [.. entries.Values.Select(e => e.Run), .. opened.Select(o => o.Entry.Run)];
            Array.Sort(all,
                static (a, b) => a.Created.CompareTo(b.Created) is var order and not 0 ? order : string.CompareOrdinal(a.Id, b.Id));
            RunNames.MarkOlder(all);
            foreach (var (name, entry) in kept)
                entries[name] = entry;
            if (isNew && all.Length >= Smallest)
                RunIndexFile.Save(folder, entries);
            var result = Array.AsReadOnly(all);
            list = kept.Count == opened.Length ? result : null;
            return result;
        }
    }

    // The files to open, the files that have a log, and the number of unchanged files, which are marked.
    (List<(string Name, Stamp Stamp)> Changed, HashSet<string> Logs, int Unchanged) Look()
    {
        var (changed, logs) = (new List<(string Name, Stamp Stamp)>(), new HashSet<string>(StringComparer.Ordinal));
        var byName = entries.GetAlternateLookup<ReadOnlySpan<char>>();
        int unchanged = 0;
        var news = new FileSystemEnumerable<(string Name, Stamp Stamp)>(folder, Describe,
            new() { AttributesToSkip = 0 }) { ShouldIncludePredicate = IsNews };
        foreach (var (name, stamp) in news)
        {
            if (UnfinishedFile.IsOne(name))
                UnfinishedFile.RemoveIfLeftOver(Path.Combine(folder, name));
            else if (!name.EndsWith(RunFiles.Extension, StringComparison.Ordinal))
                logs.Add(name[..name.LastIndexOf('-')]);
            else if (RunIds.IsValid(name[..^RunFiles.Extension.Length]))
                changed.Add((name, stamp));
        }

        foreach (string name in logs)
        {
            if (!entries.TryGetValue(name, out var known) || known.SeenAt != looks)
                continue;
            known.SeenAt = 0;
            unchanged--;
            changed.Add((name, known.Stamp));
        }

        return (changed, logs, unchanged);

        // Filters during the single pass over the folder, so that unchanged files cause no allocation.
        bool IsNews(ref FileSystemEntry entry)
        {
            if (entry.IsDirectory)
                return false;
            if (!entry.FileName.EndsWith(RunFiles.Extension))
                return UnfinishedFile.IsOne(entry.FileName) || entry.FileName.EndsWith(RunFiles.Extension + "-wal")
                    || entry.FileName.EndsWith(RunFiles.Extension + "-journal");
            if (!byName.TryGetValue(entry.FileName, out var known) || known.Stamp != StampOf(ref entry))
                return true;
            known.SeenAt = looks;
            unchanged++;
            return false;
        }

        static (string, Stamp) Describe(ref FileSystemEntry entry) =>
            (entry.FileName.ToString(), entry.FileName.EndsWith(RunFiles.Extension) ? StampOf(ref entry) : default);

        // For a link, these are its own size and time. Attributes are not read, because each would take another system call.
        static Stamp StampOf(ref FileSystemEntry entry) => new(entry.Length, entry.LastWriteTimeUtc.UtcTicks);
    }

    /// <summary>The size of a file and the ticks of its last change, which distinguish its states.</summary>
    internal readonly record struct Stamp(long Length, long Written);

    internal sealed record Entry(Stamp Stamp, RunSummary Run)
    {
        /// <summary>The number of the last pass over the folder that found the file unchanged.</summary>
        [JsonIgnore]
        public int SeenAt { get; set; }
    }
}
