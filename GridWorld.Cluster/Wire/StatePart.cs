namespace GridWorld.Cluster;

/// <summary>A part of a packed state.</summary>
/// <param name="Unit">The work.</param>
/// <param name="Episode">Number of episodes that have ended.</param>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Count">Number of parts.</param>
/// <param name="Bytes">Its bytes.</param>
[GenerateSerializer, Immutable, Alias("gw.part")]
internal sealed record StatePart(
    [property: Id(0)] UnitId Unit, [property: Id(1)] long Episode, [property: Id(2)] int Index, [property: Id(3)] int Count,
    [property: Id(4)] byte[] Bytes)
{
    /// <summary>The most bytes of a part.</summary>
    public const int Most = 1 << 20;

    /// <summary>The parts of a packed state.</summary>
    public static IEnumerable<StatePart> Of(UnitId unit, long episode, byte[] packed)
    {
        var parts = packed.Chunk(Most).ToList();
        return parts.Select((bytes, k) => new StatePart(unit, episode, k, parts.Count, bytes));
    }
}
