using System.Globalization;
using System.IO.Enumeration;

namespace GridWorld;

/// <summary>
/// Files that are written next to their place, as <c>.NAME.PROCESS.part</c>, and moved there when they are complete. A killed process
/// leaves such a file, and the next process that opens the folder removes it.
/// </summary>
internal static class UnfinishedFile
{
    // Used if the process cannot be looked up (another machine, a reused number), and for files of older versions, whose names have no
    // process.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static string For(string place) =>
        Path.Combine(Path.GetDirectoryName(place)!,
            string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(place)}.{Environment.ProcessId}.part"));

    /// <summary>Marks a file as in use. While the stream is open, no process treats the file as left over.</summary>
    public static FileStream Hold(string unfinished) =>
        new(unfinished, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>Whether a file has such a name, including that of older versions.</summary>
    public static bool IsOne(ReadOnlySpan<char> name) =>
        name.StartsWith('.') && (name.EndsWith(".part") || name.EndsWith(RunFiles.Extension + ".new"));

    /// <summary>Removes the files that ended processes left in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The final name of the file; * for any.</param>
    public static void RemoveLeftOver(string folder, string name)
    {
        try
        {
            foreach (string file in Directory.EnumerateFiles(folder))
            {
                if (FileSystemName.MatchesSimpleExpression($".{name}.*", Path.GetFileName(file.AsSpan()), ignoreCase: false))
                    RemoveIfLeftOver(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed cannot be cleaned up.
        }
    }

    public static void RemoveIfLeftOver(string file)
    {
        if (IsOne(Path.GetFileName(file.AsSpan())) && IsLeftOver(file) && IsFree(file))
            RunFiles.TryDelete(file);
    }

    static bool IsLeftOver(string file) =>
        Path.GetFileName(file).Split('.') is [.., var process, "part"]
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && !StoreOwner.IsRunning(number)
        || TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(file) > Patience;

    static bool IsFree(string file)
    {
        try
        {
            using var alone = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
