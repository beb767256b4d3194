namespace GridWorld;

/// <summary>Options of <see cref="Worlds.Get"/>. A property that is null keeps the world's own value.</summary>
public sealed record WorldArguments
{
    /// <summary>Whether the world is slippery; only for worlds whose <see cref="CatalogWorld.CanSlip"/> is true.</summary>
    public bool? Slippery { get; init; }

    /// <summary>
    /// The probability that a move on slippery ice does not slip, in [0, 1]; only for worlds whose
    /// <see cref="CatalogWorld.HasSuccessRate"/> is true.
    /// </summary>
    public double? SuccessRate { get; init; }

    /// <summary>The move set.</summary>
    public MoveSet? Moves { get; init; }

    /// <summary>The number of the problem in the scenario file of a <c>.map</c>, from 0.</summary>
    public int? Scenario { get; init; }

    /// <summary>The <c>.scen</c> file of a <c>.map</c>. Default: the one next to the map, such as <c>arena.map.scen</c>.</summary>
    public string? ScenarioFile { get; init; }

    /// <summary>The step limit of an episode, at least 1.</summary>
    public int? MaxSteps { get; init; }
}
