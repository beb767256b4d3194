using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridWorld;

/// <summary>What went wrong with a run's file, in words that say what to do.</summary>
internal static class StoreFault
{
    /// <summary>Runs something that reads or opens a file; what is wrong with the file becomes an <see cref="InputException"/>.</summary>
    public static T Explain<T>(string path, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (StoreDamage e)
        {
            throw new InputException($"{path} is damaged: {e.Message}. It was left untouched; put back a copy of it.");
        }
        catch (SqliteException e)
        {
            throw new InputException($"{path} cannot be used: {Reason(e)} It was left untouched.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be used: {e.Message}");
        }
    }

    public static string Reason(Exception e) => e is not SqliteException sqlite ? e.Message : sqlite.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the file is damaged. Put back a copy of it.",
        raw.SQLITE_FULL => "the disk is full. Free some space.",
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => "the file or its folder cannot be written. Check their permissions.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds it. Close that program.",
        raw.SQLITE_IOERR => $"the disk failed ({sqlite.SqliteExtendedErrorCode}: {sqlite.Message}).",
        _ => sqlite.Message,
    };
}
