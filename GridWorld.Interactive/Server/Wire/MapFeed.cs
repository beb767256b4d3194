using System.Buffers.Binary;

namespace GridWorld;

/// <summary>
/// The map of one view, in tiles that each fit into a frame: at most 128 × 128 values for any size of world, quantized to 8 or 16 bits.
/// Includes walls and policy if the page can draw them.
/// </summary>
internal sealed class MapFeed(MapRequest request, World world)
{
    // The Base64 size of a tile with its values, policy and cells.
    const int TileBytes = 27 * 1024 * 3 / 4, MostFineValues = 64 * 64, MostValues = ServerLimits.TileSide * ServerLimits.TileSide;

    // 2^1000: larger values of a diverged table are drawn as this value, so that sums and differences of cells stay finite.
    const double Largest = 1.0715086071862673e301;

    readonly int x = Math.Min(request.X, world.Width - 1), y = Math.Min(request.Y, world.Height - 1);
    (string Text, int Mode)? sentCells;
    (long Steps, ExactSolution? ExactSolution, double DiscountFactor, int Mode, PolicyChanges? Changes)? sent;
    int mode;

    int Width => Math.Min(request.Width, world.Width - x);

    int Height => Math.Min(request.Height, world.Height - y);

    int Step => (Math.Max(Width, Height) + ServerLimits.TileSide - 1) / ServerLimits.TileSide;

    int Columns => (Width + Step - 1) / Step;

    int Rows => (Height + Step - 1) / Step;

    /// <summary>Numbers per cell: for Q, one per action if all can be sent; otherwise the value of the best action.</summary>
    int Channels => request.Layer == MapLayer.Q && Step == 1 && Columns * Rows * world.Actions <= MostValues ? world.Actions : 1;

    int Bits => Columns * Rows <= MostFineValues || request.Layer is "visits" or MapLayer.LastChange ? 16 : 8;

    public IEnumerable<Section> Changes(MapSource map) => Tiles(map).Select(tile => Section.Of("map", tile, WireJson.Default.WireMap));

    /// <summary>The tiles of a moment; none if the moment is the same as last time.</summary>
    public IEnumerable<WireMap> Tiles(MapSource map)
    {
        mode = request.Mode is { } asked ? Math.Min(asked, world.Modes - 1) : world.ModeOf(map.Agent.State);
        var now = (map.Agent.Step, map.ExactSolution, map.DiscountFactor, mode, LastChanges(map));
        if (sent == now)
            return [];
        sent = now;
        var values = Channels > 1 ? ActionValues(map) : Values(MapLayer.Of(request.Layer, map) ?? (_ => double.NaN));
        var range = MapLayer.HasOutliers(request.Layer) ? ValueRange.Robust(values) : ValueRange.Of(values);
        // The walls of blocking mazes and similar worlds change at a certain step.
        var cells = world.TextAt(map.Agent.Step);
        var withCells = (cells, mode) != sentCells;
        sentCells = (cells, mode);

        // A tile has the same rows with or without cells, because a page keeps the cells of the tile in the same place.
        var rowsOfTile = Math.Clamp(TileBytes / ((Bits / 8 * Channels + 2) * Columns), 1, Rows);
        return Enumerable.Range(0, (Rows + rowsOfTile - 1) / rowsOfTile).Select(tile =>
        {
            var first = tile * rowsOfTile;
            var rows = Math.Min(rowsOfTile, Rows - first);
            var part = values.AsSpan(first * Columns * Channels, rows * Columns * Channels);
            return Tile(map, part, first, rows, range, withCells ? cells : null);
        });
    }

    PolicyChanges? LastChanges(MapSource map) => request.Layer == MapLayer.LastChange ? map.PolicyChanges.Value : null;

    WireMap Tile(MapSource map, ReadOnlySpan<double> values, int firstRow, int rows, ValueRange range, string? cells)
    {
        // One number for values below the scale and one for values above; if there are none, these numbers are the ends of the scale.
        var scale = range.Width(1) == 0 ? 0 : range.Width(1.0 / (Nan - 1 - 2 * Margin(range)));
        var top = y + firstRow * Step;
        return new(map.Agent.Episode, request.Layer, x, top, Width, Math.Min(rows * Step, y + Height - top), Step, Columns, rows,
            Channels > 1
            ? Channels : null, Bits, scale, range.Low - Margin(range) * scale, range.IsCut ? [range.Least, range.Greatest] : null,
            Nan, map.Agent.State, mode, Quantized(values, range, scale), Step == 1 ? Policy(map, top, rows) : null,
            cells is null ? null : Cells(cells, top, rows), LastChanges(map)?.After);
    }

