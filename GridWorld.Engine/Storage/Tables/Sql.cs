using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>SQL in one line.</summary>
internal static class Sql
{
    /// <summary>Runs a statement; its parameters are $0, $1, …</summary>
    public static int Run(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null where there is none.</summary>
    public static object? One(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>All rows: long, double, string, byte[] or null in each place.</summary>
    public static List<object?[]> Rows(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = Command(connection, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            reader.GetValues(row!);
            for (int i = 0; i < row.Length; i++)
                row[i] = row[i] is DBNull ? null : row[i];
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>All or nothing; what it changes is sealed.</summary>
    public static void Atomically(this SqliteConnection connection, Action change)
    {
        SealedChange.Forget(connection);
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            change();
            SealedChange.Commit(connection);
            connection.Run("COMMIT");
        }
        catch
        {
            connection.RollBack();
            throw;
        }
        finally
        {
            SealedChange.Forget(connection);
        }
    }

    /// <summary>A change within the transaction there is, else as one.</summary>
    public static void Within(this SqliteConnection connection, Action change)
    {
        if (connection.IsInTransaction())
            change();
        else
            connection.Atomically(change);
    }

    public static bool IsInTransaction(this SqliteConnection connection) => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Several reads of one moment.</summary>
    public static T AtOneMoment<T>(this SqliteConnection connection, Func<T> read)
    {
        SealedChange.Forget(connection);
        connection.Run("BEGIN");
        try
        {
            return read();
        }
        finally
        {
            SealedChange.Forget(connection);
            connection.RollBack();
        }
    }

    static void RollBack(this SqliteConnection connection)
    {
        try
        {
            connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back already, as it does after most that fails.
        }
    }

    static SqliteCommand Command(SqliteConnection connection, string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i}", values[i] ?? DBNull.Value);
        return command;
    }
}
