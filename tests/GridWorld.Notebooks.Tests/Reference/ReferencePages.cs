using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GridWorld;

/// <summary>The reference: every public type and member of the built libraries with its doc comment, a page for each stage of the flow.</summary>
internal sealed partial class ReferencePages
{
    private static readonly string[] s_libraries = ["GridWorld.Engine", "GridWorld.Interactive"];
    private static readonly SymbolDisplayFormat s_member = new(
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);
    private static readonly SymbolDisplayFormat s_name = new(genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);
    // The command line is built with all that the libraries need beside them.
    private static readonly string s_built = Repository.At("GridWorld.Cli", "bin", "Release", "net10.0");
    private readonly DocComments _comments;
    private readonly Prose _prose;
    private readonly Dictionary<string, string> _places;
    private readonly SortedDictionary<string, List<INamedTypeSymbol>> _pages = new(StringComparer.Ordinal);

    private ReferencePages(IEnumerable<INamedTypeSymbol> types, DocComments comments)
    {
        _comments = comments;
        var folders = Folders();
        foreach (var type in types.OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            var page = folders.GetValueOrDefault(type.Name, type.ContainingAssembly.Name == "GridWorld.Engine" ? "Errors" : "Kernel").ToLowerInvariant() + ".md";
            if (!_pages.TryGetValue(page, out var all)) _pages[page] = all = [];
            all.Add(type);
        }

        _places = _pages.SelectMany(page => page.Value.Select(type => (type.Name, Place: $"{page.Key}#{type.Name.ToLowerInvariant()}"))).ToDictionary(pair => pair.Name, pair => pair.Place);
        _prose = new(_places.GetValueOrDefault);
    }

    /// <summary>File names under docs/reference and what they hold.</summary>
    public static IReadOnlyDictionary<string, string> Make()
    {
        var references = KernelTool.CellReferences.Concat(KernelTool.WebFramework).Concat(Directory.GetFiles(s_built, "*.dll").Select(file => MetadataReference.CreateFromFile(file))).ToList();
        var compilation = CSharpCompilation.Create("Reference", references: references);
        var types = references.Where(reference => s_libraries.Contains(Path.GetFileNameWithoutExtension(reference.Display)))
            .SelectMany(reference => Public(((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GlobalNamespace));
        return new ReferencePages(types, new(s_libraries.Select(name => Path.Combine(s_built, $"{name}.xml")))).Write();
    }

    private Dictionary<string, string> Write()
    {
        var pages = _pages.ToDictionary(page => page.Key, page => Page(page.Key, page.Value));
        var index = new StringBuilder("# Reference\n\nAll public types, in the namespace `GridWorld`. `dotnet run build.cs docs` writes these pages from the doc comments.\n");
        foreach (var (page, types) in _pages)
            index.Append($"\n**[{Title(page)}]({page})**: {string.Join(" · ", types.Select(type => $"[{type.Name}]({page}#{type.Name.ToLowerInvariant()})"))}\n");
        pages["README.md"] = index.ToString();
        return pages;
    }

    private string Page(string page, List<INamedTypeSymbol> types)
    {
        var text = new StringBuilder($"# {Title(page)}\n\nWritten from the doc comments. [All types](README.md)\n");
        foreach (var type in types)
        {
            text.Append($"\n## {type.Name}\n\n{Declaration(type)}\n\n");
            var comment = _comments.Of(type);
            text.Append($"{_prose.Line(comment?.Element("summary"))}\n");
            if (_prose.Line(comment?.Element("remarks")) is { Length: > 0 } remarks) text.Append($"\n{remarks}\n");
            var members = type.GetMembers().Where(IsShown).Select(Member).Where(member => member.Length > 0).ToList();
            if (members.Count > 0) text.Append($"\n{string.Concat(members)}");
        }
        return text.ToString();
    }

    private string Member(ISymbol member)
    {
        var comment = _comments.Of(member);
        var summary = _prose.Line(comment?.Element("summary"));
        // A record's parameters are its properties; the constructor says nothing more.
        if (summary.Length == 0) summary = member is IPropertySymbol ? _prose.Line(Part(_comments.Of(member.ContainingType), "param", member.Name)) : "";
        if (summary.Length == 0) return "";
        var text = new StringBuilder($"- `{Signature(member)}` {summary}\n");
        if (member is IMethodSymbol method)
            foreach (var parameter in method.Parameters)
                if (_prose.Line(Part(comment, "param", parameter.Name)) is { Length: > 0 } words) text.Append($"  - `{parameter.Name}`: {words}\n");
        if (_prose.Line(comment?.Element("returns")) is { Length: > 0 } returns) text.Append($"  - returns {returns}\n");
        foreach (var fault in comment?.Elements("exception") ?? [])
            text.Append($"  - throws `{Prose.Named(fault.Attribute("cref")!.Value).Shown}`: {_prose.Line(fault)}\n");
        return text.ToString();
    }

    private static XElement? Part(XElement? comment, string kind, string name) => comment?.Elements(kind).FirstOrDefault(part => part.Attribute("name")?.Value == name);

    private bool IsShown(ISymbol member) => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected
        && member is not (INamedTypeSymbol or IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove })
        && member is not IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.IsRecord: true }
        && (_comments.Has(member) || member is IPropertySymbol);

    private static string Signature(ISymbol member) =>
        member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } ? member.Name : member.ToDisplayString(s_member);

    private string Declaration(INamedTypeSymbol type)
    {
        var kind = type switch
        {
            { TypeKind: TypeKind.Enum } => "enum",
            { TypeKind: TypeKind.Interface } => "interface",
            { TypeKind: TypeKind.Delegate } => "delegate",
            { IsRecord: true, IsValueType: true } => "record struct",
            { IsRecord: true } => "record",
            { IsValueType: true } => "struct",
            _ => type.IsStatic ? "static class" : type.IsAbstract ? "abstract class" : "class",
        };
        var (parent, of) = (type.BaseType, $"{kind} {type.ToDisplayString(s_name)}");
        if (type.TypeKind is not TypeKind.Class || parent is null or { SpecialType: not SpecialType.None }) return $"`{of}`";
        return _places.GetValueOrDefault(parent.Name) is { } place ? $"`{of}`, with all that [`{parent.Name}`]({place}) has" : $"`{of} : {parent.ToDisplayString(s_name)}`";
    }

    private static IEnumerable<INamedTypeSymbol> Public(INamespaceOrTypeSymbol place) => place.GetMembers().SelectMany(member => member switch
    {
        INamespaceSymbol space => Public(space),
        INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => Public(type).Prepend(type),
        _ => [],
    });

    /// <summary>The folder of the sources that declares a type: the stage of the flow it belongs to.</summary>
    private static Dictionary<string, string> Folders()
    {
        var folders = new Dictionary<string, string>();
        foreach (var file in s_libraries.SelectMany(library => Directory.GetDirectories(Repository.At(library)))
                     .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj" or "widget")).SelectMany(folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)))
            foreach (Match match in Declared().Matches(File.ReadAllText(file)))
                folders[match.Groups[1].Value] = Path.GetFileName(Path.GetDirectoryName(file)!);
        return folders;
    }

    private static string Title(string page) => char.ToUpperInvariant(page[0]) + Path.GetFileNameWithoutExtension(page)[1..];

    [GeneratedRegex(@"^ *public [a-z ]*?(?:class|record struct|record|struct|interface|enum|delegate [\w<>]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();
}
