namespace GridWorld;

/// <summary>Computes the outcome of one executed direction in one cell, after slip and wind are drawn.</summary>
internal sealed class StepRule
{
    static readonly double Sqrt2 = Math.Sqrt(2);
    readonly string map;
    readonly TileSet tiles;
    readonly WorldRules rules;
    readonly int width, height;
    readonly string closed;
    readonly HashSet<(Cell, Cell)> fences;
    readonly Dictionary<Cell, double> cellRewards;

    /// <param name="world">The world.</param>
    /// <param name="map">The characters of its map.</param>
    /// <param name="closed">Tiles that are walls at present, such as doors.</param>
    public StepRule(World world, string map, string closed = "")
    {
        (this.map, tiles, rules, width, height, this.closed) = (map, world.Tiles, world.Rules, world.Width, world.Height, closed);
        IsWindy = rules.Wind.Count > 0;
        fences = [.. rules.Fences.Select(f => (new Cell(f.X, f.Y), f.Side == FenceSide.Right ? new Cell(f.X + 1, f.Y)
            : new(f.X, f.Y + 1)))];
        cellRewards = rules.CellRewards.ToDictionary(c => new Cell(c.X, c.Y), c => c.Reward);
    }

    public bool HasFences => fences.Count > 0;

    public bool IsWindy { get; }

    double Bump => rules.BumpReward ?? rules.StepReward;

    Tile this[int x, int y] => tiles[map[y * width + x]];

    public Outcome Step(int x, int y, int direction, int wind)
    {
        var here = this[x, y];
        if (here.IsTerminal)
            return new(0, 0, MoveEnd.Terminal);
        if (here.Exit is { } pays)
            return new(pays, 0, MoveEnd.Terminal);
        if (here.Teleport is { } teleport)
        {
            var there = this[teleport.X, teleport.Y];
            return Enter(there, (teleport.Y - y) * width + teleport.X - x,
                teleport.Reward ?? RewardOf(teleport.X, teleport.Y) ?? rules.StepReward);
        }

        long wantedX = x + Moves.Dx[direction], wantedY = (long)y + Moves.Dy[direction] - wind;
        int targetX = (int)Math.Clamp(wantedX, 0, width - 1), targetY = (int)Math.Clamp(wantedY, 0, height - 1);
        bool clamped = targetX != wantedX || targetY != wantedY, stays = targetX == x && targetY == y;
        if (clamped && (!IsWindy || stays))
            return new(Bump, 0, MoveEnd.None);
        if (!stays && (IsWall(this[targetX, targetY]) || CutsCorner(x, y, direction) || IsFenced(new(x, y), new(targetX, targetY))))
            return new(Bump, 0, MoveEnd.None);
        int delta = (targetY - y) * width + targetX - x;
        double step = rules.Moves == MoveSet.Octile && Moves.IsDiagonal(direction) ? rules.StepReward * Sqrt2 : rules.StepReward;
        return Enter(this[targetX, targetY], delta, direction == Moves.Stay ? Bump : RewardOf(targetX, targetY) ?? step);
    }

    // The reward of entering a cell; null if it is that of any step.
    double? RewardOf(int x, int y) => cellRewards.TryGetValue(new(x, y), out double own) ? own : this[x, y].Reward;

    static Outcome Enter(Tile target, int delta, double reward) => target switch
    {
        { IsTerminal: true } => new(reward, delta, MoveEnd.Terminal),
        { IsRestart: true } when delta != 0 => new(reward, 0, MoveEnd.Restart),
        _ => new(reward, delta, MoveEnd.None),
    };

    // A cell off the map is not a wall here: without wind such a move is blocked anyway, and with wind it is clamped.
    bool CutsCorner(int x, int y, int direction) =>
        rules.Moves == MoveSet.Octile && Moves.IsDiagonal(direction)
        && (IsWall(x + Moves.Dx[direction], y) || IsWall(x, y + Moves.Dy[direction]));

    bool IsWall(int x, int y) => x >= 0 && x < width && y >= 0 && y < height && IsWall(this[x, y]);

    bool IsWall(Tile tile) => tile.IsWall || closed.Contains(tile.Character);

    bool IsFenced(Cell from, Cell to) => HasFences && (fences.Contains((from, to)) || fences.Contains((to, from)));
}
