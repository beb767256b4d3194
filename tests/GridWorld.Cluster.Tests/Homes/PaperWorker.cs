namespace GridWorld.Tests;

/// <summary>A worker without threads or a clock: the test says what it does and when.</summary>
internal sealed class PaperWorker(string name, Func<Report, Orders> exchange, Func<string, string?> world)
{
    readonly Dictionary<UnitId, (UnitOrder Order, TrialOrder Trial)> held = [];
    readonly List<Finished> done = [];
    string sweep = "", objective = "";

    public PaperWorker(Home home, string name) : this(name, home.Exchange, hash => home.World(name, hash)) => Home = home;

    public PaperWorker(Link link, string name) : this(name, report => link.Home.Exchange(report).GetAwaiter().GetResult(),
        hash => link.Home.World(name, hash).GetAwaiter().GetResult())
    {
    }

    /// <summary>Another home, where it is from now on.</summary>
    public Home Home
    {
        set => (exchange, world) = (value.Exchange, hash => value.World(name, hash));
    }

    public string Silo { get; init; } = "";

    public Compatibility Own { get; init; } = Compatibility.Here;

    public int Want { get; set; } = 1;

    public IReadOnlyCollection<UnitId> Held => held.Keys;

    /// <summary>Reports, and does what it is told.</summary>
    /// <param name="isLost">Whether the answer gets lost.</param>
    public Orders Exchange(bool isLost = false)
    {
        var orders = exchange(new(name, name, Silo, Own.Version, Own.Mathematics, Own.Token, sweep, 1, Want, [.. held.Keys], [.. done],
            [], 0, 0));
        if (isLost || orders.Sweep.Length == 0)
            return orders;
        done.RemoveAll(d => !orders.Unknown.Contains(d.Unit));
        (sweep, objective) = (orders.Sweep, orders.Objective);
        foreach (var unit in orders.Abandon)
            held.Remove(unit);
        foreach (var order in orders.Start.Where(o => !done.Exists(d => d.Unit == o.Unit)))
            held.TryAdd(order.Unit, (order, orders.Trials.Single(t => t.Trial == order.Unit.Trial)));
        return orders;
    }

    /// <summary>Trains a piece of work that it has.</summary>
    public Finished Train(UnitId unit, Func<Finished, Finished>? change = null)
    {
        var (order, trial) = held[unit];
        var specification = trial.Specification(World.FromJson(world(trial.World)!)) with { Seed = unit.Seed };
        var outcome = SweepWorker.Train(new(specification, order.Episodes, order.IsLast, new(SweepObjectives.Parse(objective))),
            () => null, () => false, (_, _) => { })!;
        held.Remove(unit);
        done.Add((change ?? (f => f))(Finished.Of(unit, outcome)));
        return done[^1];
    }

    /// <summary>Trains until the sweep is over.</summary>
    public void TrainAll()
    {
        Wait.Until(() =>
        {
            foreach (var unit in held.Keys.ToList())
                Train(unit);
            return Exchange().IsOver;
        }, "The sweep does not end.");
    }
}
