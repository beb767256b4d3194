using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>Packages restored from the local feed into a folder that held nothing before, as on a machine that never saw them.</summary>
internal sealed class RestoredPackages
{
    static readonly string projects = Directory.CreateTempSubdirectory("gridworld-packages-").FullName;
    static readonly ConcurrentDictionary<string, Task<RestoredPackages>> restored = new();

    static RestoredPackages() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(projects, recursive: true);

    RestoredPackages(string assetsFile)
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(assetsFile));
        var root = assets.RootElement;
        var roots = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        foreach (var library in root.GetProperty("targets").GetProperty($"net10.0/{RuntimeInformation.RuntimeIdentifier}")
            .EnumerateObject())
        {
            var path = root.GetProperty("libraries").GetProperty(library.Name).GetProperty("path").GetString()!;
            var folder = roots.Select(packages => Path.Combine(packages, path)).First(Directory.Exists);
            Assemblies.AddRange(Files(library.Value, "runtime").Where(file => file.EndsWith(".dll", StringComparison.Ordinal))
                .Select(file => Path.Combine(folder, file)));
        }
    }

    public List<string> Assemblies { get; } = [];

    public static Task<RestoredPackages> Library => GetAsync(["GridWorld.Interactive@"], CancellationToken.None);

    /// <summary>Each one as id@version; no version means the newest, and for GridWorld's own always the one under test.</summary>
    public static Task<RestoredPackages> GetAsync(IEnumerable<string> packages, CancellationToken cancellationToken) =>
        restored.GetOrAdd(string.Join(';', packages.Order(StringComparer.OrdinalIgnoreCase)),
        key => RestoreAsync(key.Split(';'), cancellationToken));

    static async Task<RestoredPackages> RestoreAsync(string[] packages, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(projects, $"restore-{restored.Count}")).FullName;
        var references = packages.Select(package => package.Split('@')).Select(package =>
            $"""<PackageReference Include="{package[0]}" Version="{(package[0].StartsWith("GridWorld.", StringComparison.Ordinal) ? $"[{PackedVersion.Current}]" : package[1] is "" ? "*" : package[1])}" />""");
        // Only other people's packages may come from the user's cache: ours must come from the feed.
        Assert.False(Directory.Exists(Path.Combine(PackageCache.Folder, "gridworld.interactive", PackedVersion.Current)),
            $"GridWorld.Interactive {PackedVersion.Current} is in {PackageCache.Folder} already, so a test could see an old copy."
            + " Delete that folder.");
        var project = Path.Combine(folder, "Cell.csproj");
        await File.WriteAllTextAsync(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <RestorePackagesPath>{Path.Combine(folder, "packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{PackageCache.Folder}</RestoreFallbackFolders>
                <RestoreAdditionalProjectSources>{PackedVersion.Feed}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>{string.Concat(references)}</ItemGroup>
            </Project>
            """, cancellationToken);
        using var restore = Process.Start(new ProcessStartInfo("dotnet", ["restore", project, "-nologo"]) { RedirectStandardOutput = true,
            WorkingDirectory = folder })!;
        var output = await restore.StandardOutput.ReadToEndAsync(cancellationToken);
        await restore.WaitForExitAsync(cancellationToken);
        Assert.True(restore.ExitCode == 0, $"dotnet restore of {string.Join(", ", packages)} failed:\n{output}");
        return new(Path.Combine(folder, "obj", "project.assets.json"));
    }

    static IEnumerable<string> Files(JsonElement library, string kind) =>
        library.TryGetProperty(kind, out var files)
        ? files.EnumerateObject().Select(file => file.Name).Where(name => !name.EndsWith("_._", StringComparison.Ordinal)) : [];
}
