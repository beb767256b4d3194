namespace GridWorld;

/// <summary>Which packages are under test: those build.cs has just packed, else the newest, if no source is newer.</summary>
internal static class PackedVersion
{
    private const string HowTo = "Run: dotnet run build.cs test (or dotnet run build.cs pack, then these tests alone).";
    private static readonly Lazy<string> s_current = new(Find);

    public static string Feed { get; } = Repository.At("artifacts", "packages");

    public static string Current => s_current.Value;

    public static string FileOf(string id) => Path.Combine(Feed, $"{id}.{Current}.nupkg");

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("GridWorldVersion") is { Length: > 0 } built)
            return File.Exists(Path.Combine(Feed, $"GridWorld.Interactive.{built}.nupkg")) ? built
                : throw new InvalidOperationException($"GridWorld.Interactive {built} is not in {Feed}. {HowTo}");

        const string prefix = "GridWorld.Interactive.";
        var newest = (Directory.Exists(Feed) ? new DirectoryInfo(Feed).GetFiles($"{prefix}*.nupkg") : [])
            .MaxBy(file => file.LastWriteTimeUtc) ?? throw new InvalidOperationException($"Nothing is packed in {Feed}. {HowTo}");
        var changed = new[] { "GridWorld.Engine", "GridWorld.Interactive", "GridWorld.Kernel" }
            .SelectMany(project => new DirectoryInfo(Repository.At(project)).EnumerateFiles("*", SearchOption.AllDirectories))
            .Append(new(Repository.At("README.md")))
            .FirstOrDefault(file => file.Exists && file.LastWriteTimeUtc > newest.LastWriteTimeUtc && !IsMade(file));
        return changed is null ? Path.GetFileNameWithoutExtension(newest.Name)[prefix.Length..]
            : throw new InvalidOperationException($"{changed.FullName} is newer than the newest package, {newest.Name}. {HowTo}");
    }

    private static bool IsMade(FileInfo file) =>
        Path.GetRelativePath(Repository.Root, file.FullName).Split(Path.DirectorySeparatorChar)
            .Any(part => part is "bin" or "obj" or "node_modules" or "dist" or "test");
}
