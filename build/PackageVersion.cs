using System.Globalization;

namespace GridWorld.Build;

/// <summary>
/// 0.1.(commits) for the first pack of a clean commit, and 0.1.(commits).(seconds since the commit) for every other pack,
/// because notebook kernels and NuGet keep the first package of a version that they load.
/// </summary>
public static class PackageVersion
{
    /// <summary>The variable that Directory.Build.props reads, so that processes inside the build use the same version and rebuild nothing.</summary>
    public const string Variable = "GridWorldVersion";

    public static string Next(Shell shell, string packages)
    {
        var commits = shell.Ask("git", "rev-list", "--count", "HEAD") ?? "0";
        var version = $"0.1.{commits}";
        if (shell.Ask("git", "status", "--porcelain") is "" && !IsTaken(version, packages)) return version;

        var committed = long.Parse(shell.Ask("git", "log", "-1", "--format=%ct") ?? "0", CultureInfo.InvariantCulture);
        return $"{version}.{Math.Max(1, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - committed)}";
    }

    private static bool IsTaken(string version, string packages)
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return File.Exists(Path.Combine(packages, $"GridWorld.Interactive.{version}.nupkg"))
            || Directory.Exists(Path.Combine(cache, "gridworld.interactive", version));
    }
}
