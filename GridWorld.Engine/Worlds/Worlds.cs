namespace GridWorld;

/// <summary>The world catalog: worlds from the literature and generated worlds, each with the rules of its source.</summary>
public static class Worlds
{
    // The figures of Sutton and Barto have no step limit. This one is never reached in practice but keeps every episode finite.
    const int BookLimit = 1_000_000;

    static readonly WorldRules Book = new() { MaxSteps = BookLimit };

    /// <summary>The entries of the catalog.</summary>
    public static IReadOnlyList<CatalogWorld> Catalog => WorldCatalog.All;

    /// <summary>Returns a world of the catalog by name, or loads one from a file by path.</summary>
    /// <param name="nameOrPath">For example <c>cliff-walking</c>, <c>empty-100x50</c>, <c>my.txt</c>,
    /// <c>my.world.json</c>, <c>arena.map</c>.</param>
    /// <param name="arguments">Options of the world. Default: none.</param>
    /// <exception cref="InputException">There is no such world or file, or it has errors; lists the errors or similar names.</exception>
    public static World Get(string nameOrPath, WorldArguments? arguments = null) =>
        WorldCatalog.Get(Guard.NotNull(nameOrPath), arguments ?? new());

    /// <summary>Gymnasium's FrozenLake-v1 on its 4x4 map: reward 1 at the goal, truncated after 100 steps.</summary>
    /// <param name="slippery">Whether a move can slip 90° to either side. Default true.</param>
    /// <param name="successRate">The probability, in [0, 1], that a move on slippery ice does not slip; both sides share the rest. Null
    /// means Gymnasium's 1/3.</param>
    /// <exception cref="InputException">The success rate is out of range, or the ice is not slippery.</exception>
    public static World FrozenLake4x4(bool slippery = true, double? successRate = null) =>
        FrozenLake(["SFFF", "FHFH", "FFFH", "HFFG"], slippery, 100, "frozen-lake-4x4", successRate);

    /// <summary>Gymnasium's FrozenLake-v1 on its 8x8 map: reward 1 at the goal, truncated after 200 steps.</summary>
    /// <param name="slippery">Whether a move can slip 90° to either side. Default true.</param>
    /// <param name="successRate">The probability, in [0, 1], that a move on slippery ice does not slip; both sides share the rest. Null
    /// means Gymnasium's 1/3.</param>
    /// <exception cref="InputException">The success rate is out of range, or the ice is not slippery.</exception>
    public static World FrozenLake8x8(bool slippery = true, double? successRate = null) => FrozenLake(
        ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"], slippery, 200, "frozen-lake-8x8",
        successRate);

    /// <summary>FrozenLake's rules on a map of your own, like Gymnasium's <c>desc</c>.</summary>
    /// <param name="map">Rows of S, F, H and G.</param>
    /// <param name="slippery">Whether a move can slip 90° to either side. Default true.</param>
    /// <param name="maxSteps">Steps after which an episode is truncated, at least 1. Null means the default of
    /// <see cref="WorldRules.MaxSteps"/>.</param>
    /// <param name="name">A label for lists and messages.</param>
    /// <param name="successRate">The probability, in [0, 1], that a move on slippery ice does not slip; both sides share the rest. Null
    /// means Gymnasium's 1/3.</param>
    /// <exception cref="InputException">The map has errors, or the success rate is out of range or the ice is not slippery; lists them
    /// all.</exception>
    public static World FrozenLake(IReadOnlyList<string> map, bool slippery = true, int? maxSteps = 100, string name = "frozen-lake",
        double? successRate = null)
    {
        new Faults().Require(successRate is null or (>= 0 and <= 1),
            $"The success rate must be between 0 and 1 (got {Printable.Number(successRate)}).")
            .Require(successRate is null || slippery, "A success rate applies only to slippery ice. Remove it, or make the ice slippery.")
            .ThrowIfAny();
        return new(Guard.NotNull(map), new()
        {
            Moves = MoveSet.FrozenLake,
            StepReward = 0,
            Rewards = new Dictionary<char, double> { ['G'] = 1 },
            Slip = !slippery ? 0 : successRate is { } rate ? 1 - rate : 2.0 / 3,
            MaxSteps = maxSteps,
        }, name);
    }

