namespace GridWorld.Tests;

/// <summary>The packages under test: those that were packed when these tests were built.</summary>
internal static class PackedVersion
{
    public static string Feed { get; } = Path.Combine(AppContext.BaseDirectory, "packages");

    /// <summary>Theirs and that of these tests.</summary>
    public static string Current { get; } = typeof(PackedVersion).Assembly.GetName().Version!.ToString(3);

    public static string FileOf(string id) => Path.Combine(Feed, $"{id}.{Current}.nupkg");
}
