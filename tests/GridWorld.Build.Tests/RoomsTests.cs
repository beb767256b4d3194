using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GridWorld.Tests;

/// <summary>
/// A file names only what its own room and the rooms before it hold. The rooms and their order are the table in CONTRIBUTING.md.
/// </summary>
public partial class RoomsTests
{
    const int MostFiles = 25;

    static readonly string Configuration = Path.GetFileName(
        Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
    static readonly Dictionary<string, List<string>> Rooms = RoomRow().Matches(File.ReadAllText(Repository.At("CONTRIBUTING.md")))
        .GroupBy(row => row.Groups["project"].Value)
        .ToDictionary(rows => rows.Key, rows => rows.Select(row => row.Groups["room"].Value).ToList());

    public static TheoryData<string> Projects => [.. Rooms.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void Nothing_is_named_that_stands_to_the_right(string project)
    {
        var trees = Sources(project)
            .Append("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
            + "global using System.Threading; global using System.Threading.Tasks;").Select(Parse).ToList();
        var compilation = CSharpCompilation.Create(project, trees, References(project),
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

        var wrong = trees.AsParallel()
            .SelectMany(tree => Named(tree, compilation).Where(named => PlaceOf(project, named.File) > PlaceOf(project, tree.FilePath))
            .Select(named =>
                $"{Path.GetRelativePath(Repository.Root, tree.FilePath)} names {named.Type} of {RoomOf(project, named.File)}"));

        Assert.True(!wrong.Any(), string.Join('\n', wrong.Distinct().Order()));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Every_file_stands_in_a_room_and_no_room_is_crowded(string project)
    {
        var files = Sources(project).ToLookup(file => RoomOf(project, file));

        Assert.Equal(Rooms[project].Order(), files.Select(room => room.Key).Order());
        Assert.All(files, room => Assert.True(room.Count() <= MostFiles, $"{project}/{room.Key} holds {room.Count()} files."));
    }

    [Fact]
    public void State_is_taken_apart_in_one_place_only()
    {
        var elsewhere = Rooms.Keys.SelectMany(Sources)
            .Where(file => Path.GetFileName(file) != "StateSpace.cs" && Decoding().IsMatch(File.ReadAllText(file)));

        Assert.Empty(elsewhere);
    }

    // A member is named where it is used, whatever it is called through: extension methods and inferred types count as well.
    static IEnumerable<(string Type, string File)> Named(SyntaxTree tree, CSharpCompilation compilation)
    {
        var model = compilation.GetSemanticModel(tree);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var symbol = model.GetSymbolInfo(name).Symbol?.OriginalDefinition;
            if ((symbol as INamedTypeSymbol ?? symbol?.ContainingType) is { } type
                && symbol!.Locations.FirstOrDefault(place => place.IsInSource)?.SourceTree is { } source)
                yield return (type.Name, source.FilePath);
        }
    }

    static SyntaxTree Parse(string file) =>
        CSharpSyntaxTree.ParseText(File.Exists(file) ? File.ReadAllText(file) : file, new(LanguageVersion.Preview),
        File.Exists(file) ? file : "");

    static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Repository.At(project), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Repository.At(project), file).Split(Path.DirectorySeparatorChar)
        .Any(folder => folder is "bin" or "obj" or "node_modules"));

    // What the command line is built with, all but the project itself: this needs no package feed. Every compilation shares them.
    internal static IEnumerable<MetadataReference> References(string project) =>
        built.Value.Where(file => Path.GetFileNameWithoutExtension(file.FilePath) != project);

    static readonly Lazy<List<PortableExecutableReference>> built = new(() => [.. ReadReferences()]);

    static IEnumerable<PortableExecutableReference> ReadReferences()
    {
        string shared = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", ".."));
        string[] frameworks = [Path.GetDirectoryName(typeof(object).Assembly.Location)!,
            .. Directory.GetDirectories(Path.Combine(shared, "Microsoft.AspNetCore.App"), $"{Environment.Version.Major}.*").Order()
                .TakeLast(1)];
        string built = Repository.At("GridWorld.Cli", "bin", Configuration, "net10.0");
        return frameworks.Append(built).SelectMany(folder => Directory.GetFiles(folder, "*.dll")).DistinctBy(Path.GetFileName)
            .Where(IsManaged).Select(file => MetadataReference.CreateFromFile(file));
    }

    static bool IsManaged(string file)
    {
        using var portable = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return portable.HasMetadata;
    }

    static string RoomOf(string project, string file) =>
        Path.GetRelativePath(Repository.At(project), Path.GetDirectoryName(file)!).Replace('\\', '/');

    static int PlaceOf(string project, string file) => file.Length == 0 ? -1 : Rooms[project].IndexOf(RoomOf(project, file));

    [GeneratedRegex(@"% \(?(\w+\.)*[Ww]idth\b")]
    private static partial Regex Decoding();

    [GeneratedRegex(@"^\| `(?<project>GridWorld\.\w+)/(?<room>[\w/]+)` \|", RegexOptions.Multiline)]
    private static partial Regex RoomRow();
}
