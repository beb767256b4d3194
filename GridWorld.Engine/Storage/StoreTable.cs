using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>A table whose rows carry a checksum: written on every way in, checked on every way out.</summary>
internal sealed class StoreTable(string name, params string[] columns)
{
    public static readonly StoreTable Run = new("run", "one", "id", "name", "created", "world", "learner", "parent", "parent_episode", "options");

    public static readonly StoreTable Specification = new("specification", "one", "run", "json");

    public static readonly StoreTable Progress = new("progress", "one", "state", "episode", "step", "target", "steps_per_second", "mean_return",
        "epsilon", "learning_rate", "discount_factor", "pace", "message", "last_event", "updated");

    public static readonly StoreTable Event = new("event", "seq", "episode", "event", "timestamp", "param", "old_value", "new_value", "message");

    public static readonly StoreTable Checkpoint = new("checkpoint", "id", "episode", "step", "last_event", "name", "timestamp", "bytes", "digest");

    public static readonly StoreTable Section = new("section", "checkpoint", "place", "name", "length", "digest", "pages");

    public static readonly StoreTable Page = new("page", "id", "length", "data");

    public static readonly StoreTable Episodes = new("episodes", "chunk", "first", "count", "data");

    public static readonly StoreTable Buckets = new("buckets", "level", "chunk", "first", "count", "data");

    readonly string list = string.Join(", ", columns.Select(c => $"\"{c}\""));
    readonly string values = $"INTO {name} VALUES ({string.Join(", ", Enumerable.Range(0, columns.Length + 1).Select(i => $"${i}"))})";

    public string Name => name;

    /// <summary>Writes a row, over one with its key.</summary>
    public void Put(SqliteConnection connection, params object?[] row) => Insert(connection, "INSERT OR REPLACE", row);

    /// <summary>Writes a row whose key must be free.</summary>
    public void Add(SqliteConnection connection, params object?[] row) => Insert(connection, "INSERT", row);


    /// <summary>Rows, checked, in the order of the columns.</summary>
    /// <exception cref="StoreDamage">One is not what was written.</exception>
    public List<object?[]> Read(SqliteConnection connection, string where = "", params object?[] values)
    {
        var rows = connection.Rows($"SELECT {list}, checksum FROM {name} {where}", values);
        foreach (var row in rows)
        {
            if (row[^1] is not byte[] checksum || !checksum.AsSpan().SequenceEqual(Digest.OfRow(name, row[..^1])))
                throw new StoreDamage($"A row of the table {name} ({columns[0]} {row[0]}) does not match its checksum");
        }

        return rows;
    }

    /// <summary>Puts rows of another file here as they are.</summary>
    public void Copy(IEnumerable<object?[]> rows, SqliteConnection connection)
    {
        foreach (var row in rows)
            connection.Run($"INSERT OR REPLACE {values}", row);
    }

    /// <summary>The row of a table that has one.</summary>
    public object?[] ReadOne(SqliteConnection connection) => Read(connection) is [var row]
        ? row
        : throw new StoreDamage($"The table {name} does not have its one row");

    void Insert(SqliteConnection connection, string verb, object?[] given)
    {
        // SQLite keeps NaN as null.
        object?[] row = [.. given.Select(v => v is int i ? (long)i : v is double.NaN ? null : v), null];
        row[^1] = Digest.OfRow(name, row[..^1]);
        connection.Run($"{verb} {values}", row);
    }
}
