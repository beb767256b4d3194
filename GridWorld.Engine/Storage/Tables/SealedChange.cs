using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// What a transaction does to the sealed tables. Whatever goes in and out by <see cref="StoreTable"/> and <see cref="EpisodeTable"/> is
/// counted, and the seal is written before the commit, so that no writer can forget it.
/// </summary>
internal sealed class SealedChange
{
    static readonly ConditionalWeakTable<SqliteConnection, SealedChange> Open = [];
    readonly SqliteConnection connection;
    readonly Dictionary<string, Tally> tables;
    readonly EpisodeIndexChange episodes = new();
    readonly Seal before;
    bool isChanged;

    SealedChange(SqliteConnection connection, Seal before) => (this.connection, this.before, tables) = (connection, before, new(before.Tables));

    /// <summary>The change that a connection's transaction makes; null for a file of format 1, which has no seal.</summary>
    public static SealedChange? Of(SqliteConnection connection)
    {
        if (Open.TryGetValue(connection, out var change))
            return change;
        if (Seal.Of(connection) is not { } seal)
            return null;
        Open.Add(connection, change = new(connection, seal));
        return change;
    }

    /// <summary>Begins with other tallies than the file's: where it is new, or counted again.</summary>
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

    /// <summary>Seals what a transaction changed.</summary>
    public static void Commit(SqliteConnection connection)
    {
        if (Open.TryGetValue(connection, out var change))
            change.Write();
    }

    /// <summary>A row came, or went.</summary>
    public void Count(StoreTable table, byte[]? gone, byte[]? come)
    {
        var tally = tables[table.Name];
        tally = gone is null ? tally : tally.Without(gone);
        tables[table.Name] = come is null ? tally : tally.With(come);
        isChanged = true;
    }

    /// <summary>A chunk of raw episodes is there now, or no longer (count 0).</summary>
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