    /// <summary>The cliff: −1 per step, and −100 and a return to the start for a step off the cliff.</summary>
    /// <param name="slippery">Whether a move slips 90° to each side with probability 1/3, as in Gymnasium's CliffWalkingSlippery-v1.
    /// Default false.</param>
    public static World CliffWalking(bool slippery = false) => new(
        ["............", "............", "............", "SCCCCCCCCCCG"], Book with { Slip = slippery ? 2.0 / 3 : 0 }, "cliff-walking");

    /// <summary>The windy gridworld: −1 per step, and an upward wind in the middle columns.</summary>
    public static World Windy() => Windy(MoveSet.Four, 0, "windy");

    /// <summary>The windy gridworld with king's moves.</summary>
    public static World WindyKings() => Windy(MoveSet.Eight, 0, "windy-kings");

    /// <summary>The windy gridworld with king's moves and stay.</summary>
    public static World WindyKingsStay() => Windy(MoveSet.Nine, 0, "windy-kings-stay");

    /// <summary>The windy gridworld whose wind is one stronger or weaker with probability 1/3 each.</summary>
    public static World WindyStochastic() => Windy(MoveSet.Four, 2.0 / 3, "windy-stochastic");

    /// <summary>The windy gridworld with king's moves and stochastic wind.</summary>
    public static World WindyKingsStochastic() => Windy(MoveSet.Eight, 2.0 / 3, "windy-kings-stochastic");

    /// <summary>The maze of the Dyna chapter: reward 1 at the goal, 0 elsewhere.</summary>
    /// <param name="scale">
    /// Number of cells, from 1 to 900, into which each side of a cell is split. All cells of the goal are goals; the upper left cell of the
    /// start is the start.
    /// </param>
    /// <exception cref="InputException">The scale is out of range.</exception>
    public static World DynaMaze(int scale = 1)
    {
        if (scale is < 1 or > 900)
            throw new InputException($"The scale of dyna-maze must be between 1 and 900 (got {scale}).");
        string[] small = [".......#G", "..#....#.", "S.#....#.", "..#......", ".....#...", "........."], map = new string[6 * scale];
        for (int y = 0; y < map.Length; y++)
            map[y] = string.Concat(small[y / scale].Select(c => c == 'S'
                ? (y % scale == 0 ? "S" : ".") + new string('.', scale - 1)
                : new string(c, scale)));
        return new(map, Maze(), scale == 1 ? "dyna-maze" : $"dyna-maze-{scale}");
    }

    /// <summary>The maze whose short path closes, and a longer one opens, after 1,000 steps.</summary>
    public static World BlockingMaze() => new(ChangingMaze("########."), Maze(1000, ".########"), "blocking-maze");

    /// <summary>The maze that gets a shorter path after 3,000 steps.</summary>
    public static World ShortcutMaze() => new(ChangingMaze(".########"), Maze(3000, ".#######."), "shortcut-maze");

    /// <summary>The 5×5 gridworld of example 3.5, which never ends: +10 from A, +5 from B, −1 for leaving the grid.</summary>
    public static World SuttonBarto35() => new([".A.B.", ".....", ".....", ".....", "....."], Book with
    {
        StepReward = 0,
        BumpReward = -1,
        Teleports = new Dictionary<char, Teleport> { ['A'] = new(1, 4, 10), ['B'] = new(3, 2, 5) },
        Starts = [.. Enumerable.Range(0, 25).Select(s => new WorldStart(s % 5, s / 5))],
    }, "sb-3.5");

