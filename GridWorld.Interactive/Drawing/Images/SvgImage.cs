using System.Globalization;
using System.Text;

namespace GridWorld;

/// <summary>Writes a drawing as SVG.</summary>
internal static class SvgImage
{
    /// <param name="drawing">The drawing.</param>
    /// <param name="over">More SVG, above the drawing.</param>
    public static string Write(Drawing drawing, string over = "")
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.Width} {drawing.Height}" """
            + $"""width="{drawing.Width}" height="{drawing.Height}" role="img" font-family="system-ui,sans-serif">"""
            + $"""<title>{Html.Encode(drawing.Description)}</title>""");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        foreach (var shape in drawing.Shapes)
            Write(svg, shape);
        return svg.Append(over).Append("</svg>").ToString();
    }

    static void Write(StringBuilder svg, Shape shape)
    {
        switch (shape)
        {
            case Rectangle r:
                double inset = r.Edge is null ? 0 : r.EdgeWidth / 2;
                svg.Append(CultureInfo.InvariantCulture,
                    $"""<rect x="{N(r.X + inset)}" y="{N(r.Y + inset)}" width="{N(r.Width - 2 * inset)}" """
                    + $"""height="{N(r.Height - 2 * inset)}" rx="{N(r.Radius)}" {Paint("fill", r.Fill)}""");
                if (r.Edge is { } edge)
                    svg.Append($" {Paint("stroke", edge)} stroke-width=\"{N(r.EdgeWidth)}\"");
                svg.Append("/>");
                break;
            case Line l:
                svg.Append(Stroke(Path(l.Points), l.Color, l.Width, l.Dashed ? " stroke-dasharray=\"5 3.5\"" : ""));
                break;
            case Strokes s:
                svg.Append(Stroke(string.Concat(s.Lines.Select(line => Path(line))), s.Color, s.Width));
                break;
            case Band b:
                var outline = b.X.Select((x, i) => new Point(x, b.Top[i]))
                    .Concat(b.X.Select((x, i) => new Point(x, b.Bottom[i])).Reverse());
                svg.Append($"""<path d="{Path(outline)}Z" {Paint("fill", b.Color)}/>""");
                break;
            case Label t: // textLength keeps the planned width with any font
                string anchor = t.Align switch { Align.Middle => "middle", Align.End => "end", _ => "start" };
                svg.Append($"""<text x="{N(t.X)}" y="{N(t.Y)}" font-size="{N(t.Size)}" text-anchor="{anchor}" """
                    + $"""textLength="{N(StrokeFont.Width(t.Text, t.Size))}" lengthAdjust="spacingAndGlyphs" """
                    + $"""{(t.Bold ? "font-weight=\"600\" " : "")}{Paint("fill", t.Color)}>{Html.Encode(t.Text)}</text>""");
                break;
            case Cells c:
                string image = Convert.ToBase64String(PngImage.Write(c.Columns, c.Rows, c.Colors));
                svg.Append($"""<image x="{N(c.X)}" y="{N(c.Y)}" width="{N(c.Width)}" height="{N(c.Height)}" preserveAspectRatio="none" """
                    + $"""style="image-rendering:pixelated" href="data:image/png;base64,{image}"/>""");
                break;
        }
    }

    static string Stroke(string path, Color color, double width, string dashes = "") =>
        $"""<path d="{path}" fill="none" {Paint("stroke", color)} stroke-width="{N(width)}" stroke-linecap="round" """
        + $"""stroke-linejoin="round"{dashes}/>""";

    static string Path(IEnumerable<Point> points)
    {
        var path = new StringBuilder();
        foreach (var p in points)
            path.Append(path.Length == 0 ? 'M' : 'L').Append(N(p.X)).Append(' ').Append(N(p.Y));
        return path.ToString();
    }

    static string Paint(string what, Color color) =>
        color.A == 255 ? $"{what}=\"{color.Hex}\"" : $"{what}=\"{color.Hex}\" {what}-opacity=\"{N(color.A / 255.0)}\"";

    static string N(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
