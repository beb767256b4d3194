using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>Writes the initial content of a fork's file: everything up to the fork, so that the parent can be deleted.</summary>
internal static class StoredFork
{
    public static void Write(SqliteConnection connection, Checkpoint at, EpisodeHistory history, string? parentPath,
        IReadOnlyList<CheckpointInfo> named, DateTimeOffset now)
    {
        if (parentPath is not null)
        {
            StoreFault.Explain(parentPath, () =>
            {
                using var parent = StoreFile.Read(parentPath);
                return parent.AtOneMoment(() => CopyCheckpoints(parent, connection, at.Episode, named));
            });
        }

        CheckpointTable.Write(connection, PageLedger.Read(connection), CheckpointPages.Of(at, null), at, now);
        var episodes = history.Since(0, rowLimit: int.MaxValue);
        EpisodeTable.Append(connection, episodes.FirstRow - 1, episodes.Rows);
        foreach (var level in episodes.Levels)
            BucketTable.Append(connection, level);
    }

    // The parent's checkpoints shorten the replay of early episodes. Damaged checkpoints are not copied, and neither are named checkpoints
    // that were written too late to be in the fork's events.
    static int CopyCheckpoints(SqliteConnection parent, SqliteConnection connection, long episode, IReadOnlyList<CheckpointInfo> named)
    {
        var copied = new HashSet<long>();
        int count = 0;
        foreach (long id in CheckpointTable.List(parent, _ => { })
            .Where(c => c.Episode <= episode && (c.Name is null || named.Any(n => (n.Name, n.Episode) == (c.Name, c.Episode))))
            .Select(c => c.Id))
        {
            try
            {
                var sections = StoreTable.Section.Read(parent, "WHERE checkpoint = $0", id);
                var needed = sections.SelectMany(s => MemoryMarshal.Cast<byte, long>((byte[])s[5]!).ToArray())
                    .Where(page => !copied.Contains(page)).ToHashSet();
                var pages = needed.SelectMany(page => StoreTable.Page.Read(parent, "WHERE id = $0", page)).ToList();
                StoreTable.Page.Copy(pages, connection);
                StoreTable.Section.Copy(sections, connection);
                StoreTable.Checkpoint.Copy(StoreTable.Checkpoint.Read(parent, "WHERE id = $0", id), connection);
                copied.UnionWith(needed);
                count++;
            }
            catch (StoreDamage)
            {
            }
        }

        return count;
    }
}
