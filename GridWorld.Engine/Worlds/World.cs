using System.Security.Cryptography;

namespace GridWorld;

/// <summary>
/// A grid world: a map and its rules. It is immutable. Two worlds are equal if their maps and rules are equal; the name is only a label.
/// A world can also consist of the tables of an MDP, read from an <c>.mdp.json</c> file or made by
/// <c>mdp.ToWorld()</c>. Its states have labels, and cells in which they are drawn.
/// <code>
/// var world = new World(["S..#", "..C.", "H..G"]);                                             // the rules of a plain text map
/// var icy = new World(["S..", "..G"], new WorldRules { Slip = 0.2, Moves = MoveSet.Eight }, "icy");
/// var calm = icy.With(icy.Rules with { Slip = 0 });
/// </code>
/// </summary>
public sealed class World : IEquatable<World>
{
    /// <summary>The most states that a world can have, 2²⁶.</summary>
    public const int MaxStates = 1 << 26;

    string? hash;

    /// <summary>Creates a world from the rows of its map, top row first.</summary>
    /// <param name="map">
    /// Rows of equal length. S is a start, G a goal, # or @ a wall, '.', F or space floor, H a hole and C a cliff; <paramref name="rules"/>
    /// can define more characters.
    /// </param>
    /// <param name="rules">The rules. Default: <see cref="WorldRules.Default"/>.</param>
    /// <param name="name">A label for lists and messages.</param>
    /// <exception cref="InputException">The map or the rules have errors; lists them all.</exception>
    public World(IReadOnlyList<string> map, WorldRules? rules = null, string name = "")
        : this(Guard.NotNull(map), rules, Guard.NotNull(name), "map")
    {
    }

    internal World(IReadOnlyList<string> map, WorldRules? rules, string name, string source)
    {
        var check = new WorldCheck(map, rules ?? WorldRules.Default, source);
        Name = name;
        Rules = check.Rules;
        Tiles = check.Tiles;
        ModeRules = check.Modes;
        Space = new(map[0].Length, map.Count, check.Modes.Count);
        Text = string.Concat(map);
        Starts = check.Starts;
        Goals = check.Goals;
        ActionNames = [.. GridWorld.Moves.Names(Rules.Moves), .. Rules.Passenger is null ? (string[])[] : ["pickup", "dropoff"]];
    }

    internal World(TransitionTable table, string name, int? maxSteps)
    {
        var states = new TableStates(table);
        (Name, Table) = (name, table);
        Rules = new() { StepReward = 0, Rewards = new Dictionary<char, double>(), MaxSteps = maxSteps }; // the rewards are in the table
        Tiles = new(Rules);
        Space = table.Positions.Length == 0 ? StateSpace.Of(table.States) : StateSpace.Of(table.Positions);
        Text = states.Tiles(table);
        Starts = table.Starts;
        Goals = [.. Enumerable.Range(0, table.States).Where(states.IsGoal)];
        ActionNames = table.NamesOfActions;
    }

    /// <summary>A label, which does not affect equality.</summary>
    public string Name { get; private set; }

    /// <summary>The rules: everything except the map.</summary>
    public WorldRules Rules { get; }

    /// <summary>Number of columns.</summary>
    public int Width => Space.Width;

    /// <summary>Number of rows.</summary>
    public int Height => Space.Height;

    /// <summary>
    /// Number of states: width × height × modes, walls included, with state = mode × width × height + y × width + x. The states of an
    /// MDP have the numbers of its tables.
    /// </summary>
    public int States => Space.States;

    /// <summary>The actions and their order.</summary>
    public MoveSet Moves => Rules.Moves;

    /// <summary>Number of actions, the same in every state.</summary>
    public int Actions => ActionNames.Count;

    /// <summary>
    /// The names of the actions, in the order of the move set: of up, right, down, left, up_right, down_right, down_left, up_left and stay,
    /// those that the move set has; then pickup and dropoff in a world with a passenger. The actions of an MDP have their own names.
    /// </summary>
    public IReadOnlyList<string> ActionNames { get; }

    /// <summary>The step limit in the world's rules; null if they set none.</summary>
    public int? MaxSteps => Rules.MaxSteps;

    /// <summary>
    /// Number of steps after which an episode is truncated: <see cref="MaxSteps"/>, otherwise 10 × width × height but at least 1,000.
    /// </summary>
    public int StepLimit => Rules.MaxSteps ?? Math.Max(1000, 10 * States);

    /// <summary>The start states, each with its probability.</summary>
    public IReadOnlyList<StartState> Starts { get; }

    /// <summary>The states of the terminal cells, without holes and cliffs.</summary>
    public IReadOnlyList<int> Goals { get; }

