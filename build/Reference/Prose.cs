using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GridWorld.Build;

/// <summary>The words of a doc comment as Markdown.</summary>
/// <param name="pageOf">The page that holds a type, by its name; null where none does.</param>
internal sealed partial class Prose(Func<string, string?> pageOf)
{
    /// <summary>On one line.</summary>
    public string Line(XElement? part) => part is null ? "" : Spaces().Replace(string.Concat(part.Nodes().Select(Text)), " ").Trim();

    string Text(XNode node) => node switch
    {
        XText text => Escape(text.Value),
        XElement { Name.LocalName: "see" or "seealso" } see => See(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } name => $"`{name.Attribute("name")!.Value}`",
        XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value.Trim()}`",
        XElement other => string.Concat(other.Nodes().Select(Text)) + " ",
        _ => "",
    };

    string See(XElement see)
    {
        if (see.Attribute("langword")?.Value is { } word) return $"`{word}`";
        if (see.Attribute("href")?.Value is { } address) return $"[{(see.Value.Length > 0 ? see.Value : address)}]({address})";
        var (shown, type) = Named(see.Attribute("cref")!.Value);
        return pageOf(type) is { } page ? $"[`{shown}`]({page})" : $"`{shown}`";
    }

    /// <summary>"M:GridWorld.Run.Set(System.Double)" is shown as "Run.Set" and belongs to "Run".</summary>
    public static (string Shown, string Type) Named(string id)
    {
        var path = Arity().Replace(id[2..].Split('(')[0].Replace(".#ctor", "", StringComparison.Ordinal), "").Split('.');
        return id[0] is 'T' || path.Length < 2 || id.Contains(".#ctor", StringComparison.Ordinal)
            ? (path[^1], path[^1]) : ($"{path[^2]}.{path[^1]}", path[^2]);
    }

    static string Escape(string text) =>
        text.Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
