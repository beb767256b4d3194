namespace GridWorld.Tests;

/// <summary>The user's folder of other people's packages.</summary>
internal static class PackageCache
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Gives a process a cache that never knew our packages, with everyone else's behind it.</summary>
    public static void Hide(IDictionary<string, string?> environment, string fresh)
    {
        environment["NUGET_FALLBACK_PACKAGES"] = Folder;
        environment["NUGET_PACKAGES"] = fresh;
    }
}
