using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The options that affect learning: world, learner, seed and others. <c>train</c> and <c>bench</c> share them.</summary>
internal static class TrainingInput
{
    static readonly Option Seed = Options.Value("--seed", "S", "Seed of all random numbers, from 0 to 2^64-1. Default 1.");
    static readonly Option MaxSteps = Options.Value("--max-steps", "N",
        "Number of steps after which an episode is truncated. Default: the world's limit.");

    static readonly Option InitialQ = Options.Value("--initial-q", "F",
        "Start from the action values in a file of 'export --what q-table': .csv, .json, .jsonl, .parquet or .npz.");

    public static IReadOnlyList<Option> All { get; } = [.. WorldInput.All, .. LearnerInput.All, Seed, MaxSteps, InitialQ];

    /// <summary>The specification of the run. Throws all errors recorded so far.</summary>
    public static RunSpecification Read(ParsedOptions given, long? episodes)
    {
        var world = WorldInput.Read(given);
        var learner = LearnerInput.Read(given);
        ulong seed = given.Seed(Seed) ?? 1;
        int? maxSteps = given.Whole(MaxSteps, 1);
        var initial = given.Text(InitialQ) is { } path && world is not null ? given.Make(() => QTableFile.Load(path, world)) : null;
        given.Faults.ThrowIfAny();
        return new(world!, learner!, seed, episodes, maxSteps) { InitialQ = initial };
    }
}
