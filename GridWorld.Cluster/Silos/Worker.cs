using System.Diagnostics;

namespace GridWorld.Cluster;

/// <summary>
/// A worker: exchanges results for work until the sweep ends. The threads that train know nothing of the connection, which is opened again
/// whenever it is lost.
/// </summary>
internal sealed class Worker : IDisposable
{
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), HungryBeat = TimeSpan.FromSeconds(0.2), Pause = TimeSpan.FromSeconds(0.5);

    // Between two exchanges: results gather meanwhile.
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    // A silo that has not heard of its own death cannot talk to home any more.
    static readonly TimeSpan Deaf = TimeSpan.FromSeconds(15), Farewell = TimeSpan.FromSeconds(5);
    readonly WorkerOptions options;
    readonly WorkerPool pool;
    readonly string id = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
    readonly string name = FormattableString.Invariant($"{Environment.MachineName}/{Environment.ProcessId}");
    readonly Dictionary<string, World> worlds = [];
    SeedScoring? scoring;
    Link? link;
    bool isOver, isFenced, hasMoved, hasJoined;
    int restarts;
    double lost;
    long? since;

    public Worker(WorkerOptions options) => (this.options, pool) = (options, new(options.Threads));

    /// <summary>Number of pieces of work that it has trained.</summary>
    public long Finished => pool.Finished;

    public void Dispose() => pool.Dispose();

    /// <summary>Works until the sweep is over, which is true, or until it is canceled.</summary>
    /// <exception cref="InputException">Home refuses this worker.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (!isOver && !cancellation.IsCancellationRequested)
                await StepAsync(cancellation);
            if (!isOver)
                await LeaveAsync();
        }
        finally
        {
            if (link is not null)
                await link.DisposeAsync();
        }

        return isOver;
    }

    async Task StepAsync(CancellationToken cancellation)
    {
        try
        {
            link ??= await OpenAsync(cancellation);
            await ExchangeAsync(link, Math.Max(1, options.Threads));
            if (since is { } silent)
                (lost, since) = (lost + (hasJoined ? Stopwatch.GetElapsedTime(silent).TotalSeconds : 0), null);
            if (!hasJoined)
                options.Say($"joined {link.Place.Address}");
            hasJoined = true;
        }
        catch (Exception e) when (e is not InputException)
        {
            since ??= Stopwatch.GetTimestamp();
            await Task.Delay(Pause, CancellationToken.None);
            hasMoved = link is { } to && await options.FindAsync() is { } now && now != to.Place;
        }

        if (link is { } open && (open.IsLost || isFenced || hasMoved || since is { } begun && Stopwatch.GetElapsedTime(begun) > Deaf))
        {
            (link, isFenced, hasMoved, restarts) = (null, false, false, restarts + 1);
            since ??= Stopwatch.GetTimestamp();
            await open.DisposeAsync();
        }
        else if (!isOver && since is null)
        {
            await Task.Delay(Gather, CancellationToken.None);
            pool.WaitForNews(pool.IsHungry ? HungryBeat : Beat);
        }
    }

    async Task<Link> OpenAsync(CancellationToken cancellation)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            var home = await options.FindAsync();
            if (home is not null && await Probe.IsThereAsync(home.Address, options.Certificate, cancellation))
                return await Link.OpenAsync(home, options, cancellation);
            if (isFirst)
                options.Say((hasJoined ? "home does not answer" : "waiting for home") + options.Place(home));
            since ??= Stopwatch.GetTimestamp();
            await Task.Delay(Pause, cancellation);
        }
    }

    async Task ExchangeAsync(Link open, int threads)
    {
        using var activity = Telemetry.Measure("exchange", Telemetry.ExchangeTime);
        var home = open.Home;
        foreach (var (unit, episode, packed) in pool.States)
        {
            foreach (var part in StatePart.Of(unit, episode, packed))
                await home.Keep(id, part);
            pool.Sent(unit, packed);
        }

        var (held, done, returned) = pool.Report();
        activity.Activity?.SetTag("gridworld.results", done.Length);
        var orders = await home.Exchange(new(id, name, open.Silo, options.Own.Version, options.Own.Mathematics, options.Own.Token,
            pool.Sweep, threads, threads > 0 ? pool.Want : 0, held, done, returned, restarts, lost));
        if (orders.Refusal is { } why)
            throw new InputException(why);
        isFenced = orders.IsFenced;
        if (isFenced)
            return;
        pool.Taken(done, returned, orders.Unknown.ToHashSet());
        isOver = orders.IsOver;
        if (orders.Sweep.Length == 0 || isOver)
            return;
        if (orders.Sweep != pool.Sweep)
        {
            pool.Join(orders.Sweep);
            scoring = new(SweepObjectives.Parse(orders.Objective));
        }

        pool.Forget(orders.Abandon);
        pool.Hold(orders.IsHeld || threads == 0);
        await StartAsync(home, orders);
    }

    async Task StartAsync(ISweepGrain home, Orders orders)
    {
        var trials = new Dictionary<long, RunSpecification>();
        foreach (var trial in orders.Trials)
        {
            if (!worlds.TryGetValue(trial.World, out var world))
                worlds.Add(trial.World, world = World.FromJson(await home.World(id, trial.World) ?? throw new InvalidOperationException()));
            trials.Add(trial.Trial, trial.Specification(world));
        }

        foreach (var order in orders.Start.Where(o => pool.IsNew(o.Unit)))
        {
            var state = order.HasState ? await FetchAsync(home, order.Unit) : null;
            pool.Add(new(order.Unit, new(trials[order.Unit.Trial] with { Seed = order.Unit.Seed }, order.Episodes, order.IsLast, scoring!),
                state));
        }
    }

    async Task<IReadOnlyList<StateSection>?> FetchAsync(ISweepGrain home, UnitId unit)
    {
        var bytes = new List<byte>();
        for (int k = 0; await home.Fetch(id, unit, k) is { } part; k++)
        {
            bytes.AddRange(part.Bytes);
            if (k == part.Count - 1)
                return SeedTable.Unpack([.. bytes]);
        }

        return null;
    }

    // Gives all work back, with the states from which others go on.
    async Task LeaveAsync()
    {
        pool.Hold(true);
        long begun = Stopwatch.GetTimestamp();
        while (link is { IsLost: false } open && !pool.IsEmpty && Stopwatch.GetElapsedTime(begun) < Farewell)
        {
            try
            {
                await ExchangeAsync(open, threads: 0);
                await Task.Delay(Gather);
            }
            catch (Exception)
            {
                return;
            }
        }
    }
}
