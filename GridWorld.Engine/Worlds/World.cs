namespace GridWorld;

/// <summary>
/// A grid world: a map and its rules, an immutable value. Two worlds are equal when maps and rules are; the name is only a label.
/// <code>
/// var world = new World(["S..#", "..C.", "H..G"]);                                             // the rules of a plain text map
/// var icy = new World(["S..", "..G"], new WorldRules { Slip = 0.2, Moves = MoveSet.Eight }, "icy");
/// var calm = icy.With(icy.Rules with { Slip = 0 });
/// </code>
/// </summary>
public sealed partial class World : IEquatable<World>
{
    /// <summary>The most states a world may have, 2²⁶.</summary>
    public const int MaxStates = 1 << 26;

    readonly string cells;
    string? hash;

    /// <summary>A world from its rows, top row first.</summary>
    /// <param name="map">Rows of equal length; S start, G goal, # or @ wall, '.', F or space floor, H hole, C cliff, and the characters of <paramref name="rules"/>.</param>
    /// <param name="rules">Everything else; null means <see cref="WorldRules.Default"/>.</param>
    /// <param name="name">A label for lists and messages.</param>
    /// <exception cref="InputException">Lists every fault of map and rules.</exception>
    public World(IReadOnlyList<string> map, WorldRules? rules = null, string name = "") : this(Given.NotNull(map), rules, Given.NotNull(name), "map")
    {
    }

    internal World(IReadOnlyList<string> map, WorldRules? rules, string name, string source)
    {
        var check = new WorldCheck(map, rules ?? WorldRules.Default, source);
        Name = name;
        Rules = check.Rules;
        Tiles = check.Tiles;
        Space = new(map[0].Length, map.Count);
        cells = string.Concat(map);
        Starts = check.Starts;
        Goals = check.Goals;
    }

    World(World other, string name)
    {
        (Name, Rules, Tiles, Space, cells, Starts, Goals, hash) =
            (name, other.Rules, other.Tiles, other.Space, other.cells, other.Starts, other.Goals, other.hash);
    }

    /// <summary>A label; no part of the value.</summary>
    public string Name { get; }

    /// <summary>Everything but the map.</summary>
    public WorldRules Rules { get; }

    /// <summary>Number of columns.</summary>
    public int Width => Space.Width;

    /// <summary>Number of rows.</summary>
    public int Height => Space.Height;

    /// <summary>Number of states, width × height, walls included; state = y × width + x.</summary>
    public int States => Space.States;

    /// <summary>The actions and their order.</summary>
    public MoveSet Moves => Rules.Moves;

    /// <summary>Number of actions, the same in every state.</summary>
    public int Actions => ActionNames.Count;

    /// <summary>The actions in order: up, right, down, left, up_right, down_right, down_left, up_left, stay, as far as the move set has them.</summary>
    public IReadOnlyList<string> ActionNames => GridWorld.Moves.Names(Rules.Moves);

    /// <summary>The step limit that the world states, if it does.</summary>
    public int? MaxSteps => Rules.MaxSteps;

    /// <summary>Steps after which an episode is truncated: <see cref="MaxSteps"/>, else ten times width × height, at least 1,000.</summary>
    public int StepLimit => Rules.MaxSteps ?? Math.Max(1000, 10 * States);

    /// <summary>Where episodes start, each with its probability.</summary>
    public IReadOnlyList<StartState> Starts { get; }

    /// <summary>The states of the terminal cells, holes and cliffs left out.</summary>
    public IReadOnlyList<int> Goals { get; }

    /// <summary>Maps that take the place of the first one while a run trains.</summary>
    public IReadOnlyList<WorldChange> Changes => Rules.Changes;

    /// <summary>The cell of a state.</summary>
    /// <param name="state">The state, in [0, <see cref="States"/>).</param>
    public Cell CellOf(int state) => Space.CellOf(state);

    /// <summary>The state of an agent that stands in a cell.</summary>
    /// <param name="x">Its column, from 0 at the left.</param>
    /// <param name="y">Its row, from 0 at the top.</param>
    public int StateAt(int x, int y) => Space.StateAt(x, y);

    /// <summary>The character of a cell, (0, 0) being the upper left.</summary>
    public char this[int x, int y] => Space.Contains(x, y)
        ? cells[Space.StateAt(x, y)]
        : throw new InputException($"There is no cell ({x}, {y}): x must be between 0 and {Width - 1}, y between 0 and {Height - 1}.");

    /// <summary>All characters, row by row.</summary>
    public ReadOnlySpan<char> Cells => cells;

    internal StateSpace Space { get; }

    internal TileSet Tiles { get; }

    internal string Text => cells;

    /// <summary>All characters, row by row, as the map is after so many steps of a run.</summary>
    internal string TextAt(long steps)
    {
        string now = cells;
        foreach (var change in Changes)
            now = change.AfterSteps <= steps ? change.Map.Replace("\n", "") : now;
        return now;
    }

    /// <summary>Whether the cell of a state cannot be entered.</summary>
    public bool IsWall(int state) => TileOf(state).IsWall;

    /// <summary>Whether an episode ends in the cell of a state.</summary>
    public bool IsTerminal(int state) => TileOf(state).IsTerminal;

    internal Tile TileOf(int state) => Tiles[cells[Space.IndexOf(state)]];

    /// <summary>The same map under other rules.</summary>
    public World With(WorldRules rules) => new(Rows(), Given.NotNull(rules), Name);

    /// <summary>The same world under another name.</summary>
    public World WithName(string name) => new(this, Given.NotNull(name));

    /// <summary>The same world with some cells changed.</summary>
    public World WithCells(params IEnumerable<(int X, int Y, char Tile)> changes) => WithCells(Given.NotNull(changes), Rules);

    internal World WithCells(IEnumerable<(int X, int Y, char Tile)> changes, WorldRules rules)
    {
        var edited = cells.ToCharArray();
        var faults = new Faults();
        foreach (var (x, y, tile) in changes)
        {
            if (Space.Contains(x, y))
                edited[Space.StateAt(x, y)] = tile;
            else
                faults.Add($"There is no cell ({x}, {y}): x must be between 0 and {Width - 1}, y between 0 and {Height - 1}.");
        }

        faults.ThrowIfAny();
        return new(Rows(new string(edited)), rules, Name);
    }

    /// <summary>A picture: the rows, separated by line feeds. Where all rules are the defaults, <see cref="Parse"/> gives the world back.</summary>
    public override string ToString() => string.Join('\n', Rows());

    /// <summary>Whether map and rules are the same.</summary>
    public bool Equals(World? other) => other is not null
        && (ReferenceEquals(this, other) || (Width == other.Width && cells == other.cells && Rules.Equals(other.Rules)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as World);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(cells, Width, Rules);

    /// <summary>Whether map and rules are the same.</summary>
    public static bool operator ==(World? left, World? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether map or rules differ.</summary>
    public static bool operator !=(World? left, World? right) => !(left == right);

    internal string[] Rows() => Rows(cells);

    string[] Rows(string all)
    {
        var rows = new string[Height];
        for (int y = 0; y < rows.Length; y++)
            rows[y] = all.Substring(y * Width, Width);
        return rows;
    }
}
