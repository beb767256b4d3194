using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace GridWorld.Tests;

public class PackageTests
{
    // From the format of portable PDBs: "Embedded Source".
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Theory]
    [InlineData("GridWorld.Engine")]
    [InlineData("GridWorld.Interactive")]
    [InlineData("GridWorld.Cli")]
    public void Package_has_a_license_and_depends_on_stable_packages_only(string id)
    {
        var nuspec = Nuspec(id);

        var dependencies = nuspec.Descendants().Where(element => element.Name.LocalName == "dependency").ToList();

        Assert.Equal(("icon.png", "README.md"), (Metadata(nuspec, "icon"), Metadata(nuspec, "readme")));
        Assert.Matches("^[0-9a-f]{40}$", nuspec.Descendants().Single(element => element.Name.LocalName == "repository")
            .Attribute("commit")!.Value);
        Assert.Superset(new HashSet<string> { "icon.png", "README.md", "LICENSE" }, Entries(PackedVersion.FileOf(id)));
        Assert.Equal("MIT", nuspec.Descendants().Single(element => element.Name.LocalName == "license").Value);
        Assert.DoesNotContain(dependencies,
            dependency => dependency.Attribute("id")!.Value.StartsWith("Microsoft.DotNet.Interactive", StringComparison.Ordinal));
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
    }

    [Theory]
    [InlineData("GridWorld.Engine")]
    [InlineData("GridWorld.Interactive")]
    public void Debugger_finds_every_source_file_in_the_symbols(string id)
    {
        using var package = ZipFile.OpenRead(Path.ChangeExtension(PackedVersion.FileOf(id), ".snupkg"));
        using var stream = package.GetEntry($"lib/net10.0/{id}.pdb")!.Open();
        using var symbols = new MemoryStream();
        stream.CopyTo(symbols);
        symbols.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        var reader = provider.GetMetadataReader();

        var embedded = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == s_embeddedSource && information.Parent.Kind == HandleKind.Document)
            .Select(information => (DocumentHandle)information.Parent).ToHashSet();

        Assert.NotEmpty(reader.Documents);
        Assert.All(reader.Documents,
            document => Assert.True(embedded.Contains(document), reader.GetString(reader.GetDocument(document).Name)));
    }

    [Fact]
    public void Interactive_brings_its_extension_and_asks_for_ASP_NET()
    {
        var files = Entries(PackedVersion.FileOf("GridWorld.Interactive"));
        var frameworks = Nuspec("GridWorld.Interactive").Descendants().Where(element => element.Name.LocalName == "frameworkReference");

        // A kernel loads what lies in the one place; what lies in the other may be in memory already, and is not looked at.
        Assert.Equal(["interactive-extensions/dotnet/GridWorld.Kernel.dll"],
            files.Where(file => file.Contains("Kernel", StringComparison.Ordinal)
            || file.Contains("extensions", StringComparison.Ordinal)));
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

    private static string Metadata(XDocument nuspec, string name) =>
        nuspec.Descendants().Single(element => element.Name.LocalName == name).Value;

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
