using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// The changes of a transaction to the sealed tables. <see cref="StoreTable"/> and <see cref="EpisodeTable"/> count every row that is added
/// or removed, and the seal is written before the commit, so that no writer can forget it.
/// </summary>
internal sealed class SealedChange
{
    static readonly ConditionalWeakTable<SqliteConnection, SealedChange> Open = [];
    readonly SqliteConnection connection;
    readonly Dictionary<string, Tally> tables;
    readonly EpisodeIndexChange episodes = new();
    readonly Seal before;
    bool isChanged;

    SealedChange(SqliteConnection connection, Seal before) =>
        (this.connection, this.before, tables) = (connection, before, new(before.Tables));

    /// <summary>The change of the current transaction; null for format 1, which has no seal.</summary>
    public static SealedChange? Of(SqliteConnection connection)
    {
        if (Open.TryGetValue(connection, out var change))
            return change;
        if (Seal.Of(connection) is not { } seal)
            return null;
        Open.Add(connection, change = new(connection, seal));
        return change;
    }

    /// <summary>Starts with other tallies than those of the file, for a new file or a new count.</summary>
    public static void Begin(SqliteConnection connection, Seal seal)
    {
        Forget(connection);
        Open.Add(connection, new(connection, seal) { isChanged = true });
    }

    public static void Forget(SqliteConnection connection)
    {
        Open.Remove(connection);
        Seal.Forget(connection);
    }

    /// <summary>Seals the changes of a transaction.</summary>
    public static void Commit(SqliteConnection connection)
    {
        if (Open.TryGetValue(connection, out var change))
            change.Write();
    }

    /// <summary>Counts a row that was added or removed.</summary>
    public void Count(StoreTable table, byte[]? gone, byte[]? come)
    {
        var tally = tables[table.Name];
        tally = gone is null ? tally : tally.Without(gone);
        tables[table.Name] = come is null ? tally : tally.With(come);
        isChanged = true;
    }

    /// <summary>Records that a chunk of raw episodes was written, or removed (count 0).</summary>
    public void Index(EpisodeIndex.Entry chunk)
    {
        episodes.Set(chunk);
        isChanged = true;
    }

    void Write()
    {
        if (!isChanged)
            return;
        episodes.Write(connection);
        new Seal(tables, SealedCheckpoint.Newest(connection), before.Change + 1, before.Synced).Write(connection);
    }
}
