namespace GridWorld;

/// <summary>
/// Draws shapes into pixels with anti-aliasing: a pixel takes a share of the color equal to the share of it that the shape covers.
/// </summary>
internal sealed class Raster
{
    const double Dash = 5, DashGap = 3.5;

    readonly double scale;
    readonly Color[] pixels;

    /// <param name="drawing">The drawing.</param>
    /// <param name="scale">The number of pixels per CSS pixel.</param>
    public Raster(Drawing drawing, double scale)
    {
        this.scale = scale;
        (Width, Height) = ((int)Math.Round(drawing.Width * scale), (int)Math.Round(drawing.Height * scale));
        pixels = new Color[Width * Height];
        Array.Fill(pixels, Color.Card);
        foreach (var shape in drawing.Shapes)
            Draw(shape);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The pixels, row by row from the upper left.</summary>
    public ReadOnlySpan<Color> Pixels => pixels;

    void Draw(Shape shape)
    {
        switch (shape)
        {
            case Rectangle r:
                Fill(r);
                break;
            case Line l:
                Stroke(l.Dashed ? Dashes(l.Points) : [[.. l.Points]], l.Color, l.Width);
                break;
            case Strokes s:
                Stroke(s.Lines, s.Color, s.Width);
                break;
            case Band b:
                Fill(b);
                break;
            case Cells c:
                Fill(c);
                break;
            case Label t:
                double left = t.Align == Align.Start ? t.X : t.X - StrokeFont.Width(t.Text, t.Size) * (t.Align == Align.End ? 1 : 0.5);
                Draw(StrokeFont.Write(left, t.Y, t.Text, t.Size, t.Color, t.Bold));
                break;
        }
    }

    void Blend(int x, int y, Color color, double coverage)
    {
        double share = Math.Min(1, coverage) * color.A / 255;
        if (share > 0.004)
        {
            ref var pixel = ref pixels[y * Width + x];
            pixel = share >= 1 ? color : pixel.Mixed(color with { A = 255 }, share);
        }
    }

    void Fill(Rectangle r)
    {
        double left = r.X * scale, top = r.Y * scale, right = (r.X + r.Width) * scale, bottom = (r.Y + r.Height) * scale,
            radius = r.Radius * scale, edge = r.EdgeWidth * scale;
        foreach (var (x, y) in Within(left, top, right, bottom))
        {
            // The distance of the pixel's center from the edge, which is a circle at a round corner.
            double dx = Math.Min(x + 0.5 - left, right - x - 0.5), dy = Math.Min(y + 0.5 - top, bottom - y - 0.5);
            double depth = dx < radius && dy < radius
                ? radius - Math.Sqrt((radius - dx) * (radius - dx) + (radius - dy) * (radius - dy)) : Math.Min(dx, dy);
            double covered = Math.Clamp(depth + 0.5, 0, 1);
            if (r.Edge is not { } edgeColor)
            {
                Blend(x, y, r.Fill, covered);
                continue;
            }

            double inner = Math.Clamp(depth - edge + 0.5, 0, 1);
            Blend(x, y, edgeColor, covered - inner);
            Blend(x, y, r.Fill, inner);
        }
    }

    void Fill(Band band)
    {
        if (band.X.Count < 2)
            return;
        int at = 0;
        int from = Math.Max(0, (int)(band.X[0] * scale)), to = Math.Min(Width - 1, (int)(band.X[^1] * scale));
        for (int x = from; x <= to; x++)
        {
            double middle = (x + 0.5) / scale;
            while (at < band.X.Count - 2 && band.X[at + 1] < middle)
                at++;
            double t = Math.Clamp((middle - band.X[at]) / Math.Max(1e-9, band.X[at + 1] - band.X[at]), 0, 1);
            double top = scale * (band.Top[at] + t * (band.Top[at + 1] - band.Top[at]));
            double bottom = scale * (band.Bottom[at] + t * (band.Bottom[at + 1] - band.Bottom[at]));
            for (int y = Math.Max(0, (int)top); y <= Math.Min(Height - 1, (int)bottom); y++)
                Blend(x, y, band.Color, Math.Min(y + 1, bottom) - Math.Max(y, top));
        }
    }

    void Fill(Cells cells)
    {
        double left = cells.X * scale, top = cells.Y * scale, width = cells.Width * scale, height = cells.Height * scale;
        foreach (var (x, y) in Within(left, top, left + width, top + height))
        {
            int column = (int)((x + 0.5 - left) / width * cells.Columns), row = (int)((y + 0.5 - top) / height * cells.Rows);
            if (column >= 0 && column < cells.Columns && row >= 0 && row < cells.Rows)
                Blend(x, y, cells.Colors[row * cells.Columns + column], 1);
        }
    }

    void Stroke(IReadOnlyList<Point[]> lines, Color color, double strokeWidth)
    {
        if (lines.Count == 0)
            return;
        double half = Math.Max(0.5, strokeWidth * scale / 2);
        double reach = half + 1;
        var all = lines.SelectMany(line => line).ToList();
        int left = Math.Max(0, (int)(all.Min(p => p.X) * scale - reach)),
            right = Math.Min(Width - 1, (int)(all.Max(p => p.X) * scale + reach));
        int top = Math.Max(0, (int)(all.Min(p => p.Y) * scale - reach)),
            bottom = Math.Min(Height - 1, (int)(all.Max(p => p.Y) * scale + reach));
        if (right < left || bottom < top)
            return;
        int columns = right - left + 1;
        var covered = new float[columns * (bottom - top + 1)];
        foreach (var line in lines)
        {
            for (int i = 0; i < Math.Max(1, line.Length - 1); i++)
                Cover(line[i], line[Math.Min(i + 1, line.Length - 1)]);
        }

        for (int i = 0; i < covered.Length; i++)
        {
            if (covered[i] > 0)
                Blend(left + i % columns, top + i / columns, color, covered[i]);
        }

        void Cover(Point a, Point b)
        {
            double ax = a.X * scale, ay = a.Y * scale, dx = b.X * scale - ax, dy = b.Y * scale - ay, square = dx * dx + dy * dy;
            int x0 = Math.Max(left, (int)(Math.Min(ax, ax + dx) - reach)), x1 = Math.Min(right, (int)(Math.Max(ax, ax + dx) + reach));
            int y0 = Math.Max(top, (int)(Math.Min(ay, ay + dy) - reach)), y1 = Math.Min(bottom, (int)(Math.Max(ay, ay + dy) + reach));
            for (int y = y0; y <= y1; y++)
            {
                for (int x = x0; x <= x1; x++)
                {
                    double px = x + 0.5 - ax, py = y + 0.5 - ay;
                    double t = square == 0 ? 0 : Math.Clamp((px * dx + py * dy) / square, 0, 1);
                    double distance = Math.Sqrt((px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy));
                    ref float c = ref covered[(y - top) * columns + x - left];
                    c = Math.Max(c, (float)Math.Clamp(half + 0.5 - distance, 0, 1));
                }
            }
        }
    }

    IEnumerable<(int X, int Y)> Within(double left, double top, double right, double bottom)
    {
        for (int y = Math.Max(0, (int)top); y < Math.Min(Height, (int)Math.Ceiling(bottom)); y++)
        {
            for (int x = Math.Max(0, (int)left); x < Math.Min(Width, (int)Math.Ceiling(right)); x++)
                yield return (x, y);
        }
    }

    static List<Point[]> Dashes(IReadOnlyList<Point> points)
    {
        var dashes = new List<Point[]>();
        for (int i = 0; i + 1 < points.Count; i++)
        {
            var (a, b) = (points[i], points[i + 1]);
            double length = Math.Sqrt((b.X - a.X) * (b.X - a.X) + (b.Y - a.Y) * (b.Y - a.Y));
            for (double at = 0; at < length; at += Dash + DashGap)
                dashes.Add([Along(at), Along(Math.Min(length, at + Dash))]);

            Point Along(double at) => new(a.X + (b.X - a.X) * at / length, a.Y + (b.Y - a.Y) * at / length);
        }

        return dashes;
    }
}
