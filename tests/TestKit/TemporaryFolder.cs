namespace GridWorld.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo outer = Directory.CreateTempSubdirectory("gridworld-test-");

    public TemporaryFolder() => Path = outer.CreateSubdirectory("store").FullName;

    /// <summary>It lies in a folder of its own, so that a test may also write next to it.</summary>
    public string Path { get; }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    public string[] Files =>
        [.. Directory.GetFileSystemEntries(Path).Select(f => System.IO.Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public void Dispose() => outer.Delete(recursive: true);
}
