namespace GridWorld.Cluster;

/// <summary>What a worker says. Sending it again changes nothing.</summary>
/// <param name="Worker">A number that no other process has.</param>
/// <param name="Name">The worker's machine and process.</param>
/// <param name="Silo">The incarnation of its silo; empty for a client.</param>
/// <param name="Version">See <see cref="Compatibility"/>.</param>
/// <param name="Mathematics">See <see cref="Compatibility"/>.</param>
/// <param name="Token">See <see cref="Compatibility"/>.</param>
/// <param name="Sweep">The sweep that it trains; empty before the first orders.</param>
/// <param name="Threads">Number of threads that train; 0 when it leaves.</param>
/// <param name="Want">How many pieces of work it would have.</param>
/// <param name="Held">The pieces that it has.</param>
/// <param name="Done">Results.</param>
/// <param name="Returned">Pieces that it does not train any more.</param>
/// <param name="Restarts">How often it lost the connection.</param>
/// <param name="Lost">Seconds without a connection.</param>
[GenerateSerializer, Immutable, Alias("gw.report")]
internal sealed record Report(
    [property: Id(0)] string Worker, [property: Id(1)] string Name, [property: Id(2)] string Silo, [property: Id(3)] string Version,
    [property: Id(4)] string Mathematics, [property: Id(5)] string Token, [property: Id(6)] string Sweep, [property: Id(7)] int Threads,
    [property: Id(8)] int Want, [property: Id(9)] UnitId[] Held, [property: Id(10)] Finished[] Done, [property: Id(11)] UnitId[] Returned,
    [property: Id(12)] int Restarts, [property: Id(13)] double Lost);
