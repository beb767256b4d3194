namespace GridWorld;

/// <summary>Draws the picture of a run: its learning curve next to its world.</summary>
internal static class RunPicture
{
    const int Width = 720, Margin = 14, Between = 24, Head = 36;

    /// <summary>Draws a self-contained picture, with the run's name and progress at the top.</summary>
    public static Drawing DrawNamed(RunView view) => DrawNamed(view, view.StatusWithSolution(), null);

    /// <summary>Draws a self-contained picture with given axes and colors.</summary>
    public static Drawing DrawNamed(RunView view, RunStatus status, PictureScales? scales) => Draw(view, status, Head, scales);

    public static Drawing Draw(RunView view) => Draw(view, view.StatusWithSolution());

    /// <summary>Draws a picture without the run's name, for use next to text that names the run.</summary>
    public static Drawing Draw(RunView view, RunStatus status) => Draw(view, status, 0, null);

    static Drawing Draw(RunView view, RunStatus status, int head, PictureScales? scales)
    {
        var world = view.World;
        double mapWidth = world.Width > 2 * world.Height ? 330 : 262;
        var (fitted, mapHeight) = MapPanel.Fit(world, mapWidth, 262);
        double map = Math.Max(fitted, 170);
        double height = Math.Clamp(mapHeight + 58, 236, 320);
        var drawing = new Drawing(Width, (int)height + 2 * Margin + head, Description(view, status));
        drawing.Rectangle(0, 0, drawing.Width, drawing.Height, Color.Card, 8, Color.Edge);
        if (head > 0)
            DrawHead(drawing, new(view, status));
        CurvePanel.Draw(drawing, view, status, new(Margin, Margin + head, Width - 2 * Margin - Between - map, height), scales);
        MapPanel.Draw(drawing, ValueMap.Of(view, scales?.Values), MapTitle(world), new(Width - Margin - map, Margin + head, map, height));
        return drawing;
    }

    static void DrawHead(Drawing drawing, RunFacts facts)
    {
        const double room = Width - 2 * Margin;
        drawing.Text(Margin, Margin + 11, StrokeFont.Cut(facts.Headline, 13, room), 13, Color.Ink, bold: true);
        drawing.Text(Margin, Margin + 26, StrokeFont.Cut($"{facts.Progress}; {facts.Settings}", 10.5, room), 10.5, Color.Soft);
    }

    static string MapTitle(World world) => world.Width * world.Height <= 600 ? "Value and greedy policy" : "Value and greedy path";

    static string Description(RunView view, RunStatus status) =>
        $"Run {view.Name} in {view.World.Name}: return per episode over {Numerals.Count(status.Episodes)} episodes, " +
        $"{Numerals.Short(status.MeanReturnLast100)} on average over the last 100; "
        + "next to it the world with the value of the best action in every visited state and the greedy policy.";
}
