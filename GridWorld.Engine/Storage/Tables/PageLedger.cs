using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// Which checkpoints use which pages of a run's file. Neighbors share most of a large table, so that what one takes, and what its
/// removal gives back, is known only from all of them.
/// </summary>
internal sealed class PageLedger
{
    readonly Dictionary<long, List<long>> pagesOf = [];
    readonly Dictionary<long, (long Bytes, int Users)> pages = [];
    readonly List<long> unused = [];

    /// <summary>Bytes of all pages that a checkpoint uses.</summary>
    public long Bytes { get; private set; }

    public static PageLedger Read(SqliteConnection connection)
    {
        var ledger = new PageLedger();
        foreach (var row in connection.Rows("SELECT id, length(data) FROM page"))
            ledger.pages[(long)row[0]!] = (row[1] as long? ?? 0, 0);
        foreach (var row in connection.Rows("SELECT checkpoint, pages FROM section"))
            ledger.Use((long)row[0]!, MemoryMarshal.Cast<byte, long>(row[1] as byte[]));
        // Those of a checkpoint whose row was lost.
        ledger.unused.AddRange(ledger.pages.Where(p => p.Value.Users == 0).Select(p => p.Key));
        ledger.unused.ForEach(page => ledger.pages.Remove(page));
        return ledger;
    }

    /// <summary>A checkpoint that was written, of pages new and old.</summary>
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

    /// <summary>Bytes that only the removal of all these checkpoints gives back.</summary>
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

    /// <summary>The pages that no one uses any more, handed out once.</summary>
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
