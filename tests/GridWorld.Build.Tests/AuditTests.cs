namespace GridWorld.Tests;

/// <summary>The reports of the .NET SDK, in the form that its documentation gives.</summary>
public sealed class AuditTests
{
    [Fact]
    public void Vulnerable_packages_of_every_project_are_found_once()
    {
        const string Report = """
            { "version": 1, "projects": [
              { "path": "quiet.csproj" },
              { "path": "a.csproj", "frameworks": [ { "framework": "net10.0",
                "topLevelPackages": [ { "id": "Old.One", "requestedVersion": "1.0.0", "resolvedVersion": "1.0.0",
                  "vulnerabilities": [ { "severity": "High", "advisoryurl": "https://example.org/1" } ] } ],
                "transitivePackages": [ { "id": "Old.Two", "resolvedVersion": "2.0.0",
                  "vulnerabilities": [ { "severity": "Low", "advisoryurl": "https://example.org/2" } ] } ] } ] },
              { "path": "b.csproj", "frameworks": [ { "framework": "net10.0",
                "transitivePackages": [ { "id": "Old.Two", "resolvedVersion": "2.0.0",
                  "vulnerabilities": [ { "severity": "Low", "advisoryurl": "https://example.org/2" } ] } ] } ] } ] }
            """;

        Assert.Equal(["Old.One 1.0.0: https://example.org/1", "Old.Two 2.0.0: https://example.org/2"], Audit.Vulnerable(Report));
        Assert.Empty(Audit.Vulnerable("""{ "version": 1, "projects": [ { "path": "quiet.csproj" } ] }"""));
    }
}