    /// <summary>The 4×4 gridworld of example 4.1: −1 per step until the agent reaches one of two corners.</summary>
    public static World SuttonBarto41() => new(["G...", "....", "....", "...G"], Book with
    {
        Starts = [.. Enumerable.Range(1, 14).Select(s => new WorldStart(s % 4, s / 4))],
    }, "sb-4.1");

    /// <summary>
    /// An empty grid with the start at the top left and the goal at the bottom right: −1 per step, truncated after 20 × (width + height)
    /// steps.
    /// </summary>
    /// <param name="width">Number of columns.</param>
    /// <param name="height">Number of rows; width × height must be between 2 and 2²⁶.</param>
    /// <exception cref="InputException">The size is out of range.</exception>
    public static World Empty(int width, int height)
    {
        string name = $"empty-{width}x{height}";
        CheckSize(name, width, height);
        string floor = new('.', width);
        var map = new string[height];
        Array.Fill(map, floor);
        map[^1] = floor[1..] + 'G';
        map[0] = 'S' + map[0][1..];
        return new(map, new() { MaxSteps = 20 * (width + height) }, name);
    }

    /// <summary>
    /// A problem of MovingAI's benchmark: a <c>.map</c> with a start and a goal from a <c>.scen</c> file, −1 per step, and −√2 per diagonal
    /// with octile moves.
    /// </summary>
    /// <param name="map">Path of the <c>.map</c> file.</param>
    /// <param name="scenario">Number of the problem in the scenario file, from 0.</param>
    /// <param name="scenarioFile">The <c>.scen</c> file. Default: the one next to the map, such as <c>arena.map.scen</c>.</param>
    /// <param name="moves">The move set. Default: octile, as in the benchmark.</param>
    /// <exception cref="InputException">A file cannot be read or has errors; lists them all.</exception>
    public static World MovingAi(string map, int scenario, string? scenarioFile = null, MoveSet moves = MoveSet.Octile) =>
        GridWorld.MovingAi.Load(Guard.NotNull(map), moves, scenario, scenarioFile);

    /// <summary>
    /// Generates a maze with exactly one path between any two cells. The start is at the top left, the goal in the dead end at the bottom
    /// right; each step costs 1.
    /// </summary>
    /// <param name="width">Number of columns; an odd number avoids a double wall at the edge.</param>
    /// <param name="height">Number of rows; width × height must be between 2 and 2²⁶.</param>
    /// <param name="seed">Seed of the generator. The same seed gives the same maze. Default 1.</param>
    /// <exception cref="InputException">The size is out of range.</exception>
    public static World Maze(int width, int height, ulong seed = 1) => Mazes.Maze(width, height, seed);

    /// <summary>
    /// Generates rooms that are connected by doors. The start is at the top left, the goal at the bottom right; each step costs 1.
    /// </summary>
    /// <param name="width">Number of columns.</param>
    /// <param name="height">Number of rows; width × height must be between 2 and 2²⁶.</param>
    /// <param name="seed">Seed of the generator. The same seed gives the same rooms. Default 1.</param>
    /// <exception cref="InputException">The size is out of range.</exception>
    public static World Rooms(int width, int height, ulong seed = 1) => Mazes.Rooms(width, height, seed);

    /// <summary>
    /// The 4×3 grid of CS188: exits with +1 and −1, no living reward, and moves that slip to either side, each with probability 0.1.
    /// </summary>
    public static World BookGrid() => WithExits(["...+", ".#.-", "S..."], "book-grid", 0, ('+', 1), ('-', -1));

    /// <summary>CS188's narrow bridge between an exit with 1 and one with 10, over exits with −100.</summary>
    public static World BridgeGrid() =>
        WithExits(["#-----#", "1S....X", "#-----#"], "bridge-grid", 0, ('1', 1), ('X', 10), ('-', -100));

    /// <summary>CS188's way along exits with −100 to an exit with 10.</summary>
    public static World CliffGrid() => WithExits([".....", "S...X", "-----"], "cliff-grid", 0, ('X', 10), ('-', -100));

