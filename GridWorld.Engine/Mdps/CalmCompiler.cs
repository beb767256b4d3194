namespace GridWorld;

/// <summary>
/// The compiler of worlds without wind. The outcomes of a pair depend only on the tiles around its cell, and there are few kinds of tiles.
/// The step rule therefore computes each combination once, and later pairs look it up.
/// </summary>
internal static class CalmCompiler
{
    /// <summary>Compiles the world; returns false if there are too many combinations for a lookup to save time.</summary>
    public static bool TryCompile(World world, string map, StepRule rule, Chances chances, MdpBuilder builder)
    {
        var kindOf = Kinds(world.Tiles, out int kinds);
        double combinations = world.Actions * Math.Pow(kinds, chances.Directions(0).Length);
        if (combinations > Math.Clamp(world.States, 1024, 1 << 20))
            return false;

        int width = world.Width, height = world.Height, actions = world.Actions, pitch = width + 2;
        var around = Around(map, world.Tiles, kindOf, width, height);
        var (special, besideReward) = (Special(world.Tiles), BesideReward(world));
        var codes = new int[(int)combinations];
        var row = new Outcome[chances.Outcomes];
        var sides = Array.ConvertAll(Enumerable.Range(0, Moves.Stay + 1).ToArray(), d => new Side(d, pitch, world.Moves == MoveSet.Octile));
        var executed = new Side[actions][];
        for (int a = 0; a < actions; a++)
            executed[a] = Array.ConvertAll(chances.Directions(a), d => sides[d]);

        for (int y = 0, s = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, s++)
            {
                bool alone = special[world.Tiles.Index(map[s])] || besideReward[s];
                int cell = (y + 1) * pitch + x + 1;
                for (int a = 0; a < actions; a++)
                {
                    int key = a;
                    foreach (ref readonly var side in executed[a].AsSpan())
                        key = key * kinds + side.Kind(around, cell);
                    int code = alone ? 0 : codes[key];
                    if (code == 0)
                    {
                        MdpCompiler.Fill(row, rule, chances, x, y, a, 0);
                        code = builder.CodeOf(row, chances.Probabilities(a)) + 1;
                        if (!alone)
                            codes[key] = code;
                    }

                    builder.SetCode(s * actions + a, code - 1);
                }
            }
        }

        return true;
    }

    // Tiles have the same kind if entering them has the same effect. Walls and cells off the map have kind 0.
    static byte[] Kinds(TileSet tiles, out int kinds)
    {
        var seen = new List<(double?, bool, bool)>();
        var kindOf = new byte[tiles.Tiles.Length];
        for (int i = 1; i < kindOf.Length; i++)
        {
            var tile = tiles.Tiles[i];
            if (tile.IsWall)
                continue;
            var kind = (tile.Reward, tile.IsTerminal, tile.IsRestart);
            if (!seen.Contains(kind))
                seen.Add(kind);
            kindOf[i] = (byte)(seen.IndexOf(kind) + 1);
        }

        kinds = seen.Count + 1;
        return kindOf;
    }

    // Cells whose actions do not lead to a neighbor.
    static bool[] Special(TileSet tiles)
    {
        var special = new bool[tiles.Tiles.Length];
        for (int i = 1; i < special.Length; i++)
            special[i] = tiles.Tiles[i] is { IsEnd: true } or { Teleport: not null };
        return special;
    }

    // Cells next to a cell with a reward of its own, which no kind of tile shows.
    static bool[] BesideReward(World world)
    {
        var beside = new bool[world.States];
        foreach (var (x, y, _) in world.Rules.CellRewards)
        {
            for (int v = Math.Max(0, y - 1); v <= Math.Min(world.Height - 1, y + 1); v++)
                beside.AsSpan(v * world.Width, world.Width)[Math.Max(0, x - 1)..Math.Min(world.Width, x + 2)].Fill(true);
        }

        return beside;
    }

    // The kinds of all cells, with a rim of kind 0.
    static byte[] Around(string map, TileSet tiles, byte[] kindOf, int width, int height)
    {
        var around = new byte[(width + 2) * (height + 2)];
        for (int y = 0, s = 0; y < height; y++)
        {
            for (int x = 0, cell = (y + 1) * (width + 2) + 1; x < width; x++)
                around[cell++] = kindOf[tiles.Index(map[s++])];
        }

        return around;
    }

    /// <summary>The target of a direction in the map with a rim, and the cells that must be free for the move.</summary>
    readonly struct Side
    {
        readonly int target, besideX, besideY;
        readonly bool isStay, isCorner;

        public Side(int direction, int pitch, bool octile)
        {
            (besideX, besideY) = (Moves.Dx[direction], Moves.Dy[direction] * pitch);
            target = besideX + besideY;
            isStay = direction == Moves.Stay;
            isCorner = octile && Moves.IsDiagonal(direction);
        }

        public int Kind(byte[] around, int cell) =>
            isStay || (isCorner && (around[cell + besideX] == 0 || around[cell + besideY] == 0)) ? 0 : around[cell + target];
    }
}
