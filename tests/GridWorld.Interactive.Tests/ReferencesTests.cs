using System.Text.Json;

namespace GridWorld.Tests;

public sealed class ReferencesTests
{
    // A version that is pinned for this solution alone is not that of a program built on the project: its build would find two.
    [Fact]
    public void Package_whose_types_are_used_has_the_same_version_in_a_program()
    {
        using var locked = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "GridWorld.Interactive", "packages.lock.json")));
        var packages = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetProperty("type").GetString(), StringComparer.OrdinalIgnoreCase);

        var used = typeof(KernelExtension).Assembly.GetReferencedAssemblies().Where(a => packages.ContainsKey(a.Name!)).ToList();

        Assert.Contains(used, a => a.Name == "Newtonsoft.Json");
        Assert.All(used, a => Assert.NotEqual("CentralTransitive", packages[a.Name!]));
    }
}
