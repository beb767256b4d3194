using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace GridWorld.Tests;

public class PackageTests
{
    // From the format of portable PDBs: "Embedded Source".
    static readonly Guid embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

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
        Assert.Superset(new HashSet<string> { "icon.png", "README.md", "LICENSE", "THIRD-PARTY-NOTICES.txt" },
            Entries(PackedVersion.FileOf(id)));
        Assert.Contains("## Unreleased", Metadata(nuspec, "releaseNotes"));
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
            .Where(information => reader.GetGuid(information.Kind) == embeddedSource && information.Parent.Kind == HandleKind.Document)
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

    // A gallery shows the README alone: without the repository, a relative address leads nowhere.
    [Theory]
    [InlineData("GridWorld.Engine")]
    [InlineData("GridWorld.Interactive")]
    [InlineData("GridWorld.Cli")]
    [InlineData("GridWorld.Templates")]
    public void Readme_of_a_package_is_its_own_and_has_no_relative_address(string id)
    {
        var readme = Encoding.UTF8.GetString(Read(id, "README.md"));

        Assert.StartsWith($"# {id}", readme);
        Assert.DoesNotMatch(@"\]\((?!https://)", readme);
    }

    [Theory]
    [InlineData("GridWorld.Engine")]
    [InlineData("GridWorld.Interactive")]
    public void Documentation_is_of_the_public_types_only(string id)
    {
        using var assembly = new PEReader(new MemoryStream(Read(id, $"lib/net10.0/{id}.dll")));
        var types = assembly.GetMetadataReader();
        var visible = types.TypeDefinitions.Select(types.GetTypeDefinition)
            .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            .Select(type => types.GetString(type.Name)).Where(name => !name.StartsWith("<", StringComparison.Ordinal)).Order();

        var documented = XDocument.Parse(Encoding.UTF8.GetString(Read(id, $"lib/net10.0/{id}.xml")).TrimStart('\uFEFF'))
            .Descendants("member")
            .Select(member => member.Attribute("name")!.Value).Where(name => name.StartsWith("T:GridWorld.", StringComparison.Ordinal))
            .Select(name => name["T:GridWorld.".Length..]).Where(name => !name.Contains('.')).Order();

        Assert.Equal(visible, documented);
    }

    [Theory]
    [InlineData("GridWorld.Engine", "lib/net10.0/GridWorld.Engine.dll")]
    [InlineData("GridWorld.Interactive", "lib/net10.0/GridWorld.Interactive.dll")]
    [InlineData("GridWorld.Interactive", "interactive-extensions/dotnet/GridWorld.Kernel.dll")]
    [InlineData("GridWorld.Cli", "tools/net10.0/any/GridWorld.Cli.dll")]
    [InlineData("GridWorld.Cli", "tools/net10.0/any/GridWorld.Cluster.dll")]
    public void Package_does_not_depend_on_the_folder_or_the_time_of_its_build(string id, string assembly)
    {
        using var package = ZipFile.OpenRead(PackedVersion.FileOf(id));

        Assert.True(Read(id, assembly).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Repository.Root)) < 0, "The assembly has the folder in it.");
        Assert.All(package.Entries, entry => Assert.Equal(2020, entry.LastWriteTime.Year));
    }

    [Fact]
    public void Tool_brings_the_notices_of_all_libraries_that_are_in_it()
    {
        var notices = Encoding.UTF8.GetString(Read("GridWorld.Cli", "THIRD-PARTY-NOTICES.txt"));
        using var dependencies = JsonDocument.Parse(Read("GridWorld.Cli", "tools/net10.0/any/GridWorld.Cli.deps.json"));

        var brought = dependencies.RootElement.GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject()
            .Where(library => library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("runtimeTargets", out _))
            .Select(library => library.Name.Split('/')[0]).Where(name => !name.StartsWith("GridWorld.", StringComparison.Ordinal));

        Assert.All(brought, name => Assert.Contains($"\n  {name}\n", notices));
    }

    [Fact]
    public void Templates_ask_for_the_version_that_they_are_packed_with()
    {
        var program = Encoding.UTF8.GetString(Read("GridWorld.Templates", "content/learner/MyLearner.cs"));

        Assert.Contains($"#:package GridWorld.Interactive@{string.Join('.', PackedVersion.Current.Split('.')[..2])}.*", program);
    }

    [Fact]
    public void Cli_is_the_tool_called_gridworld()
    {
        using var package = ZipFile.OpenRead(PackedVersion.FileOf("GridWorld.Cli"));
        using var settings = package.GetEntry("tools/net10.0/any/DotnetToolSettings.xml")!.Open();

        var command = XDocument.Load(settings).Descendants("Command").Single();

        Assert.Equal(("gridworld", "GridWorld.Cli.dll"), (command.Attribute("Name")!.Value, command.Attribute("EntryPoint")!.Value));
    }

    static string Metadata(XDocument nuspec, string name) =>
        nuspec.Descendants().Single(element => element.Name.LocalName == name).Value;

    static XDocument Nuspec(string id)
    {
        using var package = ZipFile.OpenRead(PackedVersion.FileOf(id));
        using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(nuspec);
    }

    static byte[] Read(string id, string entry)
    {
        using var package = ZipFile.OpenRead(PackedVersion.FileOf(id));
        using var stream = package.GetEntry(entry)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    static HashSet<string> Entries(string file)
    {
        using var package = ZipFile.OpenRead(file);
        return [.. package.Entries.Select(entry => entry.FullName)];
    }
}
