namespace GridWorld;

/// <summary>Generates mazes and rooms from a seed.</summary>
internal static class Mazes
{
    public static World Maze(int width, int height, ulong seed)
    {
        string name = Seeded("maze", width, height, seed);
        Worlds.CheckSize(name, width, height);
        var (rng, _, _) = Rng.Streams(seed);
        var cells = Blank(width, height, '#');
        int right = width < 3 ? width - 1 : (width - 1) / 2 * 2, bottom = height < 3 ? height - 1 : (height - 1) / 2 * 2;
        Carve(cells, width, height, bottom * width + right, ref rng);
        Open(cells, width, right, bottom);
        return Finish(cells, width, height, right, bottom, name);
    }

    public static World Rooms(int width, int height, ulong seed)
    {
        string name = Seeded("rooms", width, height, seed);
        Worlds.CheckSize(name, width, height);
        var (rng, _, _) = Rng.Streams(seed);
        var cells = Blank(width, height, '.');
        Divide(cells, width, height, ref rng);
        return Finish(cells, width, height, width - 1, height - 1, name);
    }

    // The rooms of the maze are the cells with even coordinates; a stack of the moves leads back. Carving never continues from the goal,
    // because episodes end there and cells behind it could not be reached.
    static void Carve(char[] cells, int width, int height, int goal, ref Rng rng)
    {
        var path = new Stack<int>();
        int x = 0, y = 0;
        cells[0] = '.';
        Span<int> free = stackalloc int[4];
        while (true)
        {
            int count = 0;
            for (int d = 0; d < 4 && y * width + x != goal; d++)
            {
                int tx = x + 2 * Moves.Dx[d], ty = y + 2 * Moves.Dy[d];
                if (tx >= 0 && ty >= 0 && tx < width && ty < height && cells[ty * width + tx] == '#')
                    free[count++] = d;
            }

            if (count == 0)
            {
                if (!path.TryPop(out int back))
                    return;
                (x, y) = (x - 2 * Moves.Dx[back], y - 2 * Moves.Dy[back]);
                continue;
            }

            int move = free[rng.Below(count)];
            cells[(y + Moves.Dy[move]) * width + x + Moves.Dx[move]] = '.';
            (x, y) = (x + 2 * Moves.Dx[move], y + 2 * Moves.Dy[move]);
            cells[y * width + x] = '.';
            path.Push(move);
        }
    }

    // Walls stand on odd coordinates and doors on even ones, so that no later wall closes a door.
    static void Divide(char[] cells, int width, int height, ref Rng rng)
    {
        const int Smallest = 3;
        var chambers = new Stack<(int Left, int Top, int Right, int Bottom)>();
        chambers.Push((0, 0, width - 1, height - 1));
        while (chambers.TryPop(out var c))
        {
            int wide = Walls(c.Left, c.Right), high = Walls(c.Top, c.Bottom);
            if (wide + high == 0)
                continue;
            if (wide > 0 && (high == 0 || c.Right - c.Left >= c.Bottom - c.Top))
            {
                int x = c.Left + Smallest + 2 * rng.Below(wide), door = c.Top + 2 * rng.Below((c.Bottom - c.Top) / 2 + 1);
                for (int y = c.Top; y <= c.Bottom; y++)
                    cells[y * width + x] = y == door ? '.' : '#';
                chambers.Push((c.Left, c.Top, x - 1, c.Bottom));
                chambers.Push((x + 1, c.Top, c.Right, c.Bottom));
            }
            else
            {
                int y = c.Top + Smallest + 2 * rng.Below(high), door = c.Left + 2 * rng.Below((c.Right - c.Left) / 2 + 1);
                cells.AsSpan(y * width + c.Left, c.Right - c.Left + 1).Fill('#');
                cells[y * width + door] = '.';
                chambers.Push((c.Left, c.Top, c.Right, y - 1));
                chambers.Push((c.Left, y + 1, c.Right, c.Bottom));
            }
        }

        // Both sides of a wall keep rooms of three cells or more; the first coordinate of a room is even.
        static int Walls(int first, int last) => Math.Max(0, (last - first + 1 - 2 * Smallest + 1) / 2);
    }

    // In a strip one or two cells wide, the goal is next to the carved rooms.
    static void Open(char[] cells, int width, int right, int bottom)
    {
        for (int x = right; x >= 0 && cells[bottom * width + x] == '#'; x--)
            cells[bottom * width + x] = '.';
        for (int y = bottom; y >= 0 && cells[y * width + right] == '#'; y--)
            cells[y * width + right] = '.';
    }

    static char[] Blank(int width, int height, char fill)
    {
        var cells = new char[width * height];
        Array.Fill(cells, fill);
        return cells;
    }

    static World Finish(char[] cells, int width, int height, int right, int bottom, string name)
    {
        (cells[0], cells[bottom * width + right]) = ('S', 'G');
        var rows = new string[height];
        for (int y = 0; y < height; y++)
            rows[y] = new(cells, y * width, width);
        return new(rows, null, name);
    }

    static string Seeded(string kind, int width, int height, ulong seed) => $"{kind}-{width}x{height}{(seed == 1 ? "" : $"-{seed}")}";
}
