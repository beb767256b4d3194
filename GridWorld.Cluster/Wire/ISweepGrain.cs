namespace GridWorld.Cluster;

/// <summary>Home, as the workers see it. Every call may be repeated.</summary>
[Alias("gw.sweep")]
internal interface ISweepGrain : IGrainWithStringKey
{
    /// <summary>The key of the only grain.</summary>
    const string Key = "home";

    /// <summary>Takes a worker's results and gives it new work.</summary>
    [Alias("exchange"), ResponseTimeout("00:00:05")]
    Task<Orders> Exchange(Report report);

    /// <summary>A world as JSON; null if home does not know the worker or the world.</summary>
    [Alias("world")]
    Task<string?> World(string worker, string hash);

    /// <summary>A part of the state from which work goes on; null if there is none.</summary>
    [Alias("fetch")]
    Task<StatePart?> Fetch(string worker, UnitId unit, int part);

    /// <summary>Keeps a part of a state.</summary>
    [Alias("keep")]
    Task Keep(string worker, StatePart part);
}
