using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Which world: the options, and the world they make.</summary>
internal static class WorldInput
{
    static readonly Option World = Options.Required("--world", "W", "A world of the catalog ('gridworld worlds' lists it) or a file: .txt, .world.json, .map.");
    static readonly Option Moves = Options.Value("--moves", "M", "The move set: four, eight, nine, octile or frozen-lake. Default: the world's.");
    static readonly Option Scenario = Options.Value("--scenario", "K", "Which problem of a .map's scenario file, from 0.");
    static readonly Option ScenarioFile = Options.Value("--scenario-file", "F", "The .scen file of a .map. Default: the one next to it with its whole name, arena.map.scen.");
    static readonly Option Slippery = Options.Value("--slippery", "true|false", "Whether FrozenLake or the cliff is slippery. Default: the world's.");

    public static IReadOnlyList<Option> All { get; } = [World, Moves, Scenario, ScenarioFile, Slippery];

    /// <summary>The world, or null and faults.</summary>
    public static World? Read(Given given)
    {
        int? scenario = given.Whole(Scenario, 0);
        bool? slippery = given.TrueOrFalse(Slippery);
        MoveSet? moves = null;
        if (given.Text(Moves) is { } name)
            given.Faults.Collect(() => moves = GridWorld.Moves.Parse(name));
        if (given.Text(World) is { Length: > 0 } world)
            return given.Make(() => Worlds.Get(world, new() { Moves = moves, Scenario = scenario, ScenarioFile = given.Text(ScenarioFile), Slippery = slippery }));
        given.Faults.Add($"Name a world with --world, for example --world {Worlds.Catalog[0].Name}; gridworld worlds lists them.");
        return null;
    }
}
