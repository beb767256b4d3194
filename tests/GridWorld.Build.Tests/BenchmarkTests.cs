using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GridWorld.Tests;

/// <summary>Programs that are run by hand still compile.</summary>
public class BenchmarkTests
{
    public static TheoryData<string> Programs =>
        [.. Directory.GetFiles(Repository.At("bench"), "*.cs").Select(file => Path.GetFileName(file))];

    [Theory, MemberData(nameof(Programs))]
    public void Benchmark_compiles(string file)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview).WithFeatures([new("FileBasedProgram", "true")]);
        string[] sources = [File.ReadAllText(Repository.At("bench", file)), "global using System; global using System.IO; "
            + "global using System.Collections.Generic; global using System.Linq; global using System.Net.Http; "
            + "global using System.Threading; global using System.Threading.Tasks;"];

        var program = CSharpCompilation.Create("program", sources.Select(text => CSharpSyntaxTree.ParseText(text, options)),
            [.. RoomsTests.References("program"), MetadataReference.CreateFromFile(typeof(GridWorld.Build.Shell).Assembly.Location)],
            new(OutputKind.ConsoleApplication, allowUnsafe: true));

        Assert.DoesNotContain(program.GetDiagnostics(TestContext.Current.CancellationToken), d => d.Severity == DiagnosticSeverity.Error);
    }
}
