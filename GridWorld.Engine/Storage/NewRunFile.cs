using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>Creates run files.</summary>
internal static class NewRunFile
{
    /// <summary>Creates a run file with the first events of the run, and passes its path on. If that fails, no file remains.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="header">The definition of the run.</param>
    /// <param name="progress">The progress of the run.</param>
    /// <param name="events">The events, from number 1.</param>
    /// <param name="past">Writes the earlier data of a run that does not start untrained.</param>
    /// <param name="then">Uses the file at this path.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static T Make<T>(string folder, RunHeader header, StoredProgress progress, IReadOnlyList<RunEvent> events,
        Action<SqliteConnection>? past, Func<string, T> then)
    {
        bool isNewFolder = !Directory.Exists(folder), isMade = false;
        string path = RunFiles.PathOf(folder, header.Id);
        try
        {
            Directory.CreateDirectory(folder);
            StoreFile.Create(path, c =>
            {
                header.Write(c);
                progress.Write(c, header.Created);
                foreach (var e in events)
                    EventTable.Add(c, e);
                past?.Invoke(c);
            });
            isMade = true;
            return then(path);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            if (isMade)
                RunFiles.TryDelete(path);
            if (isNewFolder && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
            throw new InputException($"The run cannot be stored in {Path.GetFullPath(folder)}: {StoreFault.Reason(e)} "
                + "Use another folder (--store, RunOptions.Store or GRIDWORLD_STORE), or keep the run in memory (RunOptions.InMemory).");
        }
    }
}