    /// <summary>The maps that replace the first one during a run.</summary>
    public IReadOnlyList<WorldChange> Changes => Rules.Changes;

    /// <summary>Returns the cell of a state.</summary>
    /// <param name="state">Number of the state, in [0, <see cref="States"/>).</param>
    public Cell CellOf(int state) => Space.CellOf(state);

    /// <summary>Returns the state of an agent in a cell; −1 if an MDP has no state there.</summary>
    /// <param name="x">Column of the cell, from 0 at the left.</param>
    /// <param name="y">Row of the cell, from 0 at the top.</param>
    /// <param name="mode">The mode, from 0.</param>
    public int StateAt(int x, int y, int mode = 0) => Space.StateAt(x, y, mode);

    /// <summary>
    /// Number of modes: the values of the part of a state that is not its cell. 1 in most worlds. In an MDP, the most states in one cell.
    /// </summary>
    public int Modes => Space.Modes;

    /// <summary>Returns the mode of a state.</summary>
    /// <param name="state">Number of the state, in [0, <see cref="States"/>).</param>
    public int ModeOf(int state) => Space.ModeOf(state);

    /// <summary>
    /// Returns a mode in words, such as "with key k" or "passenger at r, to g"; "" in a world with one mode. A mode of an MDP has the
    /// label that all its states share.
    /// </summary>
    /// <param name="mode">The mode, in [0, <see cref="Modes"/>).</param>
    public string ModeName(int mode) => Modes == 1 ? ""
        : ModeRules?.Name(mode) ?? Table!.SharedLabel(Space.StatesOf(mode)) ?? $"layer {mode + 1} of {Modes}";

    /// <summary>Returns the label of a state: that of an MDP, or the name of the mode. "" if the state has none.</summary>
    /// <param name="state">Number of the state, in [0, <see cref="States"/>).</param>
    public string LabelOf(int state) =>
        Table is null ? ModeName(ModeOf(state)) : Table.Labels.Length > 0 ? Table.Labels[state] : "";

    /// <summary>The rules of keys and passengers; null in an MDP.</summary>
    internal WorldModes? ModeRules { get; }

    /// <summary>The character of a cell; (0, 0) is at the upper left.</summary>
    /// <exception cref="InputException">The cell is off the map.</exception>
    public char this[int x, int y] => Space.Contains(x, y)
        ? Character(Space.StateAt(x, y))
        : throw new InputException(NoCell(x, y));

    string NoCell(int x, int y) => $"There is no cell ({x}, {y}): {Space.Range}.";

    /// <summary>The characters of the map, row by row, without line feeds.</summary>
    public ReadOnlySpan<char> Cells => Table is null ? Text : string.Concat(Rows());

    /// <summary>The tables of an MDP; null in a grid with rules.</summary>
    internal TransitionTable? Table { get; }

    internal StateSpace Space { get; }

    internal TileSet Tiles { get; }

    internal string Text { get; }

    /// <summary>The characters of the map, row by row, after a number of steps of a run.</summary>
    internal string TextAt(long steps)
    {
        string now = Text;
        foreach (var change in Changes)
            now = change.AfterSteps <= steps ? change.Map.Replace("\n", "") : now;
        return now;
    }

    /// <summary>Returns whether the cell of a state is a wall, which cannot be entered.</summary>
    public bool IsWall(int state) => TileOf(state).IsWall;

    /// <summary>Returns whether an episode ends in the cell of a state.</summary>
    public bool IsTerminal(int state) => TileOf(state).IsTerminal;

    internal Tile TileOf(int state) => TileOf(state, Text);

    /// <summary>The tile of a state under a text of <see cref="TextAt"/>; an empty place is a wall.</summary>
    internal Tile TileOf(int state, string text) => Tiles[state < 0 ? '#' : text[Space.IndexOf(state)]];

    char Character(int state) => TileOf(state).Character;

    /// <summary>Returns a world with the same map and other rules.</summary>
    /// <exception cref="InputException">
    /// The map does not fit the rules; lists all errors. Of an MDP, only the step limit can be changed.
    /// </exception>
    public World With(WorldRules rules)
    {
        Guard.NotNull(rules);
        if (Table is null)
            return new(Rows(), rules, Name);
        new Faults().Require(rules == Rules with { MaxSteps = rules.MaxSteps },
            $"{Title} is an MDP. Its tables are its rules: only max_steps can be changed.")
            .Require(rules.MaxSteps is null or >= 1, $"max_steps must be at least 1, or null (got {rules.MaxSteps}).").ThrowIfAny();
        return new(Table, Name, rules.MaxSteps);
    }

    string Title => Name.Length > 0 ? Printable.Text(Name) : "The world";

