using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>Creates the seal of a file from its current content, if it has no seal or the seal is invalid.</summary>
internal static class SealRenewal
{
    /// <summary>Seals a new file, within the transaction that creates it.</summary>
    public static void Begin(SqliteConnection connection)
    {
        AddTables(connection);
        SealedChange.Begin(connection, Seal.Empty);
    }

    /// <summary>Upgrades a file of format 1 to format 2. Does nothing for format 2.</summary>
    public static void Upgrade(SqliteConnection connection)
    {
        if (!Seal.Has(connection))
            Renew(connection);
    }

    /// <summary>
    /// Seals the current content of a file, without the checkpoints whose row is damaged. A resumed run does not need them.
    /// </summary>
    /// <param name="connection">The file.</param>
    /// <param name="lastSynced">A transaction that was on disk. New transactions get greater numbers, so that its loss is reported only
    /// once.</param>
    public static void Renew(SqliteConnection connection, long lastSynced = 0)
    {
        bool hasSeal = Seal.Has(connection), hasIndex = hasSeal && HasIndex(connection);
        if (!hasSeal)
            AddTables(connection);
        var before = hasSeal ? Seal.Of(connection)! : Seal.Empty;
        SealedChange.Begin(connection, Seal.Empty);
        var good = StoreTable.Checkpoint.Read(connection, _ => { }).Select(row => (long)row[0]!).ToHashSet();
        foreach (var row in connection.Rows("SELECT id FROM checkpoint").Where(row => !good.Contains((long)row[0]!)))
            connection.Run("DELETE FROM checkpoint WHERE id = $0", row[0]);
        connection.Run("DELETE FROM section WHERE checkpoint NOT IN (SELECT id FROM checkpoint)");
        if (!hasIndex)
        {
            connection.Run("DELETE FROM episode_index");
            var index = new EpisodeIndexChange();
            foreach (var row in connection.Rows("SELECT chunk, first, count, checksum FROM episodes"))
                index.Set(EpisodeIndex.Entry.Of(row));
            index.Write(connection);
        }

        SealedChange.Begin(connection, before with
        {
            Tables = StoreTable.Sealed.ToDictionary(t => t.Name, t => t.Count(connection)),
            Change = Math.Max(before.Change, lastSynced),
        });
    }

    static bool HasIndex(SqliteConnection connection)
    {
        try
        {
            return EpisodeIndex.Read(connection) is not null;
        }
        catch (StoreDamage)
        {
            return false;
        }
    }

    static void AddTables(SqliteConnection connection)
    {
        connection.Run(StoreFormat.Statements("schema-2.sql"));
        connection.Run($"PRAGMA user_version = {StoreFormat.SealedRun}");
    }
}
