namespace GridWorld;

/// <summary>What tells whether a run's file holds what it held: times and lengths of the file and of its log. Every commit writes to one of them.</summary>
internal readonly record struct FileStamp(DateTime Created, DateTime Written, long Length, DateTime LogWritten, long LogLength)
{
    // Times of files are coarse: what was written just now may be written again without a later time.
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>The stamp of a file; null while it is being written, soon after, or where it is not there. To be taken before the file is read.</summary>
    public static FileStamp? Of(string path)
    {
        FileInfo file = new(path), log = new(path + "-wal");
        bool hasLog = log.Exists && log.Length > 0;
        // Windows tells the time of a log late while it is open.
        if (!file.Exists || File.Exists(path + "-journal") || hasLog && OperatingSystem.IsWindows())
            return null;
        var stamp = new FileStamp(file.CreationTimeUtc, file.LastWriteTimeUtc, file.Length, hasLog ? log.LastWriteTimeUtc : default, hasLog ? log.Length : 0);
        var newest = stamp.LogWritten > stamp.Written ? stamp.LogWritten : stamp.Written;
        return TimeProvider.System.GetUtcNow().UtcDateTime - newest > Settled ? stamp : null;
    }
}
