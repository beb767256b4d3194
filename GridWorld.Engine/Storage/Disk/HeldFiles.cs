namespace GridWorld;

/// <summary>
/// The files of the runs that this process trains. On Unix, closing any descriptor of a file releases all locks of the process on the file,
/// including SQLite's. Another process could then delete the log during training. Therefore only SQLite opens a held file.
/// </summary>
internal static class HeldFiles
{
    static readonly Lock gate = new();
    static readonly HashSet<string> held = [];

    /// <summary>Marks a file as held; returns false if it is already held.</summary>
    public static bool TryHold(string path)
    {
        lock (gate)
            return held.Add(path);
    }

    public static bool IsHeld(string path)
    {
        lock (gate)
            return held.Contains(path);
    }

    public static void Release(string path)
    {
        lock (gate)
            held.Remove(path);
    }

    /// <summary>Opens, reads and closes a file without SQLite, unless the file is held.</summary>
    /// <returns>Whether it was read.</returns>
    public static bool ReadUnlessHeld(string path, Action read)
    {
        lock (gate)
        {
            if (held.Contains(path))
                return false;
            read();
            return true;
        }
    }
}
