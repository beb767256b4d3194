using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>What a file must hold, as the transaction that last changed it left it.</summary>
/// <param name="Tables">Rows and sum of checksums of every sealed table.</param>
/// <param name="Checkpoint">The newest checkpoint that is not after the run's progress; null where there is none.</param>
/// <param name="Change">The number of that transaction, from 1.</param>
/// <param name="Synced">The last one that waited for the disk.</param>
internal sealed record Seal(IReadOnlyDictionary<string, Tally> Tables, SealedCheckpoint? Checkpoint, long Change = 0, long Synced = 0)
{
    /// <summary>What its text begins with. Then come the number of the transaction, that of the last one before it that waited for the disk, and whether it did so too.</summary>
    public const string Mark = "change ";
    const string Full = "full", Light = "light";

    // Within a transaction a connection sees one moment: it is read once.
    static readonly ConditionalWeakTable<SqliteConnection, StrongBox<Seal?>> Known = [];

    // Its file has one, and no file loses it again.
    static readonly ConditionalWeakTable<SqliteConnection, object> HasSeal = [];

    public static readonly Seal Empty = new(StoreTable.Sealed.ToDictionary(t => t.Name, _ => default(Tally)), null);

    /// <summary>A file's seal; null for one of format 1, which has none.</summary>
    /// <exception cref="StoreDamage">It is not what was written, or missing.</exception>
    public static Seal? Of(SqliteConnection connection)
    {
        if (!connection.IsInTransaction())
            return Read(connection);
        if (Known.TryGetValue(connection, out var known))
            return known.Value;
        var seal = Read(connection);
        Known.Add(connection, new(seal));
        return seal;
    }

    /// <summary>Whether a file may have a seal.</summary>
    public static bool Has(SqliteConnection connection) => connection.One("SELECT 1 FROM sqlite_schema WHERE name = 'seal'") is not null;

    /// <summary>A transaction begins or ends.</summary>
    public static void Forget(SqliteConnection connection) => Known.Remove(connection);

    /// <summary>Checks that rows are all of a table's.</summary>
    public void Check(StoreTable table, IEnumerable<object?[]> rows)
    {
        var (found, sealedRows) = (Tally.Of(rows), Tables[table.Name]);
        if (found.Rows != sealedRows.Rows)
            throw new StoreDamage($"The table {table.Name} has {found.Rows} of its {sealedRows.Rows} rows");
        if (found != sealedRows)
            throw new StoreDamage($"The rows of the table {table.Name} are not those that were written last");
    }

    public void Write(SqliteConnection connection)
    {
        bool isFull = connection.One("PRAGMA synchronous") is >= 2L;
        string[] lines = [string.Create(CultureInfo.InvariantCulture, $"{Mark}{Change} {Synced} {(isFull ? Full : Light)}"), .. Tables.Select(t => $"{t.Key} {t.Value}")];
        StoreTable.Seal.Put(connection, 1, string.Join('\n', lines), Checkpoint?.Id, Checkpoint?.Episode, Checkpoint?.Step, Checkpoint?.Digest);
    }

    static Seal? Read(SqliteConnection connection)
    {
        if (!HasSeal.TryGetValue(connection, out _))
        {
            bool has = Has(connection);
            if (has != connection.One("PRAGMA user_version") is >= 2L)
                throw new StoreDamage("Its header does not name the format that it has");
            if (!has)
                return null;
            HasSeal.Add(connection, new());
        }

        var row = StoreTable.Seal.Read(connection) is [var one] ? one : throw new StoreDamage("The table seal does not have its one row");
        string[][] lines = [.. ((string)row[1]!).Split('\n').Select(line => line.Split(' '))];
        return new(lines.Skip(1).ToDictionary(part => part[0], part => Tally.Parse(part[1], part[2])),
            row[2] is long id ? new(id, (long)row[3]!, (long)row[4]!, (byte[])row[5]!) : null,
            long.Parse(lines[0][1], CultureInfo.InvariantCulture), long.Parse(lines[0][lines[0][3] == Full ? 1 : 2], CultureInfo.InvariantCulture));
    }
}

/// <summary>The checkpoint that a seal names.</summary>
internal sealed record SealedCheckpoint(long Id, long Episode, long Step, byte[] Digest)
{
    /// <summary>
    /// The newest that is not after the run's progress, as it stands in the table; null where there is none. Files of earlier versions may
    /// have later ones, of a course that was given up.
    /// </summary>
    public static SealedCheckpoint? Newest(SqliteConnection connection) => connection.Rows(
        "SELECT id, episode, step, digest FROM checkpoint WHERE episode <= (SELECT episode FROM progress) ORDER BY episode DESC, id DESC LIMIT 1")
        is [var row] ? new((long)row[0]!, (long)row[1]!, (long)row[2]!, (byte[])row[3]!) : null;
}
