namespace GridWorld;

/// <summary>The output of a world in a cell: its map and its facts.</summary>
internal static class WorldOutput
{
    const int MostTextRows = 40, MostTextColumns = 120;

    public static CellOutput Of(World world)
    {
        var drawing = Draw(world);
        byte[] png = PngImage.Write(drawing);
        string facts = Facts(world);
        return new(Html.Block(Html.Picture(png, drawing.Width, drawing.Description) + Html.Caption(facts)), Text(world, facts), png);
    }

    public static Drawing Draw(World world)
    {
        const int margin = 10, most = 360;
        var (width, height) = MapPanel.Fit(world, most, most);
        var drawing = new Drawing((int)Math.Ceiling(width) + 2 * margin, (int)Math.Ceiling(height) + 2 * margin,
            $"The map of {Name(world)}, {world.Width} by {world.Height} cells.");
        drawing.Rectangle(0, 0, drawing.Width, drawing.Height, Color.Card, 8, Color.Edge);
        MapPanel.DrawMap(drawing, ValueMap.Empty(world), margin, margin, width, height);
        return drawing;
    }

    static string Text(World world, string facts)
    {
        bool fits = world.Width <= MostTextColumns && world.Height <= MostTextRows;
        return fits ? $"{world}\n{facts}" : facts;
    }

    static string Facts(World world) =>
        $"{Name(world)} · {world.Width}×{world.Height} · {string.Join(", ", world.ActionNames)} · "
        + $"at most {Numerals.Count(world.StepLimit)} steps per episode"
        + (world.Rules.Slip > 0 ? $" · slips with probability {Numerals.Short(world.Rules.Slip)}" : "");

    public static string Name(World world) => world.Name.Length > 0 ? world.Name : "a world";
}
