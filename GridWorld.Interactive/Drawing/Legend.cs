namespace GridWorld;

/// <summary>Draws the legend of lines and areas, with all entries on one line.</summary>
internal sealed class Legend(Drawing drawing, double left, double baseline, double right)
{
    const double Size = 11, Key = 16, Gap = 14;
    double at = left;

    /// <summary>The width of an entry, including the gap after it.</summary>
    public static double WidthOf(string text) => Key + 5 + StrokeFont.Width(text, Size) + Gap;

    public void Line(string text, Color color, bool dashed = false)
    {
        if (!Fits(text))
            return;
        Point[] key = [new(at, baseline - 4), new(at + Key, baseline - 4)];
        if (dashed)
            drawing.DashedLine(color, 1.8, key);
        else
            drawing.Line(color, 2, key);
        Write(text);
    }

    public void Patch(string text, Color color)
    {
        if (!Fits(text))
            return;
        drawing.Rectangle(at, baseline - 9, Key, 10, color, 2);
        Write(text);
    }

    bool Fits(string text) => at + Key + 5 + StrokeFont.Width(text, Size) <= right;

    void Write(string text)
    {
        drawing.Text(at + Key + 5, baseline, text, Size, Color.Soft);
        at += WidthOf(text);
    }
}
