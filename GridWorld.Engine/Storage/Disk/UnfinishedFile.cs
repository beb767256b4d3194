using System.Globalization;
using System.IO.Enumeration;

namespace GridWorld;

/// <summary>
/// Files that are written next to their place, as <c>.NAME.PROCESS.part</c>, and moved there when they are complete. A process that
/// is killed leaves one behind: whoever opens the folder next removes it.
/// </summary>
internal static class UnfinishedFile
{
    // Where the process cannot be looked up (another machine, a number that was given out again), and for the files of older versions, which name none.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static string For(string place) =>
        Path.Combine(Path.GetDirectoryName(place)!, string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(place)}.{Environment.ProcessId}.part"));

    /// <summary>Marks a file as in use: as long as the stream is open, no process takes it for left over.</summary>
    public static FileStream Hold(string unfinished) => new(unfinished, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>Whether a file has such a name, or that of an older version.</summary>
    public static bool IsOne(ReadOnlySpan<char> name) => name.StartsWith('.') && (name.EndsWith(".part") || name.EndsWith(RunFiles.Extension + ".new"));

    /// <summary>Removes what processes that are gone left in a folder.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="name">The name that the file would have had; * for any.</param>
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
            // What cannot be listed cannot be tidied either.
        }
    }

    public static void RemoveIfLeftOver(string file)
    {
        if (IsOne(Path.GetFileName(file.AsSpan())) && IsLeftOver(file) && IsFree(file))
            RunFiles.TryDelete(file);
    }

    static bool IsLeftOver(string file) =>
        Path.GetFileName(file).Split('.') is [.., var process, "part"] && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && !StoreOwner.IsRunning(number)
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
