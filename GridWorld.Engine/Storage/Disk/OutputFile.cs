namespace GridWorld;

/// <summary>A file that appears completely or not at all: it is written next to its place and moved there when it is complete.</summary>
internal sealed class OutputFile : IDisposable
{
    readonly string place;
    string? temporary;

    /// <exception cref="InputException">The file cannot be written there.</exception>
    public OutputFile(string path)
    {
        try
        {
            place = Path.GetFullPath(Resolve(path));
            if (Directory.Exists(place))
                throw new InputException($"The output file '{Printable.Text(path)}' is a folder. Specify a file in it.");
            // A device or a pipe is written in place, never replaced. An existing file must be writable.
            bool isDevice = SpecialFile.Is(place);
            if (!isDevice && File.Exists(place))
                new FileStream(place, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
            if (!isDevice)
            {
                UnfinishedFile.RemoveLeftOver(Path.GetDirectoryName(place)!, Path.GetFileName(place));
                temporary = UnfinishedFile.For(place);
            }

            Stream = new FileStream(temporary ?? place, isDevice ? FileMode.Open : FileMode.Create, FileAccess.Write,
                FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            temporary = null;
            string cannot = $"The output file '{Printable.Text(path)}' cannot be written";
            throw new InputException(e is DirectoryNotFoundException
                ? $"{cannot}: its folder does not exist. Create the folder or use another one."
                : $"{cannot}: {Printable.Text(e.Message, 200)} Use a folder that you can write to.");
        }
    }

    public Stream Stream { get; }

    /// <summary>Moves the complete file to its place.</summary>
    public void Complete()
    {
        Stream.Dispose();
        if (temporary is null)
            return;
        File.Move(temporary, place, overwrite: true);
        temporary = null;
    }

    /// <summary>Deletes the file unless it is complete.</summary>
    public void Dispose()
    {
        try
        {
            // On a full disk, the final write fails here.
            Stream.Dispose();
        }
        finally
        {
            if (temporary is not null)
                File.Delete(temporary);
            temporary = null;
        }
    }

    // Writes the target of a link and keeps the link.
    static string Resolve(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return path;
        }
    }
}
