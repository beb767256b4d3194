using System.Text.Json;

namespace GridWorld.Build;

/// <summary>Checks the packages for known vulnerabilities, and lists what is shipped (CycloneDX).</summary>
public static class Audit
{
    const string Bill = "CycloneDX@6.3.1";

    // Newtonsoft.Json before 13.0.1: GHSA-5crp-9r3c-p9vr. A registry that does not report it reports nothing.
    const string Canary = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
          <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="12.0.1" /></ItemGroup>
        </Project>
        """;

    /// <exception cref="StepFailed">A package has a known vulnerability, or a list cannot be written.</exception>
    public static void Run(Shell shell, Shell widget, string root)
    {
        string lists = Directory.CreateDirectory(Path.Combine(root, "artifacts", "sbom")).FullName;
        foreach (string project in new[] { "GridWorld.Engine", "GridWorld.Interactive", "GridWorld.Cli" })
            shell.Run("dotnet", "tool", "exec", Bill, "--yes", "--", $"{project}/{project}.csproj", "-F", "Json", "-o", lists, "-fn",
                $"{project}.json");
        string page = widget.Ask("npm", "sbom", "--sbom-format", "cyclonedx", "--omit", "dev") ?? throw new StepFailed("npm sbom failed.");
        File.WriteAllText(Path.Combine(lists, "widget.json"), page);

        string[] found = [.. NuGet(shell, root), .. Npm(widget)];
        if (found.Length > 0)
            throw new StepFailed(string.Join('\n', found));
    }

    /// <summary>Gets the vulnerable packages that a report of `dotnet list package --vulnerable --format json` names.</summary>
    public static IEnumerable<string> Vulnerable(string report)
    {
        using var document = JsonDocument.Parse(report);
        List<JsonElement> At(IEnumerable<JsonElement> from, string name) =>
            [.. from.SelectMany(e => e.TryGetProperty(name, out var list) ? list.EnumerateArray() : [])];
        var frameworks = At(At([document.RootElement], "projects"), "frameworks");
        return [.. At(frameworks, "topLevelPackages").Concat(At(frameworks, "transitivePackages"))
            .Select(p => $"{p.GetProperty("id")} {p.GetProperty("resolvedVersion")}: "
                + p.GetProperty("vulnerabilities")[0].GetProperty("advisoryurl"))
            .Distinct()];
    }

    static IEnumerable<string> NuGet(Shell shell, string root)
    {
        string folder = Directory.CreateTempSubdirectory("gridworld-audit-").FullName;
        try
        {
            string canary = Path.Combine(folder, "canary.csproj");
            File.WriteAllText(canary, Canary);
            if (shell.Ask("dotnet", "restore", canary) is null || !Report(shell, canary).Any())
            {
                Console.WriteLine("NuGet: not checked, since the registry reports no vulnerabilities, not even one that is known");
                return [];
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var found = Report(shell, Path.Combine(root, "GridWorld.sln")).ToList();
        Console.WriteLine($"NuGet: {found.Count} packages with known vulnerabilities");
        return found;
    }

    static IEnumerable<string> Report(Shell shell, string project) =>
        Vulnerable(shell.Ask("dotnet", "list", project, "package", "--vulnerable", "--include-transitive", "--format", "json")
            ?? throw new StepFailed("dotnet list package failed."));

    // Without a level, npm audit fails only if the registry does not answer.
    static IEnumerable<string> Npm(Shell widget)
    {
        bool answers = widget.Ask("npm", "audit", "--audit-level", "none") is not null;
        if (answers && widget.Ask("npm", "audit") is null)
            return ["npm audit names vulnerable packages: run it in GridWorld.Interactive/widget"];
        Console.WriteLine(answers ? "npm: no packages with known vulnerabilities" : "npm: not checked, since the registry does not answer");
        return [];
    }
}
