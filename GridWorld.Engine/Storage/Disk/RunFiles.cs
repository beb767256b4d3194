namespace GridWorld;

/// <summary>A run file and the files that SQLite may keep next to it.</summary>
internal static class RunFiles
{
    public const string Extension = ".run.db";

    /// <summary>Opens a file to read it without SQLite. Tests replace it to simulate a failing disk.</summary>
    public static Func<string, Stream> OpenToRead { get; set; } = path =>
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public static string PathOf(string folder, string id) => RunIds.IsValid(id)
        ? Path.Combine(Path.GetFullPath(folder), id + Extension)
        : throw new InputException(
            $"'{Printable.Text(id)}' is not the id of a run. An id must consist of lowercase letters, digits and hyphens.");

    /// <summary>Deletes a file and its logs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="held">What holds the file, so that no process trains during the deletion; it is disposed. Null for nothing.</param>
    /// <exception cref="InputException">The file cannot be deleted.</exception>
    public static void Delete(string path, IDisposable? held)
    {
        try
        {
            // Windows cannot delete an open file.
            if (OperatingSystem.IsWindows())
                held?.Dispose();
            foreach (string file in WithLogs(path))
                File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be deleted: {e.Message}");
        }
        finally
        {
            held?.Dispose();
        }
    }

    /// <summary>Deletes a file and its logs if possible.</summary>
    public static void TryDelete(string path)
    {
        foreach (string file in WithLogs(path))
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The file stays; there is nothing else to do.
            }
        }
    }

    /// <summary>The paths of a file and of the files that SQLite may keep next to it.</summary>
    public static string[] WithLogs(string path) => [path, path + "-wal", path + "-shm", path + "-journal"];

    /// <summary>Reads a file and its logs completely. If this fails, the disk has failed, even if SQLite reports damage.</summary>
    public static void ReadThrough(string path)
    {
        byte[] room = new byte[1 << 20];
        foreach (string file in WithLogs(path).Where(f => f == path || (File.Exists(f) && !f.EndsWith("-shm", StringComparison.Ordinal))))
        {
            HeldFiles.ReadUnlessHeld(file, () =>
            {
                using var stream = OpenToRead(file);
                while (stream.Read(room) > 0)
                {
                }
            });
        }
    }
}
