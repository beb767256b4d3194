using System.Globalization;

namespace GridWorld;

/// <summary>The worlds that have a name.</summary>
internal static class WorldCatalog
{
    const string Book2 = "Sutton and Barto, Reinforcement Learning: An Introduction, 2nd ed., 2018, ";
    const string Berkeley = "University of California, Berkeley, CS188, project 3, gridworld.py";
    const string Gymnasium = "Gymnasium, Farama Foundation, gymnasium/envs/toy_text/";

    public static IReadOnlyList<CatalogWorld> All { get; } =
    [
        Lake("frozen-lake-4x4", Worlds.FrozenLake4x4, "Cross a frozen lake without falling into a hole; slippery by default."),
        Lake("frozen-lake-8x8", Worlds.FrozenLake8x8, "The larger frozen lake; slippery by default."),
        new("cliff-walking", "cliff-walking", "Walk along a cliff; falling costs 100 and leads back to the start.",
            Book2 + "example 6.6; " + Gymnasium + "cliffwalking.py",
            (asked, with) => asked == "cliff-walking" ? Worlds.CliffWalking(with.Slippery ?? false) : null) { CanSlip = true },
        One("windy", Worlds.Windy, "Cross a field with an upward wind.", Book2 + "example 6.5"),
        One("windy-kings", Worlds.WindyKings, "The windy field with king's moves.", Book2 + "exercise 6.9"),
        One("windy-kings-stay", Worlds.WindyKingsStay, "The windy field with king's moves and stay.", Book2 + "exercise 6.9"),
        One("windy-stochastic", Worlds.WindyStochastic, "The windy field with wind that varies by one.",
            Book2 + "exercise 6.10, with the four moves of example 6.5"),
        One("windy-kings-stochastic", Worlds.WindyKingsStochastic, "King's moves in wind that varies by one.", Book2 + "exercise 6.10"),
        One("dyna-maze", () => Worlds.DynaMaze(), "A maze in which planning pays.", Book2 + "example 8.1"),
        new("dyna-maze-N", "dyna-maze-2", "The same maze with every cell split into N by N.", Book2 + "example 8.4",
            (asked, _) => asked.StartsWith("dyna-maze-", StringComparison.Ordinal) && Digits(asked[10..], out int scale) && scale != 1
                ? Worlds.DynaMaze(scale)
                : null),
        One("blocking-maze", Worlds.BlockingMaze, "A maze whose short path closes after 1,000 steps.", Book2 + "example 8.2"),
        One("shortcut-maze", Worlds.ShortcutMaze, "A maze that gets a shorter path after 3,000 steps.", Book2 + "example 8.3"),
        One("sb-3.5", Worlds.SuttonBarto35, "A 5×5 grid without an end, with two cells that lead elsewhere.", Book2 + "example 3.5"),
        One("sb-4.1", Worlds.SuttonBarto41, "A 4×4 grid with two terminal corners.", Book2 + "example 4.1"),
        One("book-grid", Worlds.BookGrid, "A 4×3 grid with exits that pay 1 and −1.", Berkeley),
        One("bridge-grid", Worlds.BridgeGrid, "A narrow bridge from an exit that pays 1 to one that pays 10.", Berkeley),
        One("cliff-grid", Worlds.CliffGrid, "A way along exits that cost 100 to one that pays 10.", Berkeley),
        One("maze-grid", Worlds.MazeGrid, "A small maze with one exit.", Berkeley),
        One("discount-grid", Worlds.DiscountGrid, "A near exit that pays 1, and a distant one that pays 10.", Berkeley),
        One("aima-4x3", Worlds.Aima4x3, "A 4×3 grid with exits that pay 1 and −1, and −0.04 per step.",
            "Russell and Norvig, Artificial Intelligence: A Modern Approach, 3rd ed., 2010, section 17.1"),
        One("taxi", Worlds.Taxi, "Take a passenger from one of four stops to another.", Gymnasium + "taxi.py; Dietterich, "
            + "Hierarchical Reinforcement Learning with the MAXQ Value Function Decomposition, 2000"),
        One("door-key", Worlds.DoorKey, "Fetch a key that opens the door to the goal.",
            "after MiniGrid's DoorKey, Farama Foundation, minigrid/envs/doorkey.py"),
        Family("empty-WxH", "empty-10x10", (w, h, _) => Worlds.Empty(w, h), false,
            "An empty grid from the upper left to the lower right corner.", "the world of bench/peers/qlearning.c"),
        Family("maze-WxH", "maze-21x21", Worlds.Maze, true,
            "A maze with exactly one path between any two cells; maze-21x21-7 is that of seed 7.",
            "depth-first carving, as in Jamis Buck, Mazes for Programmers, 2015, \"recursive backtracker\""),
        Family("rooms-WxH", "rooms-21x21", Worlds.Rooms, true,
            "Rooms joined by doors; rooms-21x21-7 is that of seed 7.",
            "after the four rooms of Sutton, Precup and Singh, Between MDPs and semi-MDPs, 1999; recursive division"),
    ];

