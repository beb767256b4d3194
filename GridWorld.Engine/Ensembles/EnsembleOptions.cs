namespace GridWorld;

/// <summary>How an ensemble is trained and stored. None of it changes a result.</summary>
public sealed record EnsembleOptions
{
    /// <summary>Options for an ensemble that is not stored on disk.</summary>
    public static EnsembleOptions InMemory { get; } = new() { OnDisk = false };

    /// <summary>Display name, 1 to 200 characters. Default: the id.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The store, which is the folder of the file. Default: the environment variable GRIDWORLD_STORE, otherwise <c>.gridworld</c> in the
    /// working directory.
    /// </summary>
    public string? Store { get; init; }

    /// <summary>Whether the ensemble is stored on disk. Default true.</summary>
    public bool OnDisk { get; init; } = true;

    /// <summary>Number of threads that train, at least 1. Default: one per core.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether to wait for <see cref="Ensemble.Resume()"/> before the first step. Default false.</summary>
    public bool StartPaused { get; init; }

    /// <summary>The clock of timestamps. Default: the system clock.</summary>
    public TimeProvider Time { get; init => field = Guard.NotNull(value); } = TimeProvider.System;

    internal int ThreadsInForce => Threads ?? Environment.ProcessorCount;

    internal void Check() => new Faults()
        .Require(Name is null or { Length: >= 1 and <= RunOptions.LongestName },
            $"The name of an ensemble must have 1 to {RunOptions.LongestName} characters (got {Name?.Length}).")
        .Require(Threads is null or >= 1, $"Threads must be at least 1 (got {Threads}).")
        .ThrowIfAny();
}
