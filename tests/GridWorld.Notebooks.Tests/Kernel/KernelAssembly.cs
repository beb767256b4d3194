using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld;

/// <summary>The stub of the kernel, compiled once, and the references a cell is compiled against.</summary>
internal static class KernelAssembly
{
    private static readonly byte[] s_image = Compile();

    public static Assembly Loaded { get; } = AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(s_image));

    /// <summary>What every cell sees: the base library (no ASP.NET, as in the kernel), the formatting library, the kernel.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } = [.. Basics(), MetadataReference.CreateFromImage(s_image)];

    /// <summary>What a program with our package sees besides.</summary>
    public static IEnumerable<MetadataReference> WebFramework => Framework(typeof(Microsoft.Extensions.Logging.ILogger)).Select(file => MetadataReference.CreateFromFile(file));

    private static IEnumerable<MetadataReference> Basics() => Framework(typeof(object))
        .Append(typeof(Formatter).Assembly.Location)
        .Append(typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly.Location)
        .Select(file => MetadataReference.CreateFromFile(file));

    private static IEnumerable<string> Framework(Type one)
    {
        var folder = Path.GetDirectoryName(one.Assembly.Location);
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(file => Path.GetDirectoryName(file) == folder);
    }

    private static byte[] Compile()
    {
        using var source = typeof(KernelAssembly).Assembly.GetManifestResourceStream("KernelStub.cs")!;
        using var reader = new StreamReader(source);
        var compilation = CSharpCompilation.Create("Microsoft.DotNet.Interactive",
            [CSharpSyntaxTree.ParseText(reader.ReadToEnd())], Basics(), new(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success ? image.ToArray() : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }
}
