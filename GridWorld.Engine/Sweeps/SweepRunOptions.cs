namespace GridWorld;

/// <summary>How a sweep is trained and stored. None of it changes a result.</summary>
public sealed record SweepRunOptions
{
    /// <summary>
    /// The store, which is the folder of the file. Default: the environment variable GRIDWORLD_STORE, otherwise <c>.gridworld</c> in the
    /// working directory.
    /// </summary>
    public string? Store { get; init; }

    /// <summary>Number of threads that train, at least 1. Default: one per core.</summary>
    public int? Threads { get; init; }

    /// <summary>The clock of timestamps. Default: the system clock.</summary>
    public TimeProvider Time { get; init => field = Guard.NotNull(value); } = TimeProvider.System;

    /// <summary>Whether others train, too, so that this process may have no threads of its own.</summary>
    internal bool IsShared { get; init; }

    /// <summary>Whether others find this process in Redis. The file keeps that it was so.</summary>
    internal bool UsesRedis { get; init; }

    internal int ThreadsInForce => Threads ?? Environment.ProcessorCount;

    internal void Check() => new Faults().Require(Threads is null || Threads >= (IsShared ? 0 : 1),
        $"Threads must be at least {(IsShared ? 0 : 1)} (got {Threads}).").ThrowIfAny();
}
