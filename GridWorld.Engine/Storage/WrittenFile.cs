using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>A file of the store that is open for writing: held within the process, and owned against other processes.</summary>
internal sealed class WrittenFile(string path)
{
    SqliteConnection? connection;
    OpenedFile? opened;
    bool isHeld;

    public bool IsOpen => connection is not null;

    public SqliteConnection Connection => connection!;

    /// <summary>Whether the open file was deleted, moved or replaced.</summary>
    public bool IsGone => opened is { IsGone: true };

    /// <summary>Opens the file if it is closed.</summary>
    /// <param name="ifHeld">The message if this process holds the file already.</param>
    /// <param name="own">Makes this process the owner, in a transaction. If it throws, the file is closed again.</param>
    /// <exception cref="InputException">This process holds the file already, or the file is none of the store's.</exception>
    public void Open(string ifHeld, Action own)
    {
        if (connection is not null)
            return;
        StoreFile.Check(path);
        if (!(isHeld = HeldFiles.TryHold(path)))
            throw new InputException(ifHeld);
        try
        {
            connection = StoreFile.Write(path);
            opened = OpenedFile.Of(path);
            connection.Atomically(own);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>Closes the file. Its log is merged into it and deleted if no reader has the file open.</summary>
    public void Close()
    {
        if (connection is null)
            return;
        try
        {
            StoredOwner.Remove(connection, StoreOwner.Self);
            connection.DefaultTimeout = 1;
            connection.Run("PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException)
        {
            // A reader has the log open, or the file can no longer be written. Together with its log, the file is complete.
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Closes the file and leaves its owner and its log as they are.</summary>
    public void Release()
    {
        connection?.Dispose();
        (connection, opened) = (null, null);
        // Another object of this process may hold the file.
        if (isHeld)
            HeldFiles.Release(path);
        isHeld = false;
    }
}
