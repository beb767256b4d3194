namespace GridWorld;

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
