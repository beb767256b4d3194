namespace GridWorld;

/// <summary>What may be said about a world beside its name; null leaves it as it is.</summary>
public sealed record WorldArguments
{
    /// <summary>Whether FrozenLake or the cliff is slippery.</summary>
    public bool? Slippery { get; init; }

    /// <summary>Another move set.</summary>
    public MoveSet? Moves { get; init; }

    /// <summary>Which problem of a <c>.map</c>'s scenario file, from 0.</summary>
    public int? Scenario { get; init; }

    /// <summary>The <c>.scen</c> file of a <c>.map</c>; null means the one next to the map with its whole name, <c>arena.map.scen</c>.</summary>
    public string? ScenarioFile { get; init; }

    /// <summary>Another step limit, at least 1.</summary>
    public int? MaxSteps { get; init; }
}
