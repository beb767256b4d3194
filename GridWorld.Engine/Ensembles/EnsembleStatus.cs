namespace GridWorld;

/// <summary>The status of an ensemble at one moment.</summary>
public sealed record EnsembleStatus
{
    /// <summary>The id of the ensemble.</summary>
    public required string Id { get; init; }

    /// <summary>The display name.</summary>
    public required string Name { get; init; }

    /// <summary>The state of the ensemble.</summary>
    public required RunState State { get; init; }

    /// <summary>Number of seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>Number of seeds whose training failed.</summary>
    public int Failed { get; init; }

    /// <summary>Number of episodes that every seed has ended.</summary>
    public required long Episodes { get; init; }

    /// <summary>Number of episodes of every seed; null to train until stopped.</summary>
    public long? TargetEpisodes { get; init; }

    /// <summary>Number of steps of all seeds.</summary>
    public required long Steps { get; init; }

    /// <summary>Steps per second of training, of all seeds together.</summary>
    public double StepsPerSecond { get; init; }

    /// <summary>The error message; null if there is no error.</summary>
    public string? Message { get; init; }
}