    /// <summary>Returns the same world with another name.</summary>
    public World WithName(string name)
    {
        var named = (World)MemberwiseClone();
        named.Name = Guard.NotNull(name);
        return named;
    }

    /// <summary>Returns a world with some cells changed.</summary>
    /// <exception cref="InputException">A cell is off the map, or the new map has errors; lists them all.</exception>
    public World WithCells(params IEnumerable<CellChange> changes) => WithCells(Guard.NotNull(changes), Rules);

    internal World WithCells(IEnumerable<CellChange> changes, WorldRules rules)
    {
        if (Table is not null)
            throw new InputException($"{Title} is an MDP. Its cells cannot be changed.");
        var edited = Text.ToCharArray();
        var faults = new Faults();
        foreach (var (x, y, tile) in changes)
        {
            if (Space.Contains(x, y))
                edited[y * Width + x] = tile;
            else
                faults.Add(NoCell(x, y));
        }

        faults.ThrowIfAny();
        return new(Rows(new string(edited)), rules, Name);
    }

    /// <summary>
    /// Returns the rows of the map, separated by line feeds. If all rules have their defaults, <see cref="Parse"/> restores the world from
    /// it.
    /// </summary>
    public override string ToString() => string.Join('\n', Rows());

    /// <summary>Returns whether the maps and rules are equal.</summary>
    public bool Equals(World? other) => other is not null
        && (ReferenceEquals(this, other)
        || (Width == other.Width && Text == other.Text && Rules.Equals(other.Rules) && Equals(Table, other.Table)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as World);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Width, Rules);

    /// <summary>Returns whether the maps and rules are equal.</summary>
    public static bool operator ==(World? left, World? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Returns whether the maps or rules differ.</summary>
    public static bool operator !=(World? left, World? right) => !(left == right);

    internal string[] Rows() => Rows(Table is null ? Text : string.Concat(Space.StatesOf(0).Select(Character)));

    string[] Rows(string all)
    {
        var rows = new string[Height];
        for (int y = 0; y < rows.Length; y++)
            rows[y] = all.Substring(y * Width, Width);
        return rows;
    }

    /// <summary>Number of characters of <see cref="Hash"/>.</summary>
    internal const int HashLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>The SHA-256 of map and rules or tables, without the name, in lowercase hexadecimal, the same on every machine.</summary>
    public string Hash => hash ??= Convert.ToHexStringLower(SHA256.HashData(WorldJsonWriter.Write(this, named: false)));

    /// <summary>Creates a world from a text map, such as FrozenLake's strings joined by line feeds.</summary>
    /// <param name="map">The rows, separated by LF or CRLF; empty lines at the end are ignored.</param>
    /// <param name="name">A label, which messages use as the source.</param>
    /// <param name="rules">The rules. Default: <see cref="WorldRules.Default"/>.</param>
    /// <exception cref="InputException">The map or the rules have errors; lists them all, with their lines and columns.</exception>
    public static World Parse(string map, string name = "", WorldRules? rules = null) =>
        new(WorldText.Rows(Guard.NotNull(map)), rules, Guard.NotNull(name), name.Length == 0 ? "map" : Printable.Text(name));

    /// <summary>
    /// Returns the world as the text of a <c>.world.json</c> file, without the rules that have their defaults; an MDP as the text of an
    /// <c>.mdp.json</c> file.
    /// </summary>
    public string ToJson() => System.Text.Encoding.UTF8.GetString(WorldJsonWriter.Write(this, named: true));

    /// <summary>Creates a world from the text of a <c>.world.json</c> or <c>.mdp.json</c> file.</summary>
    /// <exception cref="InputException">The text has errors; lists them all.</exception>
    public static World FromJson(string json) => WorldJsonReader.Read(WorldText.Encode(Guard.NotNull(json)), "world", "");

    /// <summary>Loads a world from a file: <c>.txt</c>, <c>.world.json</c>, <c>.mdp.json</c>, or <c>.map</c> with <c>.scen</c>.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="moves">The move set. Default: octile for <c>.map</c>, four for <c>.txt</c>, and the one in a
    /// <c>.world.json</c>.</param>
    /// <param name="scenario">Number of the problem in the <c>.scen</c> file, from 0. Required for a <c>.map</c>, invalid
    /// otherwise.</param>
    /// <param name="scenarioFile">The <c>.scen</c> file. Default: the one next to the map, such as <c>arena.map.scen</c>.</param>
    /// <exception cref="InputException">The file cannot be read or has errors; lists them all.</exception>
    public static World Load(string path, MoveSet? moves = null, int? scenario = null, string? scenarioFile = null) =>
        WorldFile.Load(Guard.NotNull(path), moves, scenario, scenarioFile);
}
