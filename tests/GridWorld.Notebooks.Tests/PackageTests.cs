using System.IO.Compression;
using System.Xml.Linq;

namespace GridWorld;

public class PackageTests
{
    [Theory]
    [InlineData("GridWorld.Engine")]
    [InlineData("GridWorld.Interactive")]
    [InlineData("GridWorld.Cli")]
    public void Package_has_a_licence_and_depends_on_stable_packages_only(string id)
    {
        var nuspec = Nuspec(id);

        var dependencies = nuspec.Descendants().Where(element => element.Name.LocalName == "dependency").ToList();

        Assert.Equal("MIT", nuspec.Descendants().Single(element => element.Name.LocalName == "license").Value);
        Assert.DoesNotContain(dependencies, dependency => dependency.Attribute("id")!.Value.StartsWith("Microsoft.DotNet.Interactive", StringComparison.Ordinal));
        Assert.DoesNotContain(dependencies, dependency => dependency.Attribute("version")!.Value.Contains('-'));
        Assert.DoesNotContain('-', PackedVersion.Current);
    }

    [Theory]
    [InlineData("GridWorld.Engine")]
    [InlineData("GridWorld.Interactive")]
    public void Library_carries_documentation_and_symbols(string id)
    {
        var files = Entries(PackedVersion.FileOf(id));
        var symbols = Entries(Path.ChangeExtension(PackedVersion.FileOf(id), ".snupkg"));

        Assert.Contains($"lib/net10.0/{id}.dll", files);
        Assert.Contains($"lib/net10.0/{id}.xml", files);
        Assert.Contains($"lib/net10.0/{id}.pdb", symbols);
        Assert.Equal(File.Exists(Repository.At("README.md")), files.Contains("README.md"));
    }

    [Fact]
    public void Interactive_brings_its_extension_and_asks_for_ASP_NET()
    {
        var extension = File.Exists(Repository.At("GridWorld.Interactive", "extension.dib"));

        var files = Entries(PackedVersion.FileOf("GridWorld.Interactive"));
        var frameworks = Nuspec("GridWorld.Interactive").Descendants().Where(element => element.Name.LocalName == "frameworkReference");

        Assert.Equal(extension, files.Contains("interactive-extensions/dotnet/extension.dib"));
        Assert.Equal(["Microsoft.AspNetCore.App"], frameworks.Select(framework => framework.Attribute("name")!.Value));
    }

    [Fact]
    public void Cli_is_the_tool_called_gridworld()
    {
        using var package = ZipFile.OpenRead(PackedVersion.FileOf("GridWorld.Cli"));
        using var settings = package.GetEntry("tools/net10.0/any/DotnetToolSettings.xml")!.Open();

        var command = XDocument.Load(settings).Descendants("Command").Single();

        Assert.Equal(("gridworld", "GridWorld.Cli.dll"), (command.Attribute("Name")!.Value, command.Attribute("EntryPoint")!.Value));
    }

    private static XDocument Nuspec(string id)
    {
        using var package = ZipFile.OpenRead(PackedVersion.FileOf(id));
        using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(nuspec);
    }

    private static HashSet<string> Entries(string file)
    {
        using var package = ZipFile.OpenRead(file);
        return [.. package.Entries.Select(entry => entry.FullName)];
    }
}
