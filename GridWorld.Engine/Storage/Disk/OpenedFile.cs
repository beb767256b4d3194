namespace GridWorld;

/// <summary>The file that was opened under a path, to notice when another one lies there, or none.</summary>
internal sealed class OpenedFile
{
    readonly string path;
    readonly string? link;

    // A copy of the file may be open from another folder. Where the folder is reached by a link, only the name is the same.
    OpenedFile(string path)
    {
        this.path = path;
        var named = Links().FindAll(l => Path.GetFileName(l) == Path.GetFileName(path));
        link = named.Contains(path) ? path : named.Distinct().Count() == 1 ? named[0] : null;
    }

    /// <summary>Whether it was deleted, moved or replaced. Looked up on Linux only, where an open file does not prevent that; elsewhere whether it is there.</summary>
    public bool IsGone => !File.Exists(path) || (link is not null && Links() is { Count: > 0 } now && !now.Contains(link));

    public static OpenedFile Of(string path) => new(path);

    // The kernel names an open file by where it lies now, and adds "(deleted)" where it lies nowhere.
    static List<string> Links()
    {
        var links = new List<string>();
        if (!OperatingSystem.IsLinux())
            return links;
        try
        {
            foreach (string descriptor in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
            {
                if (LinkOf(descriptor) is { } target)
                    links.Add(target);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            links.Clear();
        }

        return links;
    }

    // One that was closed meanwhile has none.
    static string? LinkOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
