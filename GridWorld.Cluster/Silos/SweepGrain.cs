namespace GridWorld.Cluster;

/// <summary>Home as a grain. It has no state of its own, so Orleans may end and begin it at any time.</summary>
[HomeOnly]
internal sealed class SweepGrain(Home home) : Grain, ISweepGrain
{
    public Task<Orders> Exchange(Report report) => Task.FromResult(home.Exchange(report));

    public Task<string?> World(string worker, string hash) => Task.FromResult(home.World(worker, hash));

    public Task<StatePart?> Fetch(string worker, UnitId unit, int part) => Task.FromResult(home.Fetch(worker, unit, part));

    public Task Keep(string worker, StatePart part)
    {
        home.Keep(worker, part);
        return Task.CompletedTask;
    }
}
