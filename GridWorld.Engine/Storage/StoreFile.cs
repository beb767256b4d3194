using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>Checks, opens and creates the files of a store.</summary>
internal static class StoreFile
{
    const int EIO = 5;

    /// <summary>The SQLite VFS with which a file is opened; null for the default. Tests set it to simulate a failing disk.</summary>
    public static Func<string, string?>? VfsOf { get; set; }

    /// <summary>
    /// Whether to write a file with a write-ahead log or with a rollback journal. Tests set it to simulate an older SQLite.
    /// </summary>
    public static Func<string, bool> AllowsLog { get; set; } = _ => SqliteVersion.WalIsSafe;

    /// <summary>Checks a file before SQLite opens it, so that other files are never changed.</summary>
    /// <exception cref="InputException">The file is not a run file, has a newer version or is truncated.</exception>
    public static void Check(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new InputException($"{path} is a link. A store cannot contain links. Move the file itself to the folder.");
        byte[] head = new byte[100];
        int read = 0;
        long length = 0;
        try
        {
            bool isHeld = !HeldFiles.ReadUnlessHeld(path, () =>
            {
                using var stream = RunFiles.OpenToRead(path);
                (read, length) = (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false), stream.Length);
            });
            // It was checked before it was held.
            if (isHeld)
            {
                if (File.Exists(path))
                    return;
                throw new FileNotFoundException();
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"There is no file {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string wayOut = e is UnauthorizedAccessException ? " Check its permissions." : "";
            throw new InputException($"{path} cannot be read: {StoreFault.Reason(e)}{wayOut}");
        }

        var format = StoreFormat.Of(path);
        if (read < head.Length || !head.AsSpan().StartsWith("SQLite format 3\0"u8))
        {
            throw new InputException(
                $"{path} is not a {format.Kind}: it {(read == 0 ? "is empty" : "has no SQLite header")}. The file was not changed. "
                + "Move it out of the store.");
        }

        int application = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(68)),
            version = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(60));
        if (application != format.ApplicationId)
            throw new InputException($"{path} is the database of another program. The file was not changed. Move it out of the store.");
        if (version > format.Version)
        {
            throw new InputException(
                $"{path} was written by a newer version (format {version}; this one reads up to {format.Version}). "
                + "The file was not changed. Update GridWorld.");
        }

        long pages = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(28)),
            size = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(16)) is var s && s == 1 ? 65536 : s;
        if (length < pages * size && !File.Exists(path + "-wal") && !File.Exists(path + "-journal"))
            throw new InputException(
                $"{path} is truncated: it has {length} of {pages * size} bytes. The file was not changed. Restore a copy of it.");
    }

    /// <summary>Checks the structure of a file with SQLite.</summary>
    /// <exception cref="StoreDamage">The structure is damaged.</exception>
    /// <exception cref="IOException">The disk failed during the check, which SQLite also reports as damage.</exception>
    public static void CheckStructure(SqliteConnection connection, string check)
    {
        string found = connection.One($"PRAGMA {check}(1)") as string ?? "";
        if (found == "ok")
            return;
        int at = found.LastIndexOf("error code=", StringComparison.Ordinal);
        if (at >= 0 && int.TryParse(found.AsSpan(at + "error code=".Length), out int code) && (code & 0xff) == SQLitePCL.raw.SQLITE_IOERR)
            throw new IOException(found, EIO);
        throw new StoreDamage("SQLite reports that its structure is damaged");
    }

    /// <summary>Opens a file for reading, even while another process writes it.</summary>
    public static SqliteConnection Read(string path)
    {
        Check(path);
        try
        {
            return Whole(path, Open(path, path, SqliteOpenMode.ReadOnly));
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY
            && !File.Exists(path + "-wal"))
        {
            // The file was not closed, and its folder is read-only. No process can write it, so it can be read in its current state.
            return Open(path, $"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1",
                SqliteOpenMode.ReadOnly);
        }
    }

    // After SQLite has recovered an abandoned log, the file must not have less than was once on disk.
    static SqliteConnection Whole(string path, SqliteConnection connection)
    {
        try
        {
            if (!File.Exists(path + "-wal") || StoredOwner.IsTrained(connection, TimeProvider.System)
                || Seal.Of(connection) is not { } seal || WalLog.LastSynced(path) is var synced && synced <= seal.Change)
                return connection;
            throw new StoreDamage(WalLog.CutOff, "Resume the run: it continues from the rest and reports the loss. "
                + "Or restore a copy of the file and its log.");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for writing.</summary>
    public static SqliteConnection Write(string path)
    {
        Check(path);
        var connection = Open(path, path, SqliteOpenMode.ReadWrite);
        try
        {
            string? mode = connection.One($"PRAGMA journal_mode = {(AllowsLog(path) ? "WAL" : "DELETE")}") as string;
            if (!AllowsLog(path) && mode == "wal")
                throw new InputException($"{path} is open elsewhere, and this process has loaded SQLite "
                    + $"{SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}, whose log can lose pages then. Close the other program.");
            connection.Run("PRAGMA synchronous = FULL");
            connection.Run("PRAGMA journal_size_limit = 16777216");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Creates a file, which gets its name only when it is complete and on disk.</summary>
    public static void Create(string path, Action<SqliteConnection> fill)
    {
        if (File.Exists(path))
            throw new IOException($"{path} already exists.");
        var format = StoreFormat.Of(path);
        string unfinished = UnfinishedFile.For(path);
        UnfinishedFile.RemoveLeftOver(Path.GetDirectoryName(path)!, "*");
        try
        {
            using var held = UnfinishedFile.Hold(unfinished);
            using (var connection = Open(unfinished, unfinished, SqliteOpenMode.ReadWriteCreate))
            {
                connection.Run("PRAGMA journal_mode = DELETE");
                connection.Run("PRAGMA synchronous = FULL");
                connection.Atomically(() =>
                {
                    connection.Run(StoreFormat.Statements(format.Schema));
                    connection.Run($"PRAGMA application_id = {format.ApplicationId}");
                    if (format == StoreFormat.Run)
                        SealRenewal.Begin(connection);
                    else
                        connection.Run($"PRAGMA user_version = {format.Version}");
                    fill(connection);
                });
            }

            File.Move(unfinished, path);
        }
        catch
        {
            RunFiles.TryDelete(unfinished);
            throw;
        }
    }

    /// <summary>
    /// Copies a consistent state of a file, even while another thread or process writes it, to a new file without an owner.
    /// </summary>
    public static void Copy(string path, string copy)
    {
        RunFiles.TryDelete(copy);
        using (var connection = Read(path))
            connection.Run("VACUUM INTO $0", copy);
        using var made = Open(copy, copy, SqliteOpenMode.ReadWrite);
        made.Run("DELETE FROM owner");
    }

    static SqliteConnection Open(string path, string source, SqliteOpenMode mode)
    {
        var parts = new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 5,
            Vfs = VfsOf?.Invoke(path),
        };
        var connection = new SqliteConnection(parts.ToString());
        try
        {
            connection.Open();
            connection.Run("PRAGMA trusted_schema = OFF");
            // The first access to the file reports its errors.
            connection.One("SELECT count(*) FROM sqlite_schema");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