    public static World Get(string nameOrPath, WorldArguments arguments)
    {
        var world = WorldFile.IsWorldFile(nameOrPath) ? LoadFile(nameOrPath, arguments) : FromCatalog(nameOrPath, arguments);
        var rules = world.Rules with { Moves = arguments.Moves ?? world.Moves, MaxSteps = arguments.MaxSteps ?? world.MaxSteps };
        return rules == world.Rules ? world : world.With(rules);
    }

    static World LoadFile(string path, WorldArguments arguments)
    {
        if (arguments.Slippery is not null)
            throw new InputException($"'slippery' applies only to {Names(e => e.CanSlip)}. In a world file, set \"slip\".");
        if (arguments.SuccessRate is not null)
            throw new InputException($"A success rate applies only to {Names(e => e.HasSuccessRate)}. In a world file, set \"slip\".");
        return World.Load(path, arguments.Moves, arguments.Scenario, arguments.ScenarioFile);
    }

    static World FromCatalog(string name, WorldArguments arguments)
    {
        foreach (var entry in All)
        {
            if (entry.Make(name, arguments) is not { } world)
                continue;
            new Faults()
                .Require(arguments.Slippery is null || entry.CanSlip,
                    $"'slippery' applies only to {Names(e => e.CanSlip)} (got {name}). Remove it.")
                .Require(arguments.SuccessRate is null || entry.HasSuccessRate,
                    $"A success rate applies only to {Names(e => e.HasSuccessRate)} (got {name}). Remove it.")
                .Require(arguments is { Scenario: null, ScenarioFile: null },
                    $"A scenario applies only to a .map file (got {name}). Remove it.")
                .ThrowIfAny();
            return world;
        }

        throw new InputException(Unknown(name));
    }

    static string Unknown(string name)
    {
        var near = NearNames.Of(name, All.SelectMany(e => new[] { e.Name, e.Example }).Distinct());
        string hint = near.Count > 0
            ? $"Did you mean {string.Join(" or ", near)}?"
            : $"Use one of {string.Join(", ", All.Select(e => e.Name))}.";
        return $"There is no world '{Printable.Text(name)}'. {hint} The name of a world file must end in {WorldFile.Endings}.";
    }

    static string Names(Func<CatalogWorld, bool> are) => string.Join(", ", All.Where(are).Select(e => e.Name));

    static CatalogWorld One(string name, Func<World> make, string description, string source) =>
        new(name, name, description, source, (asked, _) => asked == name ? make() : null);

    static CatalogWorld Lake(string name, Func<bool, double?, World> make, string description) =>
        new(name, name, description, Gymnasium + "frozen_lake.py",
            (asked, with) => asked == name
            ? make(with.Slippery ?? true, with.SuccessRate) : null) { CanSlip = true, HasSuccessRate = true };

    static CatalogWorld Family(string pattern, string example, Func<int, int, ulong, World> make, bool seeded, string description,
        string source)
    {
        string prefix = pattern[..(pattern.IndexOf('-') + 1)];
        return new(pattern, example, description, source,
            (asked, _) => TryParse(asked, prefix, seeded, out var size) ? make(size.Width, size.Height, size.Seed) : null);
    }

    static bool TryParse(string asked, string prefix, bool seeded, out (int Width, int Height, ulong Seed) size)
    {
        size = (0, 0, 1);
        if (!asked.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        var parts = asked[prefix.Length..].Split('x', '-');
        return parts.Length >= 2 && parts.Length <= (seeded ? 3 : 2) && asked[prefix.Length + parts[0].Length] == 'x'
            && Digits(parts[0], out size.Width) && Digits(parts[1], out size.Height)
            && (parts.Length == 2 || ulong.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out size.Seed));
    }

    // A number too large for an int is also too large for a world; the size check reports it.
    static bool Digits(string text, out int value)
    {
        bool digits = text.Length is > 0 and < 20 && text.All(char.IsAsciiDigit);
        value = digits ? (int)Math.Min(ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture), int.MaxValue) : 0;
        return digits;
    }
}
