using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GridWorld.Build;

/// <summary>
/// The reference: every public type and member of the built libraries with its doc comment, a page for each stage of the flow.
/// </summary>
public sealed partial class ReferencePages
{
    static readonly string[] libraries = ["GridWorld.Engine", "GridWorld.Interactive"];
    static readonly SymbolDisplayFormat ofMember = new(
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);
    static readonly SymbolDisplayFormat ofName = new(genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);
    readonly DocComments docs;
    readonly Prose prose;
    readonly Dictionary<string, string> places;
    readonly SortedDictionary<string, List<INamedTypeSymbol>> rooms = new(StringComparer.Ordinal);

    ReferencePages(IEnumerable<INamedTypeSymbol> types, DocComments comments)
    {
        docs = comments;
        var folders = Folders();
        foreach (var type in types.OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            string page = folders[type.Name].ToLowerInvariant() + ".md";
            if (!rooms.TryGetValue(page, out var all))
                rooms[page] = all = [];
            all.Add(type);
        }

        places = rooms.SelectMany(page => page.Value.Select(type => (type.Name, Place: $"{page.Key}#{type.Name.ToLowerInvariant()}")))
            .ToDictionary(pair => pair.Name, pair => pair.Place);
        prose = new(places.GetValueOrDefault);
    }

    /// <summary>The checkout.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>File names under docs/reference and what they contain.</summary>
    public static IReadOnlyDictionary<string, string> Make()
    {
        // All that this program runs on, the libraries included.
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file)).ToList();
        var compilation = CSharpCompilation.Create("Reference", references: references);
        var types = references.Where(reference => libraries.Contains(Path.GetFileNameWithoutExtension(reference.Display)))
            .SelectMany(reference => Public(((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GlobalNamespace));
        return new ReferencePages(types, new(libraries.Select(name => Path.Combine(AppContext.BaseDirectory, $"{name}.xml")))).Write();
    }

    Dictionary<string, string> Write()
    {
        var pages = rooms.ToDictionary(page => page.Key, page => Page(page.Key, page.Value));
        var index = new StringBuilder(
            "# Reference\n\nAll public types, in the namespace `GridWorld`. `dotnet run build.cs docs` writes these pages from the doc"
            + " comments.\n");
        foreach (var (page, types) in rooms)
            index.Append(
                $"\n**[{Title(page)}]({page})**: "
                + string.Join(" · ", types.Select(type => $"[{type.Name}]({page}#{type.Name.ToLowerInvariant()})")) + "\n");
        pages["README.md"] = index.ToString();
        return pages;
    }

    string Page(string page, List<INamedTypeSymbol> types)
    {
        var text = new StringBuilder($"# {Title(page)}\n\nWritten from the doc comments. [All types](README.md)\n");
        foreach (var type in types)
        {
            text.Append($"\n## {type.Name}\n\n{Declaration(type)}\n\n");
            var comment = docs.Of(type);
            text.Append($"{prose.Line(comment?.Element("summary"))}\n");
            if (prose.Line(comment?.Element("remarks")) is { Length: > 0 } remarks) text.Append($"\n{remarks}\n");
            var members = type.GetMembers().Where(IsShown).Select(Member).Where(member => member.Length > 0).ToList();
            if (members.Count > 0) text.Append($"\n{string.Concat(members)}");
        }
        return text.ToString();
    }

    string Member(ISymbol member)
    {
        var comment = docs.Of(member);
        var summary = prose.Line(comment?.Element("summary"));
        // A record's parameters are its properties; the constructor says nothing more.
        if (summary.Length == 0) summary = member is IPropertySymbol
            ? prose.Line(Part(docs.Of(member.ContainingType), "param", member.Name)) : "";
        if (summary.Length == 0) return "";
        var text = new StringBuilder($"- `{Signature(member)}` {summary}\n");
        if (member is IMethodSymbol method)
            foreach (var parameter in method.Parameters)
                if (prose.Line(Part(comment, "param", parameter.Name)) is { Length: > 0 } words) text.Append(
                    $"  - `{parameter.Name}`: {words}\n");
        if (prose.Line(comment?.Element("returns")) is { Length: > 0 } returns) text.Append($"  - returns {returns}\n");
        foreach (var fault in comment?.Elements("exception") ?? [])
            text.Append($"  - throws `{Prose.Named(fault.Attribute("cref")!.Value).Shown}`: {prose.Line(fault)}\n");
        return text.ToString();
    }

    static XElement? Part(XElement? comment, string kind, string name) =>
        comment?.Elements(kind).FirstOrDefault(part => part.Attribute("name")?.Value == name);

    bool IsShown(ISymbol member) => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected
        && member is not (INamedTypeSymbol
        or IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove })
        && !IsOfRecord(member) && !(member.IsOverride && docs.IsInherited(member)) && (docs.Has(member) || member is IPropertySymbol);

    // A record's properties say what its constructor would; a record struct shows itself only by parameters that are named as properties.
    static bool IsOfRecord(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: var type } constructor
        && (type.IsRecord || (constructor.Parameters is { IsEmpty: false } all
            && all.All(one => type.GetMembers(one.Name) is [IPropertySymbol])));

    static string Signature(ISymbol member) =>
        member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } ? member.Name : member.ToDisplayString(ofMember);

    string Declaration(INamedTypeSymbol type)
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
        var (parent, of) = (type.BaseType, $"{kind} {type.ToDisplayString(ofName)}");
        if (type.TypeKind is not TypeKind.Class || parent is null or { SpecialType: not SpecialType.None }) return $"`{of}`";
        return places.GetValueOrDefault(parent.Name) is { } place
            ? $"`{of}`, with all that [`{parent.Name}`]({place}) has" : $"`{of} : {parent.ToDisplayString(ofName)}`";
    }

    static IEnumerable<INamedTypeSymbol> Public(INamespaceOrTypeSymbol place) => place.GetMembers().SelectMany(member => member switch
    {
        INamespaceSymbol space => Public(space),
        INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => Public(type).Prepend(type),
        _ => [],
    });

    /// <summary>Types by the room whose sources declare them; a room in a room belongs to the outer one.</summary>
    static Dictionary<string, string> Folders()
    {
        var folders = new Dictionary<string, string>();
        foreach (string room in libraries.SelectMany(library => Directory.GetDirectories(Path.Combine(Root, library))))
        {
            if (Path.GetFileName(room) is "bin" or "obj" or "widget")
                continue;
            foreach (string file in Directory.GetFiles(room, "*.cs", SearchOption.AllDirectories))
                foreach (Match match in Declared().Matches(File.ReadAllText(file)))
                    folders[match.Groups[1].Value] = Path.GetFileName(room);
        }

        return folders;
    }

    static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "GridWorld.sln")) ? folder : Above(Path.GetDirectoryName(folder)!);

    static string Title(string page) => char.ToUpperInvariant(page[0]) + Path.GetFileNameWithoutExtension(page)[1..];

    [GeneratedRegex(@"^ *public [a-z ]*?(?:class|record struct|record|struct|interface|enum|delegate [\w<>]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declared();
}
