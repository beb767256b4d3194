namespace GridWorld;

/// <summary>
/// Draws the world with the value of the best action as color and the greedy policy as arrows, or as a path if cells are small.
/// </summary>
internal static class MapPanel
{
    const double ArrowCell = 11, LetterCell = 10, GapCell = 6, NumberCell = 24, LeastScale = 170;

    /// <summary>The largest size of the map that fits into a box.</summary>
    public static (double Width, double Height) Fit(World world, double width, double height)
    {
        double cell = Math.Min(Math.Min(width / world.Width, height / world.Height), 44);
        return (world.Width * cell, world.Height * cell);
    }

    /// <param name="drawing">The drawing to add to.</param>
    /// <param name="picture">Values and policy.</param>
    /// <param name="title">The title.</param>
    /// <param name="area">The area of the panel, including title and scale.</param>
    /// <param name="marks">The marks over the colors.</param>
    public static void Draw(Drawing drawing, ValueMap picture, string title, Area area, MapMarks marks = MapMarks.Policy)
    {
        const double above = 24, below = 34;
        var world = picture.World;
        var (width, height) = Fit(world, area.Width, area.Height - above - below);
        drawing.Text(area.X, area.Y + 11, title, 13, Color.Ink, bold: true);
        DrawMap(drawing, picture, area.X, area.Y + above, width, height, marks);
        DrawScale(drawing, picture, area.X, area.Y + above + height + 12, Math.Max(width, Math.Min(area.Width, LeastScale)));
    }

    /// <summary>Draws the map without title and scale.</summary>
    public static void DrawMap(Drawing drawing, ValueMap picture, double left, double top, double width, double height,
        MapMarks marks = MapMarks.Policy)
    {
        var world = picture.World;
        double cell = width / world.Width;
        var (columns, rows, colors) = picture.Colors((int)Math.Ceiling(2 * width), (int)Math.Ceiling(2 * height));
        drawing.Rectangle(left - 1, top - 1, width + 2, height + 2, Color.Edge, 2);
        drawing.Shapes.Add(new Cells(left, top, width, height, columns, rows, colors));
        if (cell >= GapCell)
            DrawGaps(drawing, world, left, top, cell);
        DrawMarks(drawing, picture, left, top, cell, marks);
        DrawFences(drawing, world, left, top, cell);
        if (marks == MapMarks.Values)
            DrawValues(drawing, picture, left, top, cell);
        else if (cell >= ArrowCell)
            DrawArrows(drawing, picture, left, top, cell);
        else
            DrawPath(drawing, picture, left, top, cell);
        if (cell >= ArrowCell)
            DrawBeyond(drawing, picture, left, top, cell);
    }

    static void DrawGaps(Drawing drawing, World world, double left, double top, double cell)
    {
        var lines = new List<Point[]>();
        for (int x = 1; x < world.Width; x++)
            lines.Add([new(left + x * cell, top), new(left + x * cell, top + world.Height * cell)]);
        for (int y = 1; y < world.Height; y++)
            lines.Add([new(left, top + y * cell), new(left + world.Width * cell, top + y * cell)]);
        drawing.Shapes.Add(new Strokes(lines, Color.Card with { A = 150 }, 0.8));
    }

    static void DrawFences(Drawing drawing, World world, double left, double top, double cell)
    {
        Point[][] lines = [.. world.Rules.Fences.Select(f => (Point[])[
            f.Side == FenceSide.Right ? At(f.X + 1, f.Y) : At(f.X, f.Y + 1), At(f.X + 1, f.Y + 1)])];
        if (lines.Length > 0)
            drawing.Shapes.Add(new Strokes(lines, Color.Ink, Math.Clamp(cell * 0.12, 1.5, 4)));

        Point At(int x, int y) => new(left + x * cell, top + y * cell);
    }

