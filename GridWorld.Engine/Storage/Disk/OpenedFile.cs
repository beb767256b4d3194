namespace GridWorld;

/// <summary>The file that was opened at a path, to detect that the path now has another file or none.</summary>
internal sealed class OpenedFile
{
    readonly string path;
    readonly string? link;

    // A copy of the file may be open from another folder. If the folder is reached by a link, only the name is the same.
    OpenedFile(string path)
    {
        this.path = path;
        var named = Links().FindAll(l => Path.GetFileName(l) == Path.GetFileName(path));
        link = named.Contains(path) ? path : named.Distinct().Count() == 1 ? named[0] : null;
    }

    /// <summary>Whether the file was deleted, moved or, on Linux, replaced.</summary>
    public bool IsGone => !File.Exists(path) || (link is not null && Links() is { Count: > 0 } now && !now.Contains(link));

    public static OpenedFile Of(string path) => new(path);

    // The kernel reports the current path of an open file, and appends "(deleted)" if there is none.
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

    // A descriptor that was closed meanwhile has no link.
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
