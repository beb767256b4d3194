namespace GridWorld;

/// <summary>What may be said about a world beside its name; null leaves it as it is.</summary>
public sealed record WorldArguments
{
    /// <summary>Whether FrozenLake or the cliff is slippery.</summary>
    public bool? Slippery { get; init; }

    /// <summary>Another move set.</summary>
    public MoveSet? Moves { get; init; }

    /// <summary>Which problem of the <c>.scen</c> beside a <c>.map</c>, from 0.</summary>
    public int? Scenario { get; init; }

    /// <summary>Another step limit, at least 1.</summary>
    public int? MaxSteps { get; init; }
}
