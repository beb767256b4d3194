namespace GridWorld.Cluster;

/// <summary>
/// Hands the work of a sweep to workers, under leases, and takes their results. It knows no network: each method answers a message. Work
/// whose worker is silent or dead is given to another one. What the first worker reports later is compared with the other result.
/// </summary>
/// <param name="own">Home's side of what all must have in common.</param>
/// <param name="time">The clock.</param>
/// <param name="isDead">Whether the silo of this incarnation was declared dead.</param>
/// <param name="say">Told who comes and goes.</param>
internal sealed class Home(Compatibility own, TimeProvider time, Func<string, bool> isDead, Action<string> say)
{
    /// <summary>How often <see cref="Tick"/> is called.</summary>
    public static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// A lease ends after so many ticks without a report: 10 s. Ticks, not seconds: while home itself is frozen, no lease runs out.
    /// </summary>
    public const int LeaseTicks = 20;

    readonly object gate = new();
    readonly Dictionary<string, HomeWorker> workers = [];
    readonly Dictionary<UnitKey, HomeWorker> owners = [];
    readonly Dictionary<string, World> worlds = [];
    SweepRun? run;
    int ownDemand;
    bool needsMathematics;
    long tick;

    /// <summary>Number of late results that were the same as the first.</summary>
    public long Verified { get; private set; }

    /// <summary>Number of pieces of work that were taken from workers.</summary>
    public long Requeued { get; private set; }

    /// <summary>From now on, workers train this sweep.</summary>
    public void Serve(SweepRun sweep)
    {
        lock (gate)
            (run, ownDemand, needsMathematics) = (sweep, sweep.Board.Demand, Compatibility.NeedsMathematics(sweep.Definition));
        sweep.Board.Workers = () => Workers;
    }

    /// <summary>All workers, by name.</summary>
    public IReadOnlyList<WorkerStatus> Workers
    {
        get
        {
            lock (gate)
            {
                return [.. workers.Values.OrderBy(w => w.Last.Name, StringComparer.Ordinal).Select(w => new WorkerStatus(w.Last.Name,
                    w.Last.Threads, w.IsGone ? 0 : w.Rate, time.GetElapsedTime(w.Seen).TotalSeconds, w.Last.Restarts, w.Last.Lost,
                    w.IsGone))];
            }
        }
    }

    /// <summary>Whether every worker that is not gone knows that the sweep has ended.</summary>
    public bool HasToldAll
    {
        get
        {
            lock (gate)
                return workers.Values.All(w => w.IsGone || w.IsTold);
        }
    }

    bool IsOver => run is { Completion.IsCompleted: true, State: not RunState.Stopped };

    /// <summary>Answers a report.</summary>
    public Orders Exchange(Report report)
    {
        lock (gate)
        {
            if (own.Refusal(new(report.Version, report.Mathematics, report.Token), needsMathematics) is { } why)
                return Orders.None with { Refusal = why };
            if (report.Silo.Length > 0 && isDead(report.Silo))
                return Orders.None with { IsFenced = true };
            if (run is null)
                return Orders.None with { IsHeld = true };
            var worker = Seen(report);
            if (report.Sweep.Length > 0 && report.Sweep != run.Id)
                report = report with { Held = [], Done = [], Returned = [] };
            var unknown = report.Done.Where(done => !Take(worker, done)).Select(done => done.Unit).ToArray();
            foreach (var unit in report.Returned)
                Return(worker, unit.Key);
            if (IsOver)
            {
                worker.IsTold = true;
                return Orders.None with { IsOver = true, Sweep = run.Id };
            }

            worker.IsGone = report.Threads == 0 && worker.Leases.Count == 0;
            if (worker.IsGone)
                say($"worker {worker.Last.Name} has left");
            var abandon = report.Held.Where(unit => !Holds(worker, unit.Key)).ToArray();
            return Give(worker, report, abandon, unknown) with { Abandon = abandon, Unknown = unknown, IsHeld = run.Board.IsHeld };
        }
    }

    /// <summary>Takes work from workers that are silent or dead.</summary>
    public void Tick()
    {
        lock (gate)
        {
            tick++;
            foreach (var worker in workers.Values.Where(w => !w.IsGone
                && (tick - w.Beat > LeaseTicks || w.Last.Silo.Length > 0 && isDead(w.Last.Silo))))
            {
                worker.IsGone = true;
                if (worker.IsTold)
                    continue;
                Requeued += worker.Leases.Count;
                Telemetry.SweepRequeued.TryAdd(worker.Leases.Count, new KeyValuePair<string, object?>(Telemetry.Worker, worker.Last.Name));
                say($"worker {worker.Last.Name} is gone; others get its {Printable.Count(worker.Leases.Count, "run")}");
                foreach (var key in worker.Leases.Keys.ToList())
                    Return(worker, key);
            }

            Demand();
        }
    }

    public string? World(string worker, string hash)
    {
        lock (gate)
            return workers.ContainsKey(worker) && worlds.TryGetValue(hash, out var world) ? world.ToJson() : null;
    }

    public StatePart? Fetch(string worker, UnitId unit, int part)
    {
        lock (gate)
        {
            if (!IsOwner(worker, unit))
                return null;
            var to = workers[worker];
            to.Beat = tick;
            if (to.Fetched.FirstOrDefault()?.Unit != unit)
                to.Fetched = run!.Board.StateOf(unit.Key) is { } state ? [.. StatePart.Of(unit, 0, SeedTable.Pack(state))] : [];
            return to.Fetched.ElementAtOrDefault(part);
        }
    }

