namespace GridWorld.Cluster;

/// <summary>A piece of work: one seed of one trial, up to the end of a rung.</summary>
[GenerateSerializer, Immutable, Alias("gw.unit")]
internal readonly record struct UnitId([property: Id(0)] long Trial, [property: Id(1)] ulong Seed, [property: Id(2)] int Rung)
{
    public UnitKey Key => new(Trial, Seed, Rung);

    public static UnitId Of(UnitKey key) => new(key.Trial, key.Seed, key.Rung);
}
