using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace GridWorld.Build;

/// <summary>The doc comments of the built libraries, by the ids the compiler gave them, with what they inherit.</summary>
internal sealed class DocComments
{
    readonly Dictionary<string, XElement> byId;

    public DocComments(IEnumerable<string> xmlFiles) =>
        byId = xmlFiles.SelectMany(file => XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value);

    public bool Has(ISymbol symbol) => symbol.GetDocumentationCommentId() is { } id && byId.ContainsKey(id);

    /// <summary>Whether a symbol's comment says no more than that of the member that it overrides.</summary>
    public bool IsInherited(ISymbol symbol) =>
        byId.GetValueOrDefault(symbol.GetDocumentationCommentId() ?? "") is { } own
        && own.Elements().All(part => part.Name == "inheritdoc");

    /// <summary>A symbol's comment; where it says inheritdoc, parts it has not itself come from there.</summary>
    public XElement? Of(ISymbol symbol) =>
        byId.GetValueOrDefault(symbol.GetDocumentationCommentId() ?? "") is { } own ? WithInherited(own, symbol) : null;

    XElement WithInherited(XElement own, ISymbol? symbol)
    {
        if (own.Element("inheritdoc") is not { } inherits) return own;
        var id = inherits.Attribute("cref")?.Value ?? (symbol is null ? null : Origin(symbol)?.GetDocumentationCommentId());
        if (id is null || !byId.TryGetValue(id, out var found)) return own;
        var source = WithInherited(found, null);
        var whole = new XElement(own);
        whole.Elements("inheritdoc").Remove();
        foreach (var part in source.Elements()
            .Where(part => !whole.Elements(part.Name).Any(mine => Key(mine) == Key(part)))) whole.Add(part);
        return whole;
    }

    static string? Key(XElement part) => (part.Attribute("name") ?? part.Attribute("cref"))?.Value;

    static ISymbol? Origin(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        INamedTypeSymbol type => type.BaseType,
        _ => symbol.ContainingType?.AllInterfaces.SelectMany(face => face.GetMembers(symbol.Name)).FirstOrDefault(),
    };
}
