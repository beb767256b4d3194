namespace GridWorld.Tests;

/// <summary>
/// The benchmark's files: those of the project, and those of a data folder beside the clone. What is absent is skipped by name.
/// </summary>
static class MovingAiFiles
{
    public static string Find(string file)
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "GridWorld.sln")))
            root = Path.GetDirectoryName(root);
        Assert.NotNull(root);
        string[] places = [Path.Combine(root, "data", "movingai", file), Path.Combine(root, "..", "shared", "data", "movingai", file)];
        string? found = places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{file} is not here.");
        return found!;
    }
}
