using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>Runs SQL statements in a single call.</summary>
internal static class Sql
{
    /// <summary>Runs a statement with the parameters $0, $1, …</summary>
    public static int Run(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null if there is no row.</summary>
    public static object? One(this SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>All rows, whose values are long, double, string, byte[] or null.</summary>
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

    /// <summary>Runs a change in a transaction and seals it.</summary>
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

    /// <summary>Runs a change in the current transaction, or in a new one if there is none.</summary>
    public static void Within(this SqliteConnection connection, Action change)
    {
        if (connection.IsInTransaction())
            change();
        else
            connection.Atomically(change);
    }

    public static bool IsInTransaction(this SqliteConnection connection) => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Runs several reads that see the same moment.</summary>
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
            // SQLite has already rolled back, as it does after most errors.
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
