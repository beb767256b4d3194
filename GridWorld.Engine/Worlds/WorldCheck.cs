namespace GridWorld;

/// <summary>Checks a map and its rules, collects all errors, and determines starts, goals and tiles.</summary>
internal sealed class WorldCheck
{
    readonly Faults faults = new();
    readonly IReadOnlyList<string> map;
    readonly string source;

    /// <param name="map">The rows.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="source">The file or "map", which precedes the line and column of a cell in a message.</param>
    public WorldCheck(IReadOnlyList<string> map, WorldRules rules, string source)
    {
        (this.map, this.source, Rules) = (map, source, rules);
        RulesCheck.Scalars(rules, faults);
        Tiles = new(rules);
        RulesCheck.Characters(rules, Tiles, faults);
        if (MapCheck.Size(map, source, faults))
        {
            MapCheck.Characters(map, source, Tiles, faults);
            CheckPlaces();
            Starts = StartsCheck.Check(Rules, map, source, Tiles, faults);
            CheckModes();
            if (!faults.Any)
                ChangeCheck.Check(Rules, map, Tiles, Starts, Goals, faults);
        }

        faults.ThrowIfAny();
        Multiply();
        Normalize();
    }

    public WorldRules Rules { get; private set; }

    public TileSet Tiles { get; }

    public StartState[] Starts { get; private set; } = [];

    public int[] Goals { get; private set; } = [];

    public WorldModes Modes { get; private set; } = new(WorldRules.Default, "");

    StateSpace Space => new(map[0].Length, map.Count);

    int Width => Space.Width;

    Tile this[int x, int y] => Tiles[map[y][x]];

    bool Contains(int x, int y) => Space.Contains(x, y);

    void CheckPlaces()
    {
        faults.Require(Rules.Wind.Count == 0 || Rules.Wind.Count == Width,
            $"wind must have one number for each of the {Width} columns (got {Rules.Wind.Count}).");
        foreach (var (c, (x, y, _)) in Rules.Teleports)
        {
            if (!Contains(x, y))
                faults.Add($"The teleport {Printable.Character(c)} leads to ({x}, {y}), off the map: {Space.Range}.");
            else
                faults.Require(!this[x, y].IsWall, $"The teleport {Printable.Character(c)} leads to ({x}, {y}), a wall. Use a free cell.");
        }

        RulesCheck.CellRewards(Rules.CellRewards, Space, cell => this[cell.X, cell.Y].IsWall && Rules.Changes.Count == 0, faults);
        Goals = Tiles.CellsOf(map, t => t.IsGoal);
    }

    void CheckModes()
    {
        foreach (char stop in Rules.Passenger?.Stops ?? "")
        {
            int count = map.Sum(row => row.Count(c => c == stop));
            faults.Require(count == 1, $"{source}: the stop {Printable.Character(stop)} must occur once in the map (got {count}).")
                .Require(Tiles[stop] is { IsWall: false, IsEnd: false, IsRestart: false, Teleport: null },
                $"passenger: the stop {Printable.Character(stop)} must be a cell in which the agent can stay.");
        }

        foreach (var (x, y, side) in Rules.Fences)
        {
            if (!Contains(x, y) || !Contains(side == FenceSide.Right ? x + 1 : x, side == FenceSide.Down ? y + 1 : y))
                faults.Add($"The fence at ({x}, {y}), {side.ToString().ToLowerInvariant()}, is not between two cells of the map: "
                    + $"{Space.Range}.");
        }

        double all = (double)Width * map.Count * WorldModes.CountOf(Rules);
        faults.Require(all <= World.MaxStates, $"{source}: {Width} × {map.Count} cells in {WorldModes.CountOf(Rules)} modes are too many. "
            + $"A world can have at most 2^26 = {World.MaxStates} states.");
    }

    // Up to here, starts and goals are those of one mode.
    void Multiply()
    {
        if (WorldModes.CountOf(Rules) == 1)
            return;
        Modes = new(Rules, string.Concat(map));
        int cells = Space.Cells;
        int[] modes = Modes.Starts;
        Starts = [.. modes.SelectMany(mode => Starts, (mode, s) => new StartState(mode * cells + s.State, s.Probability / modes.Length))];
        Goals = [.. Enumerable.Range(0, Modes.Count).SelectMany(mode => Goals, (mode, goal) => mode * cells + goal)
            .Concat(Modes.Arrivals.Select(a => a.Mode * cells + a.Cell)).Distinct().Order()];
    }

    // Gives equal rules the same form, because equality and the hash compare forms.
    void Normalize()
    {
        if (Rules.Wind.All(w => w == 0))
            Rules = Rules with { Wind = [] };
        if (Rules.Starts.Any(s => s.P is null))
            Rules = Rules with { Starts = [.. Rules.Starts.Select(s => s with { P = s.P ?? 1.0 / Rules.Starts.Count })] };
        if (Rules == WorldRules.Default)
            Rules = WorldRules.Default;
    }
}
