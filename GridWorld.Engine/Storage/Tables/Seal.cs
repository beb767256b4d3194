using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>A summary of the content that a file must have after its last transaction.</summary>
/// <param name="Tables">Rows and sum of checksums of every sealed table.</param>
/// <param name="Checkpoint">The newest checkpoint that is not after the run's progress; null if there is none.</param>
/// <param name="Change">Number of the last transaction, from 1.</param>
/// <param name="Synced">Number of the last transaction that was synced to disk.</param>
internal sealed record Seal(IReadOnlyDictionary<string, Tally> Tables, SealedCheckpoint? Checkpoint, long Change = 0, long Synced = 0)
{
    /// <summary>
    /// The prefix of the text. The number of the transaction follows, then the number of the last earlier synced transaction, then whether
    /// this one was synced.
    /// </summary>
    public const string Mark = "change ";
    const string Full = "full", Light = "light";

    // Read once per transaction, in which a connection sees a single moment.
    static readonly ConditionalWeakTable<SqliteConnection, StrongBox<Seal?>> Known = [];

    // The connections whose file has a seal, which a file never loses.
    static readonly ConditionalWeakTable<SqliteConnection, object> HasSeal = [];

    public static readonly Seal Empty = new(StoreTable.Sealed.ToDictionary(t => t.Name, _ => Tally.None), null);

    /// <summary>The seal of a file; null for format 1, which has none.</summary>
    /// <exception cref="StoreDamage">The seal is missing or is not the one that was written.</exception>
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

    /// <summary>Whether a file has a table for a seal.</summary>
    public static bool Has(SqliteConnection connection) => connection.One("SELECT 1 FROM sqlite_schema WHERE name = 'seal'") is not null;

    /// <summary>Clears the cached seal when a transaction begins or ends.</summary>
    public static void Forget(SqliteConnection connection) => Known.Remove(connection);

    /// <summary>Checks that rows are all rows of a table.</summary>
    public void Check(StoreTable table, IEnumerable<object?[]> rows)
    {
        var (found, sealedRows) = (Tally.Of(rows), Tables[table.Name]);
        if (found.Rows != sealedRows.Rows)
            throw new StoreDamage($"The table {table.Name} has {found.Rows} of its {sealedRows.Rows} rows");
        if (found != sealedRows)
            throw new StoreDamage($"The rows of the table {table.Name} are not the ones that were written last");
    }

    public void Write(SqliteConnection connection)
    {
        bool isFull = connection.One("PRAGMA synchronous") is >= 2L;
        string[] lines = [string.Create(CultureInfo.InvariantCulture, $"{Mark}{Change} {Synced} {(isFull ? Full : Light)}"),
            .. Tables.Select(t => $"{t.Key} {t.Value}")];
        StoreTable.Seal.Put(connection, 1, string.Join('\n', lines), Checkpoint?.Id, Checkpoint?.Episode, Checkpoint?.Step,
            Checkpoint?.Digest);
    }

    static Seal? Read(SqliteConnection connection)
    {
        if (!HasSeal.TryGetValue(connection, out _))
        {
            bool has = Has(connection);
            if (has != connection.One("PRAGMA user_version") is >= 2L)
                throw new StoreDamage("Its header does not match its format");
            if (!has)
                return null;
            HasSeal.Add(connection, new());
        }

        var row = StoreTable.Seal.Read(connection) is [var one]
            ? one
            : throw new StoreDamage("The table seal does not have exactly one row");
        string[][] lines = [.. ((string)row[1]!).Split('\n').Select(line => line.Split(' '))];
        return new(lines.Skip(1).ToDictionary(part => part[0], part => Tally.Parse(part[1], part[2])),
            row[2] is long id ? new(id, (long)row[3]!, (long)row[4]!, (byte[])row[5]!) : null,
            long.Parse(lines[0][1], CultureInfo.InvariantCulture),
            long.Parse(lines[0][lines[0][3] == Full ? 1 : 2], CultureInfo.InvariantCulture));
    }
}
