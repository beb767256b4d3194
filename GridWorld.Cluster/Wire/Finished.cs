namespace GridWorld.Cluster;

/// <summary>A result. The fields are those of <see cref="SeedResult"/>.</summary>
[GenerateSerializer, Immutable, Alias("gw.finished")]
internal sealed record Finished(
    [property: Id(0)] UnitId Unit, [property: Id(1)] bool IsFailed, [property: Id(2)] long Episodes, [property: Id(3)] long Steps,
    [property: Id(4)] double TotalReturn, [property: Id(5)] double? MeanReturn, [property: Id(6)] double? Score,
    [property: Id(7)] double? QChecksum, [property: Id(8)] double? GreedyValue, [property: Id(9)] string? Hash,
    [property: Id(10)] string? Error, [property: Id(11)] byte[] Curve)
{
    public static Finished Of(UnitId unit, SeedOutcome outcome)
    {
        var (result, curve) = (outcome.Result, new StateWriter());
        outcome.Curve!.Save(curve);
        return new(unit, result.State == TrialState.Failed, result.Episodes, result.Steps, result.TotalReturn, result.MeanReturnLast100,
            result.Score, result.QChecksum, result.GreedyValue, result.Hash, result.Error, SeedTable.Pack(curve.Sections));
    }

    public SeedResult Result => new(Unit.Seed, IsFailed ? TrialState.Failed : TrialState.Done, Episodes, Steps, TotalReturn, MeanReturn,
        Score, QChecksum, GreedyValue, Hash, Error);

    /// <summary>The outcome. The state for the next rung travels by itself.</summary>
    public SeedOutcome Outcome
    {
        get
        {
            var curve = new SeedCurve();
            curve.Load(new StateReader(SeedTable.Unpack(Curve)));
            return new(Result, curve, null);
        }
    }
}
