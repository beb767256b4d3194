using XPlot.Plotly;
using PlotlyLine = XPlot.Plotly.Line;

namespace GridWorld;

/// <summary>Charts of a run's world with the agent's values and policy.</summary>
internal static class MapChart
{
    const int Most = 520, Margin = 14, MostArrows = 1000;

    public static RunChart Of(RunView run, MapMarks marks)
    {
        var (world, picture) = (run.World, GridWorld.ValueMap.Of(run));
        string title = $"{(marks == MapMarks.Values ? "Value of the best action" : "Greedy policy")}: {run.Name}";
        var drawing = Draw(picture, marks, title, $"{world.Name} after {Numerals.Count(run.Status().Episodes)} episodes of {run.Name}: "
            + (marks == MapMarks.Values
            ? "the value of the best action in every state that was visited." : "the greedy policy over the value of the best action."));
        return Of(() => LiveLink.TryTo(run), picture, marks, title, drawing);
    }

    /// <summary>Creates a chart of a world's values that belong to no run.</summary>
    public static RunChart Of(ValueMap picture, MapMarks marks, string title, string description) =>
        Of(LiveLink.TryToServer, picture, marks, title, Draw(picture, marks, title, description));

    static RunChart Of(Func<LiveLink?> link, ValueMap picture, MapMarks marks, string title, Drawing drawing)
    {
        var world = picture.World;
        var heat = new Heatmap
        {
            z = Enumerable.Range(0, world.Height)
                .Select(y => Enumerable.Range(0, world.Width).Select(x => Value(picture, world.StateAt(x, y, picture.Mode))).ToArray())
                .ToArray(),
            colorscale = "Cividis",
            hoverinfo = "x+y+z",
        };
        var layout = new Layout.Layout
        {
            xaxis = new Xaxis { title = "x", showgrid = false, zeroline = false },
            yaxis = new Yaxis { title = "y", autorange = "reversed", showgrid = false, zeroline = false },
        };
        return new(link, drawing, title, layout, marks == MapMarks.Policy ? [heat, Policy(picture)] : [heat]);
    }

    /// <summary>Draws a map as a separate picture; <paramref name="most"/> limits the map's width and height in CSS pixels.</summary>
    public static Drawing Draw(ValueMap picture, MapMarks marks, string title, string description, double most = Most)
    {
        var (width, height) = MapPanel.Fit(picture.World, most, most);
        double card = Math.Max(width, Math.Max(240, Math.Min(most, StrokeFont.Width(title, 13) + 8)));
        var drawing = new Drawing((int)Math.Ceiling(card) + 2 * Margin, (int)Math.Ceiling(height) + 58 + 2 * Margin, description);
        drawing.Rectangle(0, 0, drawing.Width, drawing.Height, Color.Card, 8, Color.Edge);
        MapPanel.Draw(drawing, picture, title, new(Margin, Margin, card, height + 58), marks);
        return drawing;
    }

    static double? Value(ValueMap picture, int state) => state >= 0 && picture.IsKnown(state) ? picture.Value(state) : null;

    /// <summary>One arrow per cell, or the path from the start if there are many cells.</summary>
    static Scatter Policy(ValueMap picture)
    {
        var world = picture.World;
        if (world.States > MostArrows)
        {
            var path = picture.GreedyPath();
            return new() { x = path.Select(s => world.CellOf(s).X).ToArray(), y = path.Select(s => world.CellOf(s).Y).ToArray(),
                mode = "lines", line = new PlotlyLine { color = Color.Bad.Hex, width = 2 }, name = "greedy path" };
        }

        int[] states = [.. picture.States
            .Where(s => picture.IsKnown(s) && !world.TileOf(s).IsTerminal && picture.Best(s).Count < world.Actions)];
        return new()
        {
            x = Array.ConvertAll(states, s => world.CellOf(s).X), y = Array.ConvertAll(states, s => world.CellOf(s).Y), mode = "text",
            hoverinfo = "skip", name = "greedy actions",
            text = Array.ConvertAll(states,
                s => string.Concat(Enumerable.Range(0, picture.Best(s).Count)
                .Select(i => Arrow(world.ActionNames[picture.Best(s).At(i)])))),
            textfont = new Textfont { color = "#ffffff", size = 14 },
        };
    }

    static string Arrow(string action) => action switch
    {
        "up" => "↑", "right" => "→", "down" => "↓", "left" => "←", "up_right" => "↗", "down_right" => "↘", "down_left" => "↙",
        "up_left" => "↖", _ => "•",
    };
}
