namespace GridWorld.Tests;

/// <summary>What a crash would leave of a run's file while it is written.</summary>
internal static class CrashCopy
{
    /// <summary>Copies a file and its log into a folder.</summary>
    public static void Of(string path, string folder)
    {
        Directory.CreateDirectory(folder);
        // As long as someone reads, the log keeps what it holds: a copy of the file and then of its log is what a crash leaves.
        using var reader = StoreFile.Read(path);
        reader.AtOneMoment(() =>
        {
            reader.One("SELECT count(*) FROM event");
            foreach (string file in new[] { path, path + "-wal" }.Where(File.Exists))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            return true;
        });
    }
}
