using System.Text;

namespace GridWorld;

/// <summary>
/// Parts of a cell's HTML. They use only inline styles and the host's colors, because hosts can remove style sheets and scripts.
/// </summary>
internal static class Html
{
    const string Font = "font:13px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif";

    /// <summary>Encodes a text for HTML.</summary>
    public static string Encode(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    /// <param name="content">The content, as HTML.</param>
    /// <param name="anchor">The anchor that a link to the block names; null for none.</param>
    public static string Block(string content, string? anchor = null) =>
        $"<div{(anchor is null ? "" : $" id=\"{Encode(anchor)}\"")} style=\"{Font};max-width:1100px\">{content}</div>";

    public static string Picture(byte[] png, int width, string description) =>
        $"<img src=\"data:image/png;base64,{Convert.ToBase64String(png)}\" width=\"{width}\""
        + $" style=\"max-width:100%;height:auto;border-radius:8px\" alt=\"{Encode(description)}\">";

    public static string Caption(string text) =>
        $"<div style=\"font-size:12px;opacity:.75;margin:4px 2px 6px;overflow-wrap:anywhere\">{Encode(text)}</div>";

    public static string Facts(IEnumerable<(string Name, string Text)> rows)
    {
        var table = new StringBuilder("<table style=\"border-collapse:collapse;margin:0;font-size:13px\"><tbody>");
        foreach (var (name, text) in rows)
            table.Append(
                $"<tr style=\"background:none\"><th style=\"text-align:left;font-weight:600;padding:2px 16px 2px"
                + $" 2px;vertical-align:top;white-space:nowrap\">{Encode(name)}</th><td"
                + $" style=\"text-align:left;padding:2px;overflow-wrap:anywhere\">{Encode(text)}</td></tr>");
        return table.Append("</tbody></table>").ToString();
    }

    public static string Link(string url, string text) =>
        $"<p style=\"margin:6px 2px 0\"><a href=\"{Encode(url)}\" target=\"_blank\" rel=\"noopener noreferrer\">{Encode(text)}</a></p>";
}
