namespace GridWorld;

/// <summary>
/// Times and lengths of a run file and its log, which show whether the content has changed: every commit writes to one of the two files.
/// </summary>
internal readonly record struct FileStamp(DateTime Created, DateTime Written, long Length, DateTime LogWritten, long LogLength)
{
    // File times are coarse, so a file that was just written may change again without a later time.
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The stamp of a file; null if the file does not exist, is being written or was written recently. Take it before you read the file.
    /// </summary>
    public static FileStamp? Of(string path)
    {
        FileInfo file = new(path), log = new(path + "-wal");
        bool hasLog = log.Exists && log.Length > 0;
        // Windows updates the time of an open log late.
        if (!file.Exists || File.Exists(path + "-journal") || hasLog && OperatingSystem.IsWindows())
            return null;
        var stamp = new FileStamp(file.CreationTimeUtc, file.LastWriteTimeUtc, file.Length,
            hasLog ? log.LastWriteTimeUtc : default, hasLog ? log.Length : 0);
        var newest = stamp.LogWritten > stamp.Written ? stamp.LogWritten : stamp.Written;
        return TimeProvider.System.GetUtcNow().UtcDateTime - newest > Settled ? stamp : null;
    }
}
