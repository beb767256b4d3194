using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GridWorld;

/// <summary>Describes errors of run files, with what to do.</summary>
internal static class StoreFault
{
    /// <summary>
    /// Runs a function that reads or opens a file, and converts its errors to an <see cref="InputException"/>. SQLite reports a failing
    /// disk (EIO) as damage, so on damage this reads the file completely and retries once.
    /// </summary>
    public static T Explain<T>(string path, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (IsDamage(e))
        {
            try
            {
                RunFiles.ReadThrough(path);
                return use();
            }
            catch (Exception again) when (IsOurs(again))
            {
                throw Told(path, again);
            }
        }
        catch (Exception e) when (IsOurs(e))
        {
            throw Told(path, e);
        }
    }

    /// <summary>The reason of an error and its remedy, in sentences.</summary>
    /// <param name="e">The exception.</param>
    /// <param name="path">The file, if opening it failed.</param>
    public static string Reason(Exception e, string? path = null) => e switch
    {
        StoreDamage damage => $"the file is damaged ({damage.Message}). {damage.WayOut}",
        IOException io when IsOfDisk(io) => $"the disk failed ({io.Message}). The file may be intact. Check the disk, then try again.",
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the file is damaged. Restore a copy of it.",
            raw.SQLITE_FULL => "the disk is full. Free some space.",
            raw.SQLITE_CANTOPEN when path is not null && MayWrite(path) => Failed(sqlite),
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM =>
                "the file or its folder cannot be written. Check their permissions.",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program has the file open. Close that program.",
            raw.SQLITE_IOERR => Failed(sqlite),
            _ => sqlite.Message,
        },
        _ => e.Message,
    };

    static InputException Told(string path, Exception e) => new(e switch
    {
        StoreDamage damage => $"{path} is damaged: {damage.Message}. {damage.WayOut}",
        SqliteException => $"{path} cannot be used: {Reason(e, path)} The file was not changed.",
        IOException or UnauthorizedAccessException => $"{path} cannot be used: {Reason(e, path)}",
        _ => $"{path} is damaged: its content is invalid ({e.Message.TrimEnd('.')}). The file was not changed. Restore a copy of it.",
    });

    /// <summary>Whether an error does not concern the content of the file: the file was in use, or the disk failed.</summary>
    public static bool MayPass(Exception e) =>
        e is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR }
        || e is IOException io && IsOfDisk(io);

    /// <summary>Whether an exception is caused by a file.</summary>
    public static bool IsOurs(Exception e) =>
        e is SqliteException or IOException or UnauthorizedAccessException || StoreDamage.IsOfContent(e);

    static bool IsDamage(Exception e) =>
        e is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_ERROR } || StoreDamage.IsOfContent(e);

    static string Failed(SqliteException e) =>
        $"the disk failed ({e.SqliteExtendedErrorCode}: {e.Message}). The file may be intact. Check the disk, then try again.";

    // Linux: EIO, ENXIO, ENODEV, ETIMEDOUT, ESTALE, EUCLEAN, EREMOTEIO. Windows: not ready, CRC, sector not found, I/O device.
    static bool IsOfDisk(IOException e) => e.HResult is 5 or 6 or 19 or 110 or 116 or 117 or 121
        or unchecked((int)0x80070015) or unchecked((int)0x80070017) or unchecked((int)0x8007001B) or unchecked((int)0x8007045D);

    // SQLite reports only that it cannot open a file, for missing permissions as well as for a failing disk.
    static bool MayWrite(string path)
    {
        string probe = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Environment.ProcessId}.probe");
        try
        {
            HeldFiles.ReadUnlessHeld(path,
                () => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete).Dispose());
            using (new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
                return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is not UnauthorizedAccessException && !e.Message.Contains("Read-only", StringComparison.Ordinal);
        }
    }
}
