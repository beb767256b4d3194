using System.Globalization;

namespace GridWorld;

/// <summary>The worlds that have a name.</summary>
internal static class WorldCatalog
{
    const string Book2 = "Sutton and Barto, Reinforcement Learning: An Introduction, 2nd ed., 2018, ";
    const string Gymnasium = "Gymnasium, Farama Foundation, gymnasium/envs/toy_text/";

    public static IReadOnlyList<CatalogWorld> All { get; } =
    [
        Slippery("frozen-lake-4x4", s => Worlds.FrozenLake4x4(s ?? true),
            "Cross a frozen lake without falling into a hole; slippery by default.",
            Gymnasium + "frozen_lake.py"),
        Slippery("frozen-lake-8x8", s => Worlds.FrozenLake8x8(s ?? true), "The larger frozen lake; slippery by default.",
            Gymnasium + "frozen_lake.py"),
        Slippery("cliff-walking", s => Worlds.CliffWalking(s ?? false),
            "Walk along a cliff; falling costs 100 and leads back to the start.",
            Book2 + "example 6.6; " + Gymnasium + "cliffwalking.py"),
        One("windy", Worlds.Windy, "Cross a field with an upward wind.", Book2 + "example 6.5"),
        One("windy-kings", Worlds.WindyKings, "The windy field with king's moves.", Book2 + "exercise 6.9"),
        One("windy-kings-stay", Worlds.WindyKingsStay, "The windy field with king's moves and stay.", Book2 + "exercise 6.9"),
        One("windy-stochastic", Worlds.WindyStochastic, "The windy field with wind that varies by one.",
            Book2 + "exercise 6.10, with the four moves of example 6.5"),
        One("windy-kings-stochastic", Worlds.WindyKingsStochastic, "King's moves in wind that varies by one.", Book2 + "exercise 6.10"),
        One("dyna-maze", () => Worlds.DynaMaze(), "A maze in which planning pays.", Book2 + "example 8.1"),
        new("dyna-maze-N", "dyna-maze-2", "The same maze with every cell split into N by N.", Book2 + "example 8.4", false,
            (asked, _) => asked.StartsWith("dyna-maze-", StringComparison.Ordinal) && Digits(asked[10..], out int scale) && scale != 1
                ? Worlds.DynaMaze(scale)
                : null),
        One("blocking-maze", Worlds.BlockingMaze, "A maze whose short path closes after 1,000 steps.", Book2 + "example 8.2"),
        One("shortcut-maze", Worlds.ShortcutMaze, "A maze that gets a shorter path after 3,000 steps.", Book2 + "example 8.3"),
        One("sb-3.5", Worlds.SuttonBarto35, "A 5×5 grid without an end, with two cells that lead elsewhere.", Book2 + "example 3.5"),
        One("sb-4.1", Worlds.SuttonBarto41, "A 4×4 grid with two terminal corners.", Book2 + "example 4.1"),
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
            throw new InputException($"'slippery' applies only to {Sliding()}. In a world file, set \"slip\".");
        return World.Load(path, arguments.Moves, arguments.Scenario, arguments.ScenarioFile);
    }

    static World FromCatalog(string name, WorldArguments arguments)
    {
        foreach (var entry in All)
        {
            if (entry.Make(name, arguments.Slippery) is not { } world)
                continue;
            new Faults()
                .Require(arguments.Slippery is null || entry.CanSlip, $"'slippery' applies only to {Sliding()} (got {name}). Remove it.")
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
        return $"There is no world '{Printable.Text(name)}'. {hint} The name of a world file must end in .txt, .world.json or .map.";
    }

    static string Sliding() => string.Join(", ", All.Where(e => e.CanSlip).Select(e => e.Name));

    static CatalogWorld One(string name, Func<World> make, string description, string source) =>
        new(name, name, description, source, false, (asked, _) => asked == name ? make() : null);

    static CatalogWorld Slippery(string name, Func<bool?, World> make, string description, string source) =>
        new(name, name, description, source, true, (asked, slippery) => asked == name ? make(slippery) : null);

    static CatalogWorld Family(string pattern, string example, Func<int, int, ulong, World> make, bool seeded, string description,
        string source)
    {
        string prefix = pattern[..(pattern.IndexOf('-') + 1)];
        return new(pattern, example, description, source, false,
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