    public void Keep(string worker, StatePart part)
    {
        lock (gate)
        {
            if (!IsOwner(worker, part.Unit))
                return;
            var from = workers[worker];
            from.Beat = tick;
            if (part.Index == 0)
                from.Parts[part.Unit] = [];
            if (!from.Parts.TryGetValue(part.Unit, out var parts) || parts.Count != part.Index)
                return;
            parts.Add(part);
            if (parts.Count < part.Count)
                return;
            from.Parts.Remove(part.Unit);
            run!.Board.Save(from.Leases[part.Unit.Key], part.Episode, SeedTable.Unpack([.. parts.SelectMany(p => p.Bytes)]));
        }
    }

    bool IsOwner(string worker, UnitId unit) => owners.TryGetValue(unit.Key, out var owner) && owner.Id == worker;

    HomeWorker Seen(Report report)
    {
        if (!workers.TryGetValue(report.Worker, out var worker))
            workers.Add(report.Worker, worker = new(report.Worker) { IsGone = true });
        if (worker.IsGone && report.Threads > 0)
            say($"worker {Printable.Text(report.Name)} has joined with {Printable.Count(report.Threads, "thread")}");
        worker.Note(report, time.GetTimestamp(), time);
        worker.Beat = tick;
        Demand();
        return worker;
    }

    void Demand() => run?.Board.Demand = Math.Max(1, ownDemand + workers.Values.Where(w => !w.IsGone).Sum(w => w.Last.Want));

    // Whether the result's work is known.
    bool Take(HomeWorker worker, Finished done)
    {
        var key = done.Unit.Key;
        if ((Release(key) ?? run!.Board.Claim(key)) is { } unit)
        {
            Telemetry.SweepRuns.TryAdd(1, new KeyValuePair<string, object?>(Telemetry.Worker, worker.Last.Name));
            run!.Board.Return(unit, done.Outcome);
            return true;
        }

        if (run!.Board.ResultOf(key) is not { } known)
            return false;
        if (known == done.Result)
        {
            Verified++;
            return true;
        }

        run.Board.Fail($"Trial {key.Trial} is not deterministic: seed {key.Seed} was trained twice and gave different results, at last on "
            + $"{Printable.Text(worker.Last.Name)} (hash {done.Hash}, score {done.Score}; before: hash {known.Hash}, score {known.Score}). "
            + "Its learner or objective depends on something other than its settings and seed, or a machine is faulty.");
        return true;
    }

    void Return(HomeWorker worker, UnitKey key)
    {
        if (worker.Leases.ContainsKey(key) && Release(key) is { } unit)
            run!.Board.Return(unit, null);
    }

    // Ends the lease of a piece of work, whichever worker has it.
    SweepUnit? Release(UnitKey key)
    {
        if (!owners.Remove(key, out var owner) || !owner.Leases.Remove(key, out var unit))
            return null;
        owner.Parts.Remove(UnitId.Of(key));
        return unit;
    }

    // Whether a worker may go on with a piece of work: it has the lease, or gets it now, or home does not know the work yet.
    bool Holds(HomeWorker worker, UnitKey key)
    {
        if (owners.TryGetValue(key, out var owner))
            return owner == worker;
        if (run!.Board.Claim(key) is { } unit)
        {
            Lease(worker, unit);
            return true;
        }

        return run.Board.ResultOf(key) is null;
    }

    void Lease(HomeWorker worker, SweepUnit unit)
    {
        owners[unit.Key] = worker;
        worker.Leases[unit.Key] = unit;
        worlds.TryAdd(unit.Trial.Trial.Specification.World.Hash, unit.Trial.Trial.Specification.World);
    }

    // Half of a worker's part of all that is left, so that toward the end nobody hoards what others could train; but work for a quarter of
    // a second, since what it wants is work for two.
    int Share(HomeWorker worker)
    {
        int threads = workers.Values.Where(w => !w.IsGone).Sum(w => w.Last.Threads);
        long left = run!.Board.Waiting + owners.Count;
        return (int)Math.Max(worker.Last.Threads + 1 + worker.Last.Want / 8, left * worker.Last.Threads / (2 * Math.Max(1, threads)));
    }

    Orders Give(HomeWorker worker, Report report, UnitId[] abandon, UnitId[] unknown)
    {
        var has = report.Held.Concat(unknown).Select(unit => unit.Key).ToHashSet();
        int most = Math.Min(report.Want, Share(worker));
        // What was given before and did not arrive is given again.
        var given = worker.Leases.Values.Where(unit => !has.Contains(unit.Key)).ToList();
        while (report.Held.Length - abandon.Length + given.Count < most && run!.Board.TryTake() is { } unit)
        {
            Lease(worker, unit);
            // Work that home did not know a moment ago, as after a restart, may be what this worker already has.
            if (!has.Contains(unit.Key))
                given.Add(unit);
        }

        var orders = given.Select(unit => (Unit: UnitId.Of(unit.Key), unit.Work)).ToArray();
        return Orders.None with
        {
            Sweep = run!.Id,
            Objective = run.Definition.Objective,
            Trials = [.. given.Select(unit => unit.Trial).Distinct().Select(t => TrialOrder.Of(t.Number, t.Trial.Specification))],
            Start = [.. orders.Select(o => new UnitOrder(o.Unit, o.Work.Episodes, o.Work.IsLast, run.Board.HasState(o.Unit.Key)))],
        };
    }
}