    static void DrawMarks(Drawing drawing, ValueMap picture, double left, double top, double cell, MapMarks marks = MapMarks.Policy)
    {
        var world = picture.World;
        if (cell < GapCell)
        {
            double r = 4;
            foreach (var start in world.Starts.Take(1))
                Dot(start.State, Color.Accent);
            foreach (int goal in world.Goals.Take(8))
                Dot(goal, Color.Good);
            return;

            void Dot(int state, Color color) =>
                drawing.Rectangle(left + (world.CellOf(state).X + 0.5) * cell - r, top + (world.CellOf(state).Y + 0.5) * cell - r, 2 * r,
                2 * r, color, r, Color.Card, 1.5);
        }

        foreach (int s in picture.States)
        {
            var tile = world.TileOf(s);
            double x = left + world.CellOf(s).X * cell, y = top + world.CellOf(s).Y * cell;
            bool harm = tile.IsHarmful;
            if (tile.IsWall || (tile.Meaning is '.' or 'F' or ' ' && !tile.IsGoal && !harm))
                continue;
            if (tile.Meaning == 'S')
            {
                drawing.Rectangle(x + 1, y + 1, cell - 2, cell - 2, Color.Accent with { A = 0 }, 2, Color.Accent,
                    Math.Clamp(cell * 0.09, 1.5, 3));
                continue;
            }

            if (tile.IsGoal || harm)
                drawing.Rectangle(x + 0.5, y + 0.5, cell - 1, cell - 1, tile.IsGoal ? Color.Good : Color.Bad, 2);
            if (marks == MapMarks.Values && HasNumber(picture, s, cell))
                drawing.Text(x + 3.5, y + 10, tile.Character.ToString(), 9,
                    picture.ColorOf(s).TakesDarkInk ? Color.OnLight : Color.OnDark, bold: true);
            else if (cell >= LetterCell)
                drawing.Text(x + cell / 2, y + cell / 2 + cell * 0.19, tile.Character.ToString(), cell * 0.55,
                    tile.IsGoal || harm ? Color.Card : Color.Ink, Align.Middle, bold: true);
        }
    }

    static void DrawValues(Drawing drawing, ValueMap picture, double left, double top, double cell)
    {
        var world = picture.World;
        foreach (int s in picture.States)
        {
            if (!HasNumber(picture, s, cell))
                continue;
            string text = Numerals.Short(Math.Round(picture.Value(s), 2));
            double size = Math.Min(11, cell * 0.34 * Math.Min(1, cell * 0.9 / StrokeFont.Width(text, cell * 0.34)));
            drawing.Text(left + (world.CellOf(s).X + 0.5) * cell, top + (world.CellOf(s).Y + 0.5) * cell + size * 0.36, text, size,
                picture.ColorOf(s).TakesDarkInk ? Color.OnLight : Color.OnDark, Align.Middle);
        }
    }

    static bool HasNumber(ValueMap picture, int state, double cell) =>
        cell >= NumberCell && picture.IsKnown(state) && !picture.World.TileOf(state).IsTerminal;

    static void DrawArrows(Drawing drawing, ValueMap picture, double left, double top, double cell)
    {
        List<Point[]> dark = [], light = [];
        var world = picture.World;
        int[] directions = [.. world.ActionNames.Select(Moves.DirectionOf)];
        foreach (int s in picture.States)
        {
            var tile = world.TileOf(s);
            if (!picture.IsKnown(s) || tile.IsWall || tile.IsTerminal || tile.IsRestart)
                continue;
            var best = picture.Best(s);
            if (best.Count == world.Actions)
                continue;
            var lines = picture.ColorOf(s).TakesDarkInk ? dark : light;
            double x = left + (world.CellOf(s).X + 0.5) * cell, y = top + (world.CellOf(s).Y + 0.5) * cell;
            for (int place = 0; place < best.Count; place++)
            {
                int action = best.At(place);
                if (directions[action] >= 0)
                    Arrow(lines, x, y, directions[action], cell, best.Count > 1);
                else if (best.Count == 1)
                    drawing.Text(x, y + cell * 0.14, world.ActionNames[action][..1].ToUpperInvariant(), cell * 0.4,
                        picture.ColorOf(s).TakesDarkInk ? Color.OnLight : Color.OnDark, Align.Middle);
            }
        }

        double width = Math.Clamp(cell * 0.065, 1.1, 2.2);
        drawing.Shapes.Add(new Strokes(dark, Color.OnLight, width));
        drawing.Shapes.Add(new Strokes(light, Color.OnDark, width));
    }

