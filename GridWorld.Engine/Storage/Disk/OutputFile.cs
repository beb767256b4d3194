namespace GridWorld;

/// <summary>A file that appears whole or not at all: it is written beside its place, and moved there when it is complete.</summary>
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
                throw new InputException($"The output file '{Printable.Text(path)}' is a folder. Name a file in it.");
            // A device or a pipe is written to, never replaced; an existing file must be one that may be written.
            bool isDevice = SpecialFile.Is(place);
            if (!isDevice && File.Exists(place))
                new FileStream(place, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
            if (!isDevice)
            {
                UnfinishedFile.RemoveLeftOver(Path.GetDirectoryName(place)!, Path.GetFileName(place));
                temporary = UnfinishedFile.For(place);
            }

            Stream = new FileStream(temporary ?? place, isDevice ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            temporary = null;
            throw new InputException(e is DirectoryNotFoundException
                ? $"The output file '{Printable.Text(path)}' cannot be written: its folder does not exist. Make the folder, or name another."
                : $"The output file '{Printable.Text(path)}' cannot be written: {Printable.Text(e.Message, 200)} Name a file in a folder you may write to.");
        }
    }

    public Stream Stream { get; }

    /// <summary>Puts the complete file in its place.</summary>
    public void Complete()
    {
        Stream.Dispose();
        if (temporary is null)
            return;
        File.Move(temporary, place, overwrite: true);
        temporary = null;
    }

    /// <summary>Leaves nothing behind unless the file was completed.</summary>
    public void Dispose()
    {
        try
        {
            // On a full disk what is still to be written fails here.
            Stream.Dispose();
        }
        finally
        {
            if (temporary is not null)
                File.Delete(temporary);
            temporary = null;
        }
    }

    // A link keeps leading to its file; what it leads to is written.
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
