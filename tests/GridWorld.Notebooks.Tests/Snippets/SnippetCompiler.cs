using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GridWorld.Tests;

/// <summary>Compiles the C# blocks of a page against the packed library, without running them.</summary>
internal static class SnippetCompiler
{
    static readonly string[] scriptImports =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive.Kernel"];
    static readonly string[] programImports =
        ["System", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
        "System.Collections.Generic"];

    /// <summary>Each fault as "page(line): message".</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string page, string markdown)
    {
        KernelTool.Need();
        var library = await RestoredPackages.Library;
        var references = KernelTool.CellReferences.Concat(library.Assemblies.Select(file => MetadataReference.CreateFromFile(file)))
            .ToList();
        var faults = new List<string>();
        CSharpCompilation? before = null;
        foreach (var snippet in Snippet.Read(markdown))
        {
            var compilation = snippet.IsProgram ? await ProgramAsync(snippet) : Cell(snippet, references, before);
            var errors = compilation.GetDiagnostics().Where(fault => fault.Severity == DiagnosticSeverity.Error).ToList();
            faults.AddRange(
                errors.Select(fault =>
                    $"{page}({snippet.Line + fault.Location.GetLineSpan().StartLinePosition.Line}): {fault.Id} {fault.GetMessage()}"));
            if (!snippet.IsProgram && errors.Count == 0) before = compilation;
        }
        return faults;
    }

    static CSharpCompilation Cell(Snippet snippet, IEnumerable<MetadataReference> references, CSharpCompilation? before)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: scriptImports);
        var tree = CSharpSyntaxTree.ParseText(snippet.Compilable, new(LanguageVersion.Latest, kind: SourceCodeKind.Script));
        return CSharpCompilation.CreateScriptCompilation($"Cell{snippet.Line}", tree, references, options, before, typeof(object));
    }

    /// <summary>A program names its own packages, and gets with ours the web framework, whose types no cell sees.</summary>
    static async Task<CSharpCompilation> ProgramAsync(Snippet snippet)
    {
        var packages = await RestoredPackages.GetAsync(snippet.Packages.Append("GridWorld.Interactive@").Distinct(),
            CancellationToken.None);
        var references = KernelTool.CellReferences.Concat(KernelTool.WebFramework)
            .Concat(packages.Assemblies.Select(file => MetadataReference.CreateFromFile(file)));
        var usings = CSharpSyntaxTree.ParseText(string.Concat(programImports.Select(name => $"global using {name};\n")));
        return CSharpCompilation.Create($"Program{snippet.Line}", [CSharpSyntaxTree.ParseText(snippet.Compilable), usings], references,
            new(OutputKind.ConsoleApplication));
    }
}
