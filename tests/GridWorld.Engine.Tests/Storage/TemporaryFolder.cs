namespace GridWorld;

/// <summary>A folder for one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gridworld-test-");

    public string Path => System.IO.Path.Combine(folder.FullName, "store");

    internal RunOptions Options => new() { Store = Path, CheckpointEvery = 20 };

    internal string FileOf(Run run) => RunFiles.PathOf(Path, run.Id);

    public void Dispose() => folder.Delete(recursive: true);
}
