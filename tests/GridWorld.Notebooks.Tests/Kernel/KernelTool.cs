using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace GridWorld.Tests;

/// <summary>The notebooks' kernel: the tool that the repository's manifest names, restored with <c>dotnet tool restore</c>.</summary>
internal static class KernelTool
{
    static readonly string folder = Find();

    /// <summary>Skips the test that needs it where it is not.</summary>
    public static void Need() => Assert.SkipUnless(IsThere, "The notebooks' kernel is not installed. Run: dotnet tool restore");

    public static bool IsThere => File.Exists(Program);

    /// <summary>What <c>dotnet</c> starts: the tool's own command wants the manifest above its working folder.</summary>
    public static string Program => Path.Combine(folder, "Microsoft.DotNet.Interactive.App.dll");

    /// <summary>What every cell is compiled against: the base library, but no ASP.NET, and the kernel's own.</summary>
    public static IReadOnlyList<MetadataReference> CellReferences => [.. Framework(typeof(object))
        .Append(typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly.Location)
        .Concat(new[] { "", ".CSharp", ".Formatting" }.Select(part => Path.Combine(folder, $"Microsoft.DotNet.Interactive{part}.dll")))
        .Select(file => MetadataReference.CreateFromFile(file))];

    /// <summary>What a program with our package sees besides.</summary>
    public static IEnumerable<MetadataReference> WebFramework =>
        Framework(typeof(Microsoft.Extensions.Logging.ILogger)).Select(file => MetadataReference.CreateFromFile(file));

    static IEnumerable<string> Framework(Type one)
    {
        var folder = Path.GetDirectoryName(one.Assembly.Location);
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetDirectoryName(file) == folder);
    }

    static string Find()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Repository.At(".config", "dotnet-tools.json")));
        var version = manifest.RootElement.GetProperty("tools").GetProperty("microsoft.dotnet-interactive").GetProperty("version")
            .GetString()!;
        return Path.Combine(PackageCache.Folder, "microsoft.dotnet-interactive", version, "tools", "net10.0", "any");
    }
}