    int Nan => (1 << Bits) - 1;

    /// <summary>One number per square of cells, row by row: the mean of the cells that have a number.</summary>
    double[] Values(Func<int, double> layer)
    {
        var (columns, step) = (Columns, Step);
        var values = new double[columns * Rows];
        for (var i = 0; i < values.Length; i++)
        {
            var (sum, count) = (0.0, 0);
            var (left, top) = (x + i % columns * step, y + i / columns * step);
            for (var v = top; v < Math.Min(top + step, y + Height); v++)
            {
                for (var u = left; u < Math.Min(left + step, x + Width); u++)
                {
                    var value = State(u, v) is >= 0 and var state ? layer(state) : double.NaN;
                    if (double.IsFinite(value))
                        (sum, count) = (sum + Math.Clamp(value, -Largest, Largest), count + 1);
                }
            }

            values[i] = count == 0 ? double.NaN : sum / count;
        }

        return values;
    }

    static int Margin(ValueRange range) => range.IsCut ? 1 : 0;

    byte[] Quantized(ReadOnlySpan<double> values, ValueRange range, double scale)
    {
        var margin = Margin(range);
        var bytes = new byte[values.Length * Bits / 8];
        for (var i = 0; i < values.Length; i++)
        {
            var n = double.IsNaN(values[i]) ? Nan : values[i] < range.Low ? 0 : values[i] > range.High ? Nan - 1
                : scale > 0 ? margin + (int)Math.Round((values[i] - range.Low) / scale) : margin;
            if (Bits == 8)
                bytes[i] = (byte)n;
            else
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)n);
        }

        return bytes;
    }

    /// <summary>One number per action, cell by cell; none for states that were never visited.</summary>
    double[] ActionValues(MapSource map)
    {
        var values = new double[Columns * Rows * Channels];
        for (var i = 0; i < values.Length; i++)
        {
            var (cell, action) = Math.DivRem(i, Channels);
            var state = State(x + cell % Columns, y + cell / Columns);
            var value = state < 0 ? double.NaN : map.Row(state)[action];
            values[i] = double.IsFinite(value) && map.IsVisited(state) ? Math.Clamp(value, -Largest, Largest) : double.NaN;
        }

        return values;
    }

    byte[] Policy(MapSource map, int top, int rows)
    {
        var bytes = new byte[Columns * rows];
        for (var i = 0; i < bytes.Length; i++)
        {
            var state = State(x + i % Columns, top + i / Columns);
            bytes[i] = state < 0 ? (byte)0 : MapLayer.Arrows(request.Layer, map, state);
        }

        return bytes;
    }

    /// <summary>
    /// The tile numbers of the cells. For a square of cells: the first special tile, or a wall if most cells are walls, or 0 for none.
    /// </summary>
    byte[] Cells(string map, int top, int rows)
    {
        var starts = world.Starts.Select(start => start.State).ToHashSet();
        var bytes = new byte[Columns * rows];
        for (var i = 0; i < bytes.Length; i++)
        {
            var (walls, all, wall, shown) = (0, 0, (byte)0, (byte)0);
            foreach (var state in Square(i % Columns, top + i / Columns * Step))
            {
                all++;
                var tile = world.TileOf(state, map);
                var number = world.Tiles.Index(tile.Character);
                if (tile.IsWall)
                    (walls, wall) = (walls + 1, number);
                else if (Step == 1 || (shown == 0 && (tile.IsTerminal || (starts.Count < 100 && starts.Contains(state)))))
                    shown = number;
            }

            bytes[i] = shown != 0 ? shown : 2 * walls >= all ? wall : (byte)0;
        }

        return bytes;
    }

    IEnumerable<int> Square(int column, int top)
    {
        var left = x + column * Step;
        for (var v = top; v < Math.Min(top + Step, y + Height); v++)
            for (var u = left; u < Math.Min(left + Step, x + Width); u++)
                yield return State(u, v);
    }

    /// <summary>The state in a cell, in the mode that is shown; −1 for none.</summary>
    int State(int column, int row) => world.StateAt(column, row, mode);
}
