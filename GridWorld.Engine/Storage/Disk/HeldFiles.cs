namespace GridWorld;

/// <summary>
/// The run files that this process trains. On Unix, closing any descriptor of a file drops every lock that the process has on it,
/// SQLite's too: another process could then take the file's log away under the one that trains. So nothing opens a held file but SQLite.
/// </summary>
internal static class HeldFiles
{
    static readonly Lock gate = new();
    static readonly HashSet<string> held = [];

    /// <summary>Holds a file; false if it is held already.</summary>
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

    /// <summary>Opens, reads and closes a file with something other than SQLite, unless it is held.</summary>
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
