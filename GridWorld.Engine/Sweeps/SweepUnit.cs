namespace GridWorld;

/// <summary>What identifies a piece of work in the file of a sweep, and between machines.</summary>
/// <param name="Trial">The number of the trial.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Rung">How often the pruner had let the trial go on.</param>
internal readonly record struct UnitKey(long Trial, ulong Seed, int Rung);

/// <summary>A piece of work: one seed of one trial, up to the end of a rung.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Place">The number of the seed within the trial, from 0.</param>
/// <param name="Rung">How often the pruner had let the trial go on.</param>
/// <param name="Episodes">Number of episodes that must have ended then.</param>
/// <param name="Scoring">What its result is judged by.</param>
internal sealed record SweepUnit(TrialSearch Trial, ulong Seed, int Place, int Rung, long Episodes, SeedScoring Scoring)
{
    public UnitKey Key => new(Trial.Number, Seed, Rung);

    /// <summary>What is to be trained.</summary>
    public SeedWork Work => new(Trial.Trial.Specification with { Seed = Seed }, Episodes, Rung == Trial.Bracket.Rungs.Count - 1, Scoring);
}

/// <summary>What a piece of work trains. It needs neither the sweep nor its file.</summary>
/// <param name="Specification">The run.</param>
/// <param name="Episodes">Number of episodes that must have ended.</param>
/// <param name="IsLast">Whether this is the last rung, so that no later work needs its state.</param>
/// <param name="Scoring">What its result is judged by.</param>
internal sealed record SeedWork(RunSpecification Specification, long Episodes, bool IsLast, SeedScoring Scoring);

/// <summary>What came of a seed.</summary>
/// <param name="Result">The result, with its score.</param>
/// <param name="Curve">The learning curve; null for a result that is in the file already.</param>
/// <param name="State">From where the next rung goes on; null after the last one.</param>
internal sealed record SeedOutcome(SeedResult Result, SeedCurve? Curve, IReadOnlyList<StateSection>? State);

/// <summary>What came of a piece of work.</summary>
/// <param name="Unit">The work.</param>
/// <param name="Seed">What came of its seed.</param>
internal sealed record SweepOutcome(SweepUnit Unit, SeedOutcome Seed)
{
    public SeedResult Result => Seed.Result;
}

/// <summary>Turns the training of one seed into its score.</summary>
internal sealed class SeedScoring(SweepObjective objective)
{
    readonly Dictionary<(Mdp, int), ReturnScale> scales = [];

    public double? Threshold => objective.Target;

    public bool KeepsRecords => objective.Score is not null;

    public double Of(SeedTraining training, RunSpecification specification, Mdp mdp)
    {
        var result = training.Result;
        return objective switch
        {
            { Score: { } own } => own(training.Records),
            { Target: not null } => training.StepsToThreshold ?? double.PositiveInfinity,
            { Name: "mean_return" } => result.MeanReturn ?? double.NaN,
            { Name: "optimality_gap" } =>
                1 - Math.Min(1, Scale(mdp, specification.StepLimit).Normalize(result.MeanReturnLast100 ?? double.NaN)),
            _ => result.MeanReturnLast100 ?? double.NaN,
        };
    }

    ReturnScale Scale(Mdp mdp, int stepLimit)
    {
        lock (scales)
        {
            return scales.TryGetValue((mdp, stepLimit), out var known) ? known
                : scales[(mdp, stepLimit)] = ReturnScale.Of(mdp, stepLimit);
        }
    }
}
