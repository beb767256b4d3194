using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// The file of an ensemble or a sweep, open for writing by this process only. For one thread at a time. After a failed write, the caller
/// writes the same again with the next attempt.
/// </summary>
internal sealed class SweepFile : IDisposable
{
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    readonly TimeProvider time;
    readonly WrittenFile file;
    long failedAt;

    SweepFile(string path, TimeProvider time) => (Path, this.time, file) = (path, time, new(path));

    public string Path { get; }

    /// <summary>Why the file is not up to date; null if it is.</summary>
    public string? Failure { get; private set; }

    public static string PathOf(string folder, string id) => RunIds.IsValid(id)
        ? System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), id + StoreFormat.SweepExtension)
        : throw new InputException(
            $"'{Printable.Text(id)}' is not the id of a sweep. An id must consist of lowercase letters, digits and hyphens.");

    /// <summary>Creates a file and opens it. If that fails, no file remains.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static SweepFile Create(string folder, SweepHeader header, SweepStanding standing, Action<SqliteConnection> fill,
        TimeProvider time)
    {
        string path = PathOf(folder, header.Id);
        try
        {
            Directory.CreateDirectory(folder);
            StoreFile.Create(path, c =>
            {
                header.Write(c);
                standing.Write(c, header.Created);
                fill(c);
            });
            return Take(path, time);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            throw new InputException($"Nothing can be stored in {System.IO.Path.GetFullPath(folder)}: {StoreFault.Reason(e)} "
                + "Use another folder (--store, GRIDWORLD_STORE), or keep it in memory (OnDisk = false).");
        }
    }

    /// <summary>Opens a file for writing.</summary>
    /// <exception cref="InputException">The file is damaged, or another process writes it.</exception>
    public static SweepFile Take(string path, TimeProvider time)
    {
        var file = new SweepFile(path, time);
        return StoreFault.Explain(path, () =>
        {
            file.Open();
            return file;
        });
    }

    /// <summary>Reads a file, even while another process writes it.</summary>
    public static T Read<T>(string path, Func<SqliteConnection, T> read) => StoreFault.Explain(path, () =>
    {
        using var connection = StoreFile.Read(path);
        return connection.AtOneMoment(() => read(connection));
    });

    /// <summary>Reads the open file.</summary>
    public T Read<T>(Func<SqliteConnection, T> read) => StoreFault.Explain(Path,
        () => file.Connection.AtOneMoment(() => read(file.Connection)));

    /// <summary>Writes in one transaction.</summary>
    /// <param name="change">What is written.</param>
    /// <param name="isLast">Whether to try at once, even if the last attempt has just failed.</param>
    /// <returns>Whether it is on disk. If not, <see cref="Failure"/> says why, and the caller must write the same again later.</returns>
    public bool TryWrite(Action<SqliteConnection, DateTimeOffset> change, bool isLast = false)
    {
        if (!isLast && Failure is not null && time.GetElapsedTime(failedAt) < Retry)
            return false;
        try
        {
            Write(change);
            return true;
        }
        catch (Exception e) when (e is InputException || StoreFault.IsOurs(e))
        {
            (Failure, failedAt) = (e is InputException ? e.Message : StoreFault.Reason(e, Path), time.GetTimestamp());
            file.Release();
            return false;
        }
    }

    /// <summary>Writes in one transaction, or throws.</summary>
    public void Write(Action<SqliteConnection, DateTimeOffset> change)
    {
        if (file.IsGone)
            throw new InputException($"{Path} was deleted, moved or replaced.");
        Open();
        file.Connection.Atomically(() =>
        {
            var now = time.GetUtcNow();
            if (!StoredOwner.Sign(file.Connection, StoreOwner.Self, now))
                throw new InputException($"Another process has taken {Path}. This one no longer writes it.");
            change(file.Connection, now);
        });
        Failure = null;
    }

    /// <summary>Closes the file. Its log is merged into it if no reader has it open.</summary>
    public void Dispose() => file.Close();

    void Open() => file.Open($"This process already trains {Path}. Use that object.", () =>
    {
        var now = time.GetUtcNow();
        if (StoredOwner.Other(file.Connection, now) is { } other)
            throw new InputException($"{Path} is being trained by {other}. Look at it here, or stop it there first.");
        StoredOwner.Write(file.Connection, StoreOwner.Self, now);
    });
}