    /// <summary>Adds an arrow: in the middle of the cell if it is the only one, else outward from the middle.</summary>
    static void Arrow(List<Point[]> lines, double x, double y, int direction, double cell, bool fromCenter)
    {
        double dx = Moves.Dx[direction], dy = Moves.Dy[direction], r = cell * 0.27, norm = Math.Sqrt(dx * dx + dy * dy);
        if (norm == 0)
        {
            lines.Add([.. Enumerable.Range(0, 13).Select(i => i * Math.PI / 6)
                .Select(a => new Point(x + 0.4 * r * Math.Cos(a), y + 0.4 * r * Math.Sin(a)))]);
            return;
        }

        (dx, dy) = (dx / norm * r, dy / norm * r);
        double head = fromCenter ? 0.42 : 0.52;
        lines.Add(fromCenter ? [new(x, y), new(x + dx, y + dy)] : [new(x - dx, y - dy), new(x + dx, y + dy)]);
        lines.Add([new(x + dx - (dx + dy) * head, y + dy - (dy - dx) * head), new(x + dx, y + dy),
            new(x + dx - (dx - dy) * head, y + dy - (dy + dx) * head)]);
    }

    static void DrawPath(Drawing drawing, ValueMap picture, double left, double top, double cell)
    {
        Point[] path = [.. picture.GreedyPath()
            .Select(s => new Point(left + (picture.World.CellOf(s).X + 0.5) * cell, top + (picture.World.CellOf(s).Y + 0.5) * cell))];
        if (path.Length < 2)
            return;
        drawing.Line(Color.Card, 3.4, path);
        drawing.Line(Color.Bad, 1.7, path);
        DrawMarks(drawing, picture, left, top, cell);
    }

    /// <summary>Draws a cross in the corner of each state with a value outside the color scale.</summary>
    static void DrawBeyond(Drawing drawing, ValueMap picture, double left, double top, double cell)
    {
        List<Point[]> dark = [], light = [];
        double r = Math.Max(1.5, cell * 0.07);
        foreach (int s in picture.States)
        {
            if (!picture.IsBeyond(s))
                continue;
            double x = left + (picture.World.CellOf(s).X + 0.84) * cell, y = top + (picture.World.CellOf(s).Y + 0.16) * cell;
            var lines = picture.ColorOf(s).TakesDarkInk ? dark : light;
            lines.Add([new(x - r, y - r), new(x + r, y + r)]);
            lines.Add([new(x - r, y + r), new(x + r, y - r)]);
        }

        drawing.Shapes.Add(new Strokes(dark, Color.OnLight, 1.2));
        drawing.Shapes.Add(new Strokes(light, Color.OnDark, 1.2));
    }

    static void DrawScale(Drawing drawing, ValueMap picture, double left, double y, double width)
    {
        if (picture.Range is not { } range)
        {
            drawing.Text(left, y + 8, "no state visited yet", 11, Color.Soft);
            return;
        }

        const int steps = 64;
        string from = Numerals.Short(range.Low), to = Numerals.Short(range.High);
        double start = left + StrokeFont.Width(from, 11) + 8, end = left + width - StrokeFont.Width(to, 11) - 8;
        drawing.Text(left, y + 8, from, 11, Color.Soft);
        drawing.Text(left + width, y + 8, to, 11, Color.Soft, Align.End);
        drawing.Shapes.Add(new Cells(start, y + 1, end - start, 6, steps, 1,
            [.. Enumerable.Range(0, steps).Select(i => Color.Cividis(i / (steps - 1.0)))]));
        string[] beyond = [.. range.Least < range.Low ? ["down to " + Numerals.Short(range.Least)] : Array.Empty<string>(),
            .. range.Greatest > range.High ? ["up to " + Numerals.Short(range.Greatest)] : Array.Empty<string>()];
        string meaning = range.IsCut ? $"discounted; × is outside, {string.Join(", ", beyond)}" : picture.Meaning;
        drawing.Text(left, y + 21, StrokeFont.Cut(meaning, 10, width), 10, Color.Soft);
    }
}
