using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GridWorld.Build;

/// <summary>The Engine as the build compiles it, and a second one that contains mutants. One compilation contains all of them.</summary>
public sealed class MutableEngine
{
    const string Mark = "mutant";

    // A process, and those that it starts, mark the mutants that they reach in one file, which outlives them however they end.
    const string Switch = $$"""
        internal static unsafe class Mutant
        {
            static readonly int selected = int.Parse(System.Environment.GetEnvironmentVariable("{{Mutant.Variable}}") ?? "0");
            static readonly byte* reached = Map(System.Environment.GetEnvironmentVariable("{{Mutant.ReachedVariable}}"));

            public static bool Is(int number)
            {
                if (reached != null)
                    reached[number] = 1;
                return number == selected;
            }

            static byte* Map(string file)
            {
                byte* at = null;
                if (file != null)
                    System.IO.MemoryMappedFiles.MemoryMappedFile.CreateFromFile(file).CreateViewAccessor()
                        .SafeMemoryMappedViewHandle.AcquirePointer(ref at);
                return at;
            }
        }
        """;

    readonly CSharpCommandLineArguments arguments;
    readonly CSharpCompilation original;
    readonly Compilation generated;
    readonly ISourceGenerator[] generators;

    public MutableEngine(Shell shell, string root)
    {
        string folder = Path.Combine(root, "GridWorld.Engine");
        // A file that does not exist makes the target run although its output is new.
        string answer = shell.Ask("dotnet", "msbuild", folder, "-nologo", "-p:Configuration=Release", "-p:ProvideCommandLineArgs=true",
            "-p:SkipCompilerExecution=true", "-p:NonExistentFile=none/none", "-t:PrepareResources;Compile", "-getItem:CscCommandLineArgs")
            ?? throw new StepFailed("MSBuild does not say how it compiles GridWorld.Engine.");
        using var items = JsonDocument.Parse(answer);
        var lines = items.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!);
        arguments = CSharpCommandLineParser.Default.Parse(lines, folder, sdkDirectory: null);
        var trees = arguments.SourceFiles.Select(file =>
            CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), arguments.ParseOptions, file.Path, Encoding.UTF8));
        var options = arguments.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Suppress)
            .WithSpecificDiagnosticOptions([]);
        generators = [.. arguments.AnalyzerReferences.Select(reference => reference.FilePath)
            .Where(file => Path.GetFileName(file).Contains("Generat", StringComparison.Ordinal))
            .SelectMany(file => new AnalyzerFileReference(Path.GetFullPath(file, folder), new Loader())
                .GetGenerators(LanguageNames.CSharp))];
        original = CSharpCompilation.Create("GridWorld.Engine", trees,
            arguments.MetadataReferences.Select(r => MetadataReference.CreateFromFile(r.Reference)), options);
        generated = WithGenerated(original);
    }

    /// <summary>All mutants of a room, a folder of the Engine.</summary>
    public IEnumerable<Mutant> MutantsOf(string room, int firstNumber) =>
        original.SyntaxTrees.Select(tree => (Tree: tree, File: Path.GetRelativePath(arguments.BaseDirectory!, tree.FilePath)))
            .Where(source => source.File.StartsWith(room + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .SelectMany(source => Mutation.Of(source.Tree, generated.GetSemanticModel(source.Tree)).Select(m => (source.File, m)))
            .Select((m, i) => new Mutant(firstNumber + i, room, m.File, m.m));

    /// <summary>Writes the Engine with the mutants, or returns the mutants with which it does not compile.</summary>
    public IReadOnlySet<int> Write(string file, IEnumerable<Mutant> mutants)
    {
        var byTree = mutants.ToLookup(mutant => mutant.Mutation.Original.SyntaxTree);
        var mutated = original.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Switch, arguments.ParseOptions, "Mutant.cs", Encoding.UTF8));
        foreach (var tree in byTree)
        {
            var root = new Rewriter(tree.ToLookup(mutant => mutant.Mutation.Original)).Visit(tree.Key.GetRoot())!;
            mutated = mutated.ReplaceSyntaxTree(tree.Key, tree.Key.WithRootAndOptions(root, arguments.ParseOptions));
        }

        using var output = File.Create(file);
        var errors = WithGenerated(mutated).Emit(output, manifestResources: arguments.ManifestResources).Diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        var faulty = errors.SelectMany(Faulty).ToHashSet();
        return errors.Count == 0 || faulty.Count > 0 ? faulty : throw new StepFailed(errors[0].ToString());
    }

    Compilation WithGenerated(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create(generators, parseOptions: arguments.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var all, out _);
        return all;
    }

    // The mutants around the error, or all of the member: an unassigned variable is an error only where it is read.
    static IEnumerable<int> Faulty(Diagnostic error)
    {
        var node = error.Location.SourceTree?.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        var around = Numbers(node?.AncestorsAndSelf() ?? []);
        return around.Any() ? around : Numbers(node?.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes() ?? []);
    }

    static IEnumerable<int> Numbers(IEnumerable<SyntaxNode> nodes) =>
        nodes.SelectMany(node => node.GetAnnotations(Mark)).Select(mark => int.Parse(mark.Data!)).ToList();

    sealed class Rewriter(ILookup<SyntaxNode, Mutant> mutants) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? Visit(SyntaxNode? node)
        {
            var now = base.Visit(node);
            if (node is null || mutants[node].FirstOrDefault() is not { } mutant)
                return now;
            var isOn = SyntaxFactory.ParseExpression($"global::Mutant.Is({mutant.Number})");
            return mutant.Mutation.Switch(isOn, now!).WithAdditionalAnnotations(new SyntaxAnnotation(Mark, $"{mutant.Number}"));
        }
    }

    sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