    /// <summary>CS188's small maze with one exit, which pays 1.</summary>
    public static World MazeGrid() => WithExits(["...+", "##.#", ".#..", ".##.", "S..."], "maze-grid", 0, ('+', 1));

    /// <summary>
    /// CS188's choice between a near exit with 1 and a distant one with 10, along a cliff of exits with −10 or around it.
    /// </summary>
    public static World DiscountGrid() =>
        WithExits([".....", ".#...", ".#1#X", "S....", "-----"], "discount-grid", 0, ('1', 1), ('X', 10), ('-', -10));

    /// <summary>
    /// The 4×3 world of Russell and Norvig: exits with +1 and −1, −0.04 per step, and moves that slip to either side, each with
    /// probability 0.1. The values at discount factor 1 are the book's utilities.
    /// </summary>
    public static World Aima4x3() => WithExits(["...+", ".#.-", "S..."], "aima-4x3", -0.04, ('+', 1), ('-', -1));

    /// <summary>
    /// Gymnasium's Taxi-v3: −1 per step, 20 for the passenger's arrival, −10 for a pickup or dropoff that does nothing, truncated after
    /// 200 steps. The states are those of Gymnasium with other numbers: mode × 25 + cell, with mode = 4 × passenger + destination.
    /// The actions are up, right, down, left, pickup and dropoff.
    /// </summary>
    public static World Taxi() => new(["r...g", ".....", ".....", ".....", "y..b."], new()
    {
        Starts = [.. Enumerable.Range(0, 25).Select(cell => new WorldStart(cell % 5, cell / 5))],
        Passenger = new("rgyb"),
        Fences = [.. new[] { (1, 0), (1, 1), (0, 3), (2, 3), (0, 4), (2, 4) }.Select(f => new Fence(f.Item1, f.Item2, FenceSide.Right))],
        MaxSteps = 200,
    }, "taxi");

    /// <summary>
    /// A room with a key, and a locked door to the room with the goal: reward 1 at the goal, 0 per step, truncated after 360 steps, as in
    /// MiniGrid's DoorKey of this size. The agent takes the key and opens the door by entering their cells.
    /// </summary>
    public static World DoorKey() => new(["S.#...", "..#...", "..#...", "k.#...", "..D...", "..#..G"], new()
    {
        StepReward = 0,
        Rewards = new Dictionary<char, double> { ['G'] = 1 },
        Keys = new Dictionary<char, char> { ['k'] = 'D' },
        MaxSteps = 360,
    }, "door-key");

    static World WithExits(string[] map, string name, double stepReward, params (char Tile, double Reward)[] exits) => new(map, Book with
    {
        StepReward = stepReward,
        Slip = 0.2,
        Exits = exits.ToDictionary(e => e.Tile, e => e.Reward),
    }, name);

    internal static void CheckSize(string name, int width, int height)
    {
        if (width < 1 || height < 1 || (width == 1 && height == 1))
            throw new InputException($"{name}: width and height must be at least 1, and not both 1 (got {width} and {height}).");
        if (!MapCheck.Fits(width, height))
            throw new InputException(MapCheck.TooLarge(name, width, height));
    }

    static World Windy(MoveSet moves, double noise, string name) => new(
        ["..........", "..........", "..........", "S......G..", "..........", "..........", ".........."],
        Book with { Moves = moves, Wind = [0, 0, 0, 1, 1, 1, 2, 2, 1, 0], WindNoise = noise }, name);

    static WorldRules Maze(long afterSteps = 0, string wall = "") => Book with
    {
        StepReward = 0,
        Rewards = new Dictionary<char, double> { ['G'] = 1 },
        Changes = afterSteps == 0 ? [] : [new(afterSteps, string.Join('\n', ChangingMaze(wall)))],
    };

    static string[] ChangingMaze(string wall) => ["........G", ".........", ".........", wall, ".........", "...S....."];
}
