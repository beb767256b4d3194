using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>A table whose rows have a checksum, which every write adds and every read checks.</summary>
/// <param name="name">Name of the table.</param>
/// <param name="keys">Number of key columns, which come first.</param>
/// <param name="columns">All columns except the checksum.</param>
internal sealed class StoreTable(string name, int keys, params string[] columns)
{
    public static readonly StoreTable Run =
        new("run", 1, "one", "id", "name", "created", "world", "learner", "parent", "parent_episode", "options");

    public static readonly StoreTable Specification = new("specification", 1, "one", "run", "json");

    public static readonly StoreTable Progress =
        new("progress", 1, "one", "state", "episode", "step", "target", "steps_per_second", "mean_return",
        "epsilon", "learning_rate", "discount_factor", "pace", "message", "last_event", "updated");

    public static readonly StoreTable Event =
        new("event", 1, "seq", "episode", "event", "timestamp", "param", "old_value", "new_value", "message");

    public static readonly StoreTable Checkpoint =
        new("checkpoint", 1, "id", "episode", "step", "last_event", "name", "timestamp", "bytes", "digest");

    // Sections and pages do not need a seal, because the digest of a checkpoint covers their content.
    public static readonly StoreTable Section = new("section", 2, "checkpoint", "place", "name", "length", "digest", "pages");

    public static readonly StoreTable Page = new("page", 1, "id", "length", "data");

    public static readonly StoreTable Episodes = new("episodes", 1, "chunk", "first", "count", "data");

    public static readonly StoreTable EpisodeIndex = new("episode_index", 1, "part", "chunks");

    public static readonly StoreTable Buckets = new("buckets", 2, "level", "chunk", "first", "count", "data");

    public static readonly StoreTable Clock = new("clock", 1, "one", "count", "data");

    public static readonly StoreTable Seal = new("seal", 1, "one", "tables", "checkpoint", "episode", "step", "digest");

    /// <summary>The tables that the seal counts.</summary>
    public static readonly IReadOnlyList<StoreTable> Sealed =
        [Run, Specification, Progress, Event, Checkpoint, EpisodeIndex, Buckets, Clock];

    readonly string list = string.Join(", ", columns.Select(c => $"\"{c}\""));
    readonly string values = $"INTO {name} VALUES ({string.Join(", ", Enumerable.Range(0, columns.Length + 1).Select(i => $"${i}"))})";
    readonly string before =
        $"SELECT checksum FROM {name} WHERE {string.Join(" AND ", columns.Take(keys).Select((c, i) => $"\"{c}\" = ${i}"))}";

    public string Name => name;

    bool IsSealed => Sealed.Contains(this);

    /// <summary>Writes a row. It replaces a row with the same key.</summary>
    /// <returns>The checksum of the row.</returns>
    public byte[] Put(SqliteConnection connection, params object?[] row) => Insert(connection, "INSERT OR REPLACE", row);

    /// <summary>Writes a row whose key must be unused.</summary>
    public void Add(SqliteConnection connection, params object?[] row) => Insert(connection, "INSERT", row);

    /// <summary>Copies rows unchanged, with their checksums.</summary>
    public void Copy(IEnumerable<object?[]> rows, SqliteConnection connection) => connection.Within(() =>
    {
        var change = IsSealed ? SealedChange.Of(connection) : null;
        foreach (var row in rows)
            Insert(connection, "INSERT OR REPLACE", row, change);
    });

    /// <summary>Removes rows.</summary>
    public void Delete(SqliteConnection connection, string where, params object?[] values) => connection.Within(() =>
    {
        var change = IsSealed ? SealedChange.Of(connection) : null;
        foreach (var row in connection.Rows($"DELETE FROM {name} {where} RETURNING checksum", values))
            change?.Count(this, gone: (byte[])row[0]!, come: null);
    });

    /// <summary>Reads and checks rows. Values are in the order of the columns, with the checksum last.</summary>
    /// <exception cref="StoreDamage">A row is not the one that was written.</exception>
    public List<object?[]> Read(SqliteConnection connection, string where = "", params object?[] values) =>
        Read(connection, e => throw e, where, values);

    /// <summary>Reads the intact rows and reports the others.</summary>
    public List<object?[]> Read(SqliteConnection connection, Action<StoreDamage> damaged, string where = "", params object?[] values)
    {
        var rows = connection.Rows($"SELECT {list}, checksum FROM {name} {where}", values);
        rows.RemoveAll(row =>
        {
            bool isGood = row[^1] is byte[] checksum && checksum.AsSpan().SequenceEqual(Digest.OfRow(name, row[..^1]));
            if (!isGood)
                damaged(new($"A row of the table {name} ({columns[0]} {row[0]}) does not match its checksum"));
            return !isGood;
        });
        return rows;
    }

    /// <summary>Reads all rows of a sealed table.</summary>
    /// <exception cref="StoreDamage">The rows are not the ones that were written last.</exception>
    public List<object?[]> ReadAll(SqliteConnection connection, string order = "")
    {
        var rows = Read(connection, order);
        GridWorld.Seal.Of(connection)?.Check(this, rows);
        return rows;
    }

    /// <summary>Reads the row of a table with exactly one row.</summary>
    public object?[] ReadOne(SqliteConnection connection) => ReadAll(connection) is [var row]
        ? row
        : throw new StoreDamage($"The table {name} does not have exactly one row");

    /// <summary>The current number of rows and sum of checksums.</summary>
    public Tally Count(SqliteConnection connection) => Tally.Of(connection.Rows($"SELECT checksum FROM {name}"));

    byte[] Insert(SqliteConnection connection, string verb, object?[] given)
    {
        // SQLite stores NaN as null.
        object?[] row = [.. given.Select(v => v is int i ? (long)i : v is double.NaN ? null : v), null];
        byte[] checksum = Digest.OfRow(name, row[..^1]);
        row[^1] = checksum;
        connection.Within(() => Insert(connection, verb, row, IsSealed ? SealedChange.Of(connection) : null));
        return checksum;
    }

    void Insert(SqliteConnection connection, string verb, object?[] row, SealedChange? change)
    {
        change?.Count(this, gone: connection.One(before, row[..keys]) as byte[], come: (byte[])row[^1]!);
        connection.Run($"{verb} {values}", row);
    }
}
