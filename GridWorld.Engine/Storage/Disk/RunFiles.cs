namespace GridWorld;

/// <summary>A run's file and those that SQLite may keep beside it.</summary>
internal static class RunFiles
{
    public const string Extension = ".run.db";

    /// <summary>Opens a file that is looked at without SQLite. For tests that need a disk to fail.</summary>
    public static Func<string, Stream> OpenToRead { get; set; } = path =>
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public static string PathOf(string folder, string id) => RunIds.IsValid(id)
        ? Path.Combine(Path.GetFullPath(folder), id + Extension)
        : throw new InputException($"'{Printable.Text(id)}' is not the id of a run. An id consists of lowercase letters, digits and hyphens.");

    /// <summary>Deletes a file and what belongs to it, where that can be done.</summary>
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
                // Nothing else can be done about it.
            }
        }
    }

    /// <summary>A file and those that SQLite may keep beside it.</summary>
    public static string[] WithLogs(string path) => [path, path + "-wal", path + "-shm", path + "-journal"];

    /// <summary>Reads a file and its logs to their ends: what fails there is the disk, whatever SQLite takes it for.</summary>
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
