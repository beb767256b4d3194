using System.Diagnostics;

namespace GridWorld.Cluster;

/// <summary>
/// The threads of a worker, the work that they have and its results until home has them. It knows no network, so training goes on whatever
/// happens to the connection.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    // Enough work for two seconds, so that a slow answer leaves no thread idle.
    const double Ahead = 2;
    const int MostAhead = 4096;
    readonly object gate = new();
    readonly Dictionary<UnitId, Piece> held = [];
    readonly Queue<Piece> queue = [];
    readonly List<Finished> done = [];
    readonly List<UnitId> returned = [];

    // The newest state of each piece, packed, that home does not have.
    readonly Dictionary<UnitId, (long Episode, byte[] Packed)> states = [];
    readonly List<Thread> threads;
    long finished, begun = Stopwatch.GetTimestamp();
    volatile bool isHeld;
    bool isOver;

    /// <param name="count">Number of threads.</param>
    public WorkerPool(int count)
    {
        threads = [.. Enumerable.Range(1, count).Select(k => new Thread(Work) { IsBackground = true, Name = $"GridWorld worker {k}" })];
        threads.ForEach(thread => thread.Start());
    }

    /// <summary>Number of pieces of work of this sweep that were trained to their end.</summary>
    public long Finished
    {
        get
        {
            lock (gate)
                return finished;
        }
    }

    /// <summary>The sweep that it trains; empty before the first orders.</summary>
    public string Sweep { get; private set; } = "";

    /// <summary>Whether nothing is being trained, and home has everything.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate)
                return held.Count + done.Count + returned.Count + states.Count == 0;
        }
    }

    /// <summary>How many pieces of work it would have.</summary>
    public int Want
    {
        get
        {
            lock (gate)
            {
                double perSecond = finished / Math.Max(1, Stopwatch.GetElapsedTime(begun).TotalSeconds);
                return isHeld ? 0 : threads.Count + (int)Math.Clamp(Math.Ceiling(perSecond * Ahead), 1, MostAhead);
            }
        }
    }

    /// <summary>The pieces that it has, its results, and the pieces that it gives back. A result waits until home has its state.</summary>
    public (UnitId[] Held, Finished[] Done, UnitId[] Returned) Report()
    {
        lock (gate)
        {
            return ([.. held.Keys, .. done.Where(d => states.ContainsKey(d.Unit)).Select(d => d.Unit)],
                [.. done.Where(d => !states.ContainsKey(d.Unit))], [.. returned.Where(unit => !states.ContainsKey(unit))]);
        }
    }

    /// <summary>The states that home does not have.</summary>
    public IReadOnlyList<(UnitId Unit, long Episode, byte[] Packed)> States
    {
        get
        {
            lock (gate)
                return [.. states.Select(s => (s.Key, s.Value.Episode, s.Value.Packed))];
        }
    }

    /// <summary>Forgets a state that home has, unless there is a newer one.</summary>
    public void Sent(UnitId unit, byte[] packed)
    {
        lock (gate)
        {
            if (states.TryGetValue(unit, out var now) && now.Packed == packed)
                states.Remove(unit);
        }
    }

    /// <summary>Starts to work for a sweep, and forgets the work of any other one.</summary>
    public void Join(string sweep)
    {
        lock (gate)
        {
            if (Sweep == sweep)
                return;
            (Sweep, begun, finished) = (sweep, Stopwatch.GetTimestamp(), 0);
            Forget([.. held.Keys]);
            done.Clear();
            returned.Clear();
            states.Clear();
        }
    }

    /// <summary>Forgets what home has taken.</summary>
    public void Taken(IEnumerable<Finished> results, IEnumerable<UnitId> units, IReadOnlyCollection<UnitId> unknown)
    {
        lock (gate)
        {
            var taken = results.Select(r => r.Unit).Except(unknown).ToHashSet();
            done.RemoveAll(d => taken.Contains(d.Unit));
            returned.RemoveAll(units.ToHashSet().Contains);
        }
    }

    /// <summary>Gives up work.</summary>
    public void Forget(IReadOnlyList<UnitId> units)
    {
        lock (gate)
        {
            foreach (var unit in units)
            {
                if (held.Remove(unit, out var piece))
                    piece.Abandon();
                states.Remove(unit);
                done.RemoveAll(d => d.Unit == unit);
            }
        }
    }

    /// <summary>Whether it has no such work yet.</summary>
    public bool IsNew(UnitId unit)
    {
        lock (gate)
            return !held.ContainsKey(unit) && !done.Exists(d => d.Unit == unit);
    }

    public void Add(Piece piece)
    {
        lock (gate)
        {
            if (!held.TryAdd(piece.Unit, piece))
                return;
            queue.Enqueue(piece);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Holds training, so that all work is given back, or goes on.</summary>
    public void Hold(bool isHeld)
    {
        lock (gate)
        {
            this.isHeld = isHeld;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Whether a thread has nothing to train.</summary>
    public bool IsHungry
    {
        get
        {
            lock (gate)
                return queue.Count == 0 && !isHeld;
        }
    }

    /// <summary>Waits until home should be told something, or for so long.</summary>
    public void WaitForNews(TimeSpan most)
    {
        lock (gate)
        {
            if (!HasNews())
                Monitor.Wait(gate, most);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            Forget([.. held.Keys]);
            Monitor.PulseAll(gate);
        }

        threads.ForEach(thread => thread.Join());
    }

    // Many small results go together; one that leaves a thread without work goes at once.
    bool HasNews() => states.Count > 0 || returned.Count > 0 || done.Count > 0 && queue.Count <= Math.Max(1, held.Count / 2);

    void Work()
    {
        while (Next() is { } piece)
        {
            var outcome = piece.IsAbandoned || isHeld ? null
                : SweepWorker.Train(piece.Work, () => piece.State, () => piece.IsAbandoned || isHeld,
                    (episode, state) => Save(piece, episode, SeedTable.Pack(state)));
            if (outcome is { State: { } state })
                Save(piece, outcome.Result.Episodes, SeedTable.Pack(state));
            End(piece, outcome);
        }
    }

    Piece? Next()
    {
        lock (gate)
        {
            Piece? piece = null;
            while (!isOver && !queue.TryDequeue(out piece))
                Monitor.Wait(gate);
            return isOver ? null : piece;
        }
    }

    void Save(Piece piece, long episode, byte[] packed)
    {
        lock (gate)
        {
            if (!piece.IsAbandoned)
                states[piece.Unit] = (episode, packed);
            Monitor.PulseAll(gate);
        }
    }

    void End(Piece piece, SeedOutcome? outcome)
    {
        lock (gate)
        {
            if (piece.IsAbandoned)
                return;
            held.Remove(piece.Unit);
            if (outcome is null)
                returned.Add(piece.Unit);
            else
                done.Add(Cluster.Finished.Of(piece.Unit, outcome));
            finished += outcome is null ? 0 : 1;
            if (HasNews())
                Monitor.PulseAll(gate);
        }
    }
}
