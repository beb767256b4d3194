namespace GridWorld.Cluster;

/// <summary>A piece of work to be trained.</summary>
/// <param name="Unit">The work.</param>
/// <param name="Episodes">Number of episodes that must have ended.</param>
/// <param name="IsLast">Whether this is the last rung, so that no later work needs its state.</param>
/// <param name="HasState">Whether it may go on from a state.</param>
[GenerateSerializer, Immutable, Alias("gw.order")]
internal sealed record UnitOrder(
    [property: Id(0)] UnitId Unit, [property: Id(1)] long Episodes, [property: Id(2)] bool IsLast, [property: Id(3)] bool HasState);
