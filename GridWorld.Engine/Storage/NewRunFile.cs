using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>Makes a run's file.</summary>
internal static class NewRunFile
{
    /// <summary>Makes a run's file, with its first events, and hands it on; where that fails, nothing is left behind.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="header">What the run is.</param>
    /// <param name="progress">Where it stands.</param>
    /// <param name="events">From number 1.</param>
    /// <param name="past">Writes what a run has that does not begin untrained.</param>
    /// <param name="then">What is to be done with the file at this path.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
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
