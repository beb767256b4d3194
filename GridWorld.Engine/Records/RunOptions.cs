namespace GridWorld;

/// <summary>How a run is carried out and kept; none of it changes a bit of its result.</summary>
public sealed record RunOptions
{
    /// <summary>Keep nothing on disk.</summary>
    public static RunOptions InMemory { get; } = new() { OnDisk = false };

    /// <summary>The longest name of a run, in characters.</summary>
    internal const int LongestName = 200;

    /// <summary>Display name, 1 to 200 characters; several runs may have one (<see cref="StoreFolder.Find"/>). Default: the id.</summary>
    public string? Name { get; init; }

    /// <summary>The folder that holds the run's file. Default: what GRIDWORLD_STORE says, else <c>.gridworld</c> in the working directory.</summary>
    public string? Store { get; init; }

    /// <summary>Whether the run is kept on disk. Default yes.</summary>
    public bool OnDisk { get => onDisk ?? true; init => onDisk = value; }

    readonly bool? onDisk;

    /// <summary>Episodes between automatic checkpoints, at least 1. Default 100. They never cost more than 3 % of the time.</summary>
    public long CheckpointEvery { get; init; } = 100;

    /// <summary>Steps a second, above 0; null for as fast as possible, the default.</summary>
    public double? Pace { get; init; }

    /// <summary>Whether to wait for <see cref="Run.Resume()"/> before the first step. Default no.</summary>
    public bool StartPaused { get; init; }

    /// <summary>Whether mean Q and action counts are taken for every episode, which slows training. Default no.</summary>
    public bool SampleEveryEpisode { get; init; }

    /// <summary>The most steps that are kept of all traced episodes together.</summary>
    internal const int MostTracedSteps = 500_000;

    /// <summary>How many of the first episodes to keep step by step, 0 to 10,000: those that have 500,000 steps together at most. Default 0.</summary>
    public int TraceEpisodes { get; init; }

    /// <summary>Steps after which the run is over, be it during an episode; null for none. For measuring speed: such a run is thrown away.</summary>
    internal long? StepBudget { get; init; }

    /// <summary>The clock of time stamps and rates. Default the system's.</summary>
    public TimeProvider Time { get; init => field = Given.NotNull(value); } = TimeProvider.System;

    /// <summary>These options for a run that is stored as another one is, unless they say otherwise.</summary>
    internal RunOptions StoredAs(RunOptions other) =>
        this with { Store = Store ?? other.Store, OnDisk = onDisk ?? (Store is not null || other.OnDisk), Time = Time == TimeProvider.System ? other.Time : Time };

    /// <summary>The store's folder, resolved.</summary>
    internal string StoreFolder => Store ?? DefaultStore;

    internal static string DefaultStore => Environment.GetEnvironmentVariable("GRIDWORLD_STORE") is { Length: > 0 } folder ? folder : ".gridworld";

    internal void Check()
    {
        new Faults()
            .Require(Name is null or { Length: >= 1 and <= LongestName }, $"A run's name must have 1 to {LongestName} characters (got {Name?.Length}).")
            .Require(CheckpointEvery >= 1, $"CheckpointEvery must be at least 1 episode (got {CheckpointEvery}).")
            .Require(Pace is null || (Pace > 0 && double.IsFinite(Pace.Value)), $"Pace must be above 0 steps per second, or null for full speed (got {Pace}).")
            .Require(TraceEpisodes is >= 0 and <= 10_000, $"TraceEpisodes must be between 0 and 10000 (got {TraceEpisodes}).")
            .ThrowIfAny();
    }
}
