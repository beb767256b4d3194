using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// Tracks which checkpoints use which pages of a run file. Successive checkpoints share most pages of a large table, so the size of one,
/// and the space that its removal frees, depend on all of them.
/// </summary>
internal sealed class PageLedger
{
    readonly Dictionary<long, List<long>> pagesOf = [];
    readonly Dictionary<long, (long Bytes, int Users)> pages = [];
    readonly List<long> unused = [];

    /// <summary>The number of bytes of all pages that checkpoints use.</summary>
    public long Bytes { get; private set; }

    public static PageLedger Read(SqliteConnection connection)
    {
        var ledger = new PageLedger();
        foreach (var row in connection.Rows("SELECT id, length(data) FROM page"))
            ledger.pages[(long)row[0]!] = (row[1] as long? ?? 0, 0);
        foreach (var row in connection.Rows("SELECT checkpoint, pages FROM section"))
            ledger.Use((long)row[0]!, MemoryMarshal.Cast<byte, long>(row[1] as byte[]));
        // The pages of checkpoints whose row is lost.
        ledger.unused.AddRange(ledger.pages.Where(p => p.Value.Users == 0).Select(p => p.Key));
        ledger.unused.ForEach(page => ledger.pages.Remove(page));
        return ledger;
    }

    /// <summary>Adds a checkpoint that was written, with new and shared pages.</summary>
    public void Add(long checkpoint, CheckpointPages written)
    {
        foreach (var section in written.Sections)
        {
            foreach (var page in section.Pages)
            {
                if (page.Packed is { } packed)
                    pages[page.Id] = (packed.Length, 0);
            }

            Use(checkpoint, section.Pages.Select(p => p.Id).ToArray());
        }
    }

    /// <summary>The number of bytes that the removal of these checkpoints frees.</summary>
    public long BytesOf(IEnumerable<long> checkpoints) =>
        checkpoints.SelectMany(id => pagesOf.GetValueOrDefault(id) ?? []).Distinct().Sum(page => pages[page].Bytes);

    public void Remove(long checkpoint)
    {
        if (!pagesOf.Remove(checkpoint, out var used))
            return;
        foreach (long id in used)
        {
            var (bytes, users) = pages[id];
            if (users > 1)
            {
                pages[id] = (bytes, users - 1);
                continue;
            }

            pages.Remove(id);
            unused.Add(id);
            Bytes -= bytes;
        }
    }

    /// <summary>Returns the pages that are no longer used, each only once.</summary>
    public IReadOnlyList<long> TakeUnused()
    {
        long[] taken = [.. unused];
        unused.Clear();
        return taken;
    }

    void Use(long checkpoint, ReadOnlySpan<long> used)
    {
        if (!pagesOf.TryGetValue(checkpoint, out var mine))
            pagesOf[checkpoint] = mine = [];
        foreach (long id in used)
        {
            var (bytes, users) = pages.GetValueOrDefault(id);
            pages[id] = (bytes, users + 1);
            Bytes += users == 0 ? bytes : 0;
            mine.Add(id);
        }
    }
}
