using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The world options of the command line.</summary>
internal static class WorldInput
{
    static readonly Option World = Named(Options.Required), WorldOrRun = Named(Options.Value);
    static readonly Option Moves = Options.Value("--moves", "M",
        "The move set: four, eight, nine, octile or frozen-lake. Default: the world's.",
        _ => Enum.GetValues<MoveSet>().Select(GridWorld.Moves.Name));
    static readonly Option Scenario = Options.Value("--scenario", "K", "Number of the problem in the scenario file of a .map, from 0.");
    static readonly Option ScenarioFile = Options.Value("--scenario-file", "F",
        "The .scen file of a .map. Default: the one next to the map, such as arena.map.scen.");
    static readonly Option Slippery = Options.Value("--slippery", "true|false",
        "Whether FrozenLake or the cliff is slippery. Default: the world's.", _ => ["true", "false"]);

    static readonly Option SuccessRate = Options.Value("--success-rate", "P",
        "The probability that a move on slippery FrozenLake does not slip, from 0 to 1. Default 1/3.");

    static readonly Option[] others = [Moves, Scenario, ScenarioFile, Slippery, SuccessRate];

    public static IReadOnlyList<Option> All { get; } = [World, .. others];

    /// <summary>The options of a command that takes a run or a world.</summary>
    public static IReadOnlyList<Option> OrRun { get; } = [WorldOrRun, .. others];

    /// <summary>Whether the command line of such a command names a world.</summary>
    public static bool IsGiven(ParsedOptions given) => given.Has(WorldOrRun);

    /// <summary>The world; null if it has errors, which are recorded.</summary>
    public static World? Read(ParsedOptions given)
    {
        int? scenario = given.Whole(Scenario, 0);
        bool? slippery = given.TrueOrFalse(Slippery);
        double? successRate = given.Number(SuccessRate, "a number from 0 to 1");
        MoveSet? moves = null;
        if (given.Text(Moves) is { } name)
            given.Faults.Collect(() => moves = GridWorld.Moves.Parse(name));
        if ((given.Text(World) ?? given.Text(WorldOrRun)) is { Length: > 0 } world)
        {
            return given.Make(() => Worlds.Get(world, new()
            {
                Moves = moves, Scenario = scenario, ScenarioFile = given.Text(ScenarioFile), Slippery = slippery, SuccessRate = successRate,
            }));
        }

        given.Faults.Add($"Set a world with --world, for example --world {Worlds.Catalog[0].Name}. 'gridworld worlds' lists them.");
        return null;
    }

    static Option Named(Func<string, string, string, Func<string, IEnumerable<string>>, Option> make) => make("--world", "W",
        $"A catalog world ('gridworld worlds' lists them) or a file: {WorldFile.Endings}.", _ => Worlds.Catalog.Select(w => w.Example));
}
