namespace GridWorld;

/// <summary>A picture as a list of shapes, from back to front. <see cref="PngImage"/> and <see cref="SvgImage"/> write it.</summary>
/// <param name="Width">The width in CSS pixels.</param>
/// <param name="Height">The height in CSS pixels.</param>
/// <param name="Description">A text alternative for people who cannot see the picture.</param>
internal sealed record Drawing(int Width, int Height, string Description)
{
    public List<Shape> Shapes { get; } = [];

    public void Rectangle(double x, double y, double width, double height, Color fill, double radius = 0, Color? edge = null,
        double edgeWidth = 1) =>
        Shapes.Add(new Rectangle(x, y, width, height, radius, fill, edge, edgeWidth));

    public void Line(Color color, double width, params Point[] points) => Shapes.Add(new Line(points, color, width, false));

    public void DashedLine(Color color, double width, params Point[] points) => Shapes.Add(new Line(points, color, width, true));

    public void Text(double x, double y, string text, double size, Color color, Align align = Align.Start, bool bold = false) =>
        Shapes.Add(new Label(x, y, text, size, color, align, bold));
}

internal abstract record Shape;

/// <summary>A rectangle, optionally with rounded corners and a border inside it.</summary>
internal sealed record Rectangle(double X, double Y, double Width, double Height, double Radius, Color Fill, Color? Edge, double EdgeWidth)
    : Shape;

/// <summary>A line through points, with round ends.</summary>
internal sealed record Line(IReadOnlyList<Point> Points, Color Color, double Width, bool Dashed) : Shape;

/// <summary>Several separate lines that are painted as one shape: arrows, the strokes of letters.</summary>
internal sealed record Strokes(IReadOnlyList<Point[]> Lines, Color Color, double Width) : Shape;

/// <summary>The area between two lines over the same x.</summary>
internal sealed record Band(IReadOnlyList<double> X, IReadOnlyList<double> Top, IReadOnlyList<double> Bottom, Color Color) : Shape;

/// <summary>One line of text; Y is its baseline.</summary>
internal sealed record Label(double X, double Y, string Text, double Size, Color Color, Align Align, bool Bold) : Shape;

/// <summary>A grid of colors, scaled to a rectangle without smoothing.</summary>
internal sealed record Cells(double X, double Y, double Width, double Height, int Columns, int Rows, Color[] Colors) : Shape;
