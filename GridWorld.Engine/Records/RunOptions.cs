namespace GridWorld;

/// <summary>Options of how a run is executed and stored. They never change its result.</summary>
public sealed record RunOptions
{
    /// <summary>Options for a run that is not stored on disk.</summary>
    public static RunOptions InMemory { get; } = new() { OnDisk = false };

    /// <summary>The longest name of a run, in characters.</summary>
    internal const int LongestName = 200;

    /// <summary>
    /// Display name, 1 to 200 characters. Several runs can have the same name (<see cref="StoreFolder.Find"/>). Default: the id.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// The store, which is the folder of the run file. Default: the environment variable GRIDWORLD_STORE, otherwise <c>.gridworld</c> in
    /// the working directory.
    /// </summary>
    public string? Store { get; init; }

    /// <summary>Whether the run is stored on disk. Default true.</summary>
    public bool OnDisk { get => onDisk ?? true; init => onDisk = value; }

    readonly bool? onDisk;

    /// <summary>
    /// Number of episodes between automatic checkpoints, at least 1. Default 100. Checkpoints take at most 3 % of the time, so they can be
    /// rarer.
    /// </summary>
    public long CheckpointEvery { get; init; } = 100;

    /// <summary>The speed limit in steps per second, above 0. Default null, which is as fast as possible.</summary>
    public double? Pace { get; init; }

    /// <summary>Whether to wait for <see cref="Run.Resume()"/> before the first step. Default false.</summary>
    public bool StartPaused { get; init; }

    /// <summary>Whether to record the mean Q and the action counts of every episode, which slows down training. Default false.</summary>
    public bool SampleEveryEpisode { get; init; }

    /// <summary>The most steps of all traced episodes together.</summary>
    internal const int MostTracedSteps = 500_000;

    /// <summary>
    /// Number of first episodes to keep step by step, from 0 to 10,000. The trace ends before the episode that would exceed 500,000 steps
    /// in total. Default 0.
    /// </summary>
    public int TraceEpisodes { get; init; }

    /// <summary>
    /// Number of steps after which the run ends, even during an episode; null for none. It is for speed measurements, whose runs are
    /// discarded.
    /// </summary>
    internal long? StepBudget { get; init; }

    /// <summary>The clock of timestamps and rates. Default: the system clock.</summary>
    public TimeProvider Time { get; init => field = Guard.NotNull(value); } = TimeProvider.System;

    /// <summary>These options, with the storage of another run unless they set their own.</summary>
    internal RunOptions StoredAs(RunOptions other) => this with
    {
        Store = Store ?? other.Store,
        OnDisk = onDisk ?? (Store is not null || other.OnDisk),
        Time = Time == TimeProvider.System ? other.Time : Time,
    };

    /// <summary>The resolved folder of the store.</summary>
    internal string StoreFolder => Store ?? DefaultStore;

    internal static string DefaultStore =>
        Environment.GetEnvironmentVariable("GRIDWORLD_STORE") is { Length: > 0 } folder ? folder : ".gridworld";

    internal void Check()
    {
        new Faults()
            .Require(Name is null or { Length: >= 1 and <= LongestName },
                $"The name of a run must have 1 to {LongestName} characters (got {Name?.Length}).")
            .Require(CheckpointEvery >= 1, $"CheckpointEvery must be at least 1 episode (got {CheckpointEvery}).")
            .Require(Pace is null || (Pace > 0 && double.IsFinite(Pace.Value)),
            $"Pace must be above 0 steps per second, or null for full speed (got {Pace}).")
            .Require(TraceEpisodes is >= 0 and <= 10_000, $"TraceEpisodes must be between 0 and 10000 (got {TraceEpisodes}).")
            .ThrowIfAny();
    }
}
