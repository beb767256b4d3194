using System.Globalization;

namespace GridWorld;

/// <summary>
/// One side of a comparison: its scores, and what they were trained on. Only <see cref="Label"/> and <see cref="Scores"/> are required.
/// What both sides state and state differently becomes a warning of the comparison.
/// </summary>
/// <param name="Label">The name in sentences, such as "SARSA".</param>
/// <param name="Scores">One finite score per run, at least one.</param>
public sealed record ComparedScores(string Label, IReadOnlyList<double> Scores)
{
    /// <summary>The name in sentences.</summary>
    public string Label { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Label);

    /// <summary>One finite score per run.</summary>
    public IReadOnlyList<double> Scores { get; init => field = Guard.NotNull(value); } = Guard.NotNull(Scores);

    /// <summary>The seed of every score, each once; null if unknown. Sides with the same seeds are compared seed by seed.</summary>
    public IReadOnlyList<ulong>? Seeds { get; init; }

    /// <summary>The world: a name or a hash.</summary>
    public string? World { get; init; }

    /// <summary>The step limit of an episode.</summary>
    public long? StepLimit { get; init; }

    /// <summary>Episodes of training per run.</summary>
    public long? Episodes { get; init; }

    /// <summary>Steps of training per run, such as the mean over seeds.</summary>
    public long? Steps { get; init; }

    /// <summary>The seeds that the hyperparameters were tuned on; null if they were not tuned or it is unknown.</summary>
    public IReadOnlyList<ulong>? TunedOnSeeds { get; init; }

    /// <summary>The scores in the order of their seeds, or in ascending order: never in the order of the runs.</summary>
    internal double[] InSeedOrder() =>
        [.. Seeds is null ? Scores.Order() : Seeds.Zip(Scores).OrderBy(run => run.First).Select(run => run.Second)];

    internal void Check(Faults faults)
    {
        string name = $"'{Printable.Text(Label)}'";
        faults.Require(!string.IsNullOrWhiteSpace(Label), "The label of a side must not be empty. Use the name of the learner.");
        GridWorld.Scores.Check(faults, Scores, name);
        faults.Require(Seeds is null || Seeds.Count == Scores.Count,
            $"{name} must have one seed per score (got {Seeds?.Count} seeds and {Scores.Count} scores).")
            .Require(Seeds is null || Seeds.Distinct().Count() == Seeds.Count,
            $"{name} must have every seed once (got {Seeds?.Count} seeds, {Seeds?.Distinct().Count()} different). "
            + "Remove the repeated runs.");
    }

    /// <summary>Sentences about what makes the comparison unfair.</summary>
    internal static IEnumerable<string> Warnings(ComparedScores first, ComparedScores second)
    {
        string? Differ(string what, string? a, string? b, string advice) => a is null || b is null || a == b ? null
            : $"The {what} differ: {first.Label} {Printable.Text(a)}, {second.Label} {Printable.Text(b)}. {advice}";
        string? Number(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture);
        string?[] warnings =
        [
            Differ("worlds", first.World, second.World, "Scores of different worlds are not comparable."),
            Differ("step limits", Number(first.StepLimit), Number(second.StepLimit), "A longer episode can earn or lose more."),
            Differ("episodes of training", Number(first.Episodes), Number(second.Episodes), "Compare at equal episodes or steps."),
            Differ("steps of training", Number(first.Steps), Number(second.Steps), "Compare the curves at equal steps as well."),
            first.Tuned(second),
            second.Tuned(first),
        ];
        return warnings.OfType<string>();
    }

    string? Tuned(ComparedScores other)
    {
        int shared = TunedOnSeeds?.Intersect(Seeds ?? other.Seeds ?? []).Count() ?? 0;
        return shared == 0 ? null : $"{Label} was tuned on {shared} of the seeds that judge it, so its scores are too good. "
            + "Judge it by other seeds.";
    }
}
