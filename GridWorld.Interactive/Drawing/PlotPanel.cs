namespace GridWorld;

/// <summary>The name and the range of an axis.</summary>
internal readonly record struct NamedRange(string Name, double Low, double High);

/// <summary>Draws the title and the axes of a plot of numbers: the name of the y axis above it, that of the x axis below it.</summary>
internal static class PlotPanel
{
    const int LabelSize = 11, MostLabels = 7;

    /// <summary>The width of the widest label of a y axis.</summary>
    public static double WidthOfScale(Axis y) => y.Labels(MostLabels).Max(label => StrokeFont.Width(label.Text, LabelSize));

    /// <summary>Draws the labels of a y axis to the left of a plot, and a line for each across it.</summary>
    public static void DrawScale(Drawing drawing, Axis y, double left, double right)
    {
        foreach (var (value, text) in y.Labels(MostLabels))
        {
            drawing.Line(Color.Edge, 1, new(left, y.At(value)), new(right, y.At(value)));
            drawing.Text(left - 7, y.At(value) + 4, text, LabelSize, Color.Soft, Align.End);
        }
    }

    /// <summary>The x axis, next to the labels of the y axis.</summary>
    public static Axis Across(Area area, NamedRange across, NamedRange up)
    {
        double left = area.X + WidthOfScale(new(up.Low, up.High, 0, 1)) + 12;
        return new(across.Low, across.High > across.Low ? across.High : across.Low + 1, left, area.X + area.Width - 6);
    }

    /// <param name="drawing">The drawing to add to.</param>
    /// <param name="area">The area of the panel, including title, names and legend.</param>
    /// <param name="title">The title.</param>
    /// <param name="across">The x axis.</param>
    /// <param name="up">The y axis.</param>
    /// <param name="above">The height of what the caller draws between the names and the plot.</param>
    /// <param name="below">The height of the legend.</param>
    public static (Axis X, Axis Y) DrawAxes(Drawing drawing, Area area, string title, NamedRange across, NamedRange up, double above = 0,
        double below = 0)
    {
        drawing.Text(area.X, area.Y + 11, StrokeFont.Cut(title, 13, area.Width), 13, Color.Ink, bold: true);
        drawing.Text(area.X, area.Y + 29, StrokeFont.Cut(up.Name, LabelSize, area.Width), LabelSize, Color.Soft);
        double bottom = area.Y + area.Height - 37 - below;
        var (x, y) = (Across(area, across, up), new Axis(up.Low, up.High, bottom, area.Y + 40 + above));
        double left = x.Start - 4;
        DrawScale(drawing, y, left, x.End);
        drawing.Line(Color.Faint, 1, new(left, bottom), new(x.End, bottom));
        foreach (var (value, text) in x.Labels(10))
        {
            double half = StrokeFont.Width(text, LabelSize) / 2;
            drawing.Line(Color.Faint, 1, new(x.At(value), bottom), new(x.At(value), bottom + 3));
            drawing.Text(Math.Min(x.At(value), area.X + area.Width - half), bottom + 15, text, LabelSize, Color.Soft, Align.Middle);
        }

        drawing.Text((left + x.End) / 2, bottom + 32, across.Name, LabelSize, Color.Soft, Align.Middle);
        return (x, y);
    }
}
