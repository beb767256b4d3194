namespace GridWorld;

/// <summary>
/// The waiting work of a sweep, and its results. The sweep adds work; the threads of this machine and the workers of others take it and
/// return results. Any thread may use it.
/// </summary>
/// <param name="path">The file of the sweep.</param>
/// <param name="resting">The trials of which the file has a state.</param>
internal sealed class SweepBoard(string path, IEnumerable<long> resting)
{
    readonly object gate = new();
    readonly Dictionary<UnitKey, SweepUnit> waiting = [];

    // Work that was claimed out of turn is still in line. What was returned goes first: others may wait for its result.
    readonly Queue<SweepUnit> returned = [], line = [];

    // Results that are not in the file yet.
    readonly Dictionary<UnitKey, SeedResult> unwritten = [];

    // Trials of which the file has a state.
    readonly HashSet<long> resting = [.. resting];
    SweepNews news = new();
    int underWay;
    bool isPaused, isStopping, isOver;

    /// <summary>How much work those who train can take at once; more than that should wait here.</summary>
    public int Demand { get; set; } = 1;

    /// <summary>The other machines that train for the sweep.</summary>
    public Func<IReadOnlyList<WorkerStatus>> Workers { get; set; } = () => [];

    /// <summary>Whether no work is to be trained now: work under way rests after its current episode.</summary>
    public bool IsHeld
    {
        get
        {
            lock (gate)
                return isPaused || isStopping || Failure is not null;
        }
    }

    /// <summary>Whether the sweep has ended or was stopped.</summary>
    public bool IsOver
    {
        get
        {
            lock (gate)
                return isOver;
        }
    }

    /// <summary>Whether the sweep is being stopped, to be resumed later.</summary>
    public bool IsStopping
    {
        get
        {
            lock (gate)
                return isStopping;
        }
    }

    /// <summary>Why the sweep stops; null if it goes on.</summary>
    public string? Failure { get; private set; }

    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Count;
        }
    }

    /// <summary>Whether nothing is being trained, and all that was handed in has been collected.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
                return underWay == 0 && news.IsEmpty;
        }
    }

    public void Pause() => Change(() => isPaused = true);

    public void Resume() => Change(() => isPaused = false);

    public void Stop() => Change(() => isStopping = true);

    public void Fail(string why) => Change(() => Failure ??= why);

    /// <summary>Ends it: no one takes work any more.</summary>
    public void End() => Change(() => isOver = true);

    /// <summary>Takes the next piece of work, and waits for one. Null when the sweep is over.</summary>
    public SweepUnit? Take()
    {
        lock (gate)
        {
            SweepUnit? unit;
            while ((unit = TryTake()) is null && !isOver)
                Monitor.Wait(gate);
            return unit;
        }
    }

    /// <summary>Takes the next piece of work; null if there is none now.</summary>
    public SweepUnit? TryTake()
    {
        lock (gate)
        {
            while (!isOver && !IsHeld && (returned.TryDequeue(out var unit) || line.TryDequeue(out unit)))
            {
                if (Claim(unit.Key) is { } taken)
                    return taken;
            }

            return null;
        }
    }

    /// <summary>Takes a piece of work that someone already trains; null if it does not wait here.</summary>
    public SweepUnit? Claim(UnitKey key)
    {
        lock (gate)
        {
            if (!waiting.Remove(key, out var unit))
                return null;
            underWay++;
            return unit;
        }
    }

    /// <summary>Whether the file may have a state from where a piece of work goes on.</summary>
    public bool HasState(UnitKey key)
    {
        lock (gate)
            return resting.Contains(key.Trial);
    }

    /// <summary>From where a piece of work goes on; null for the beginning.</summary>
    public IReadOnlyList<StateSection>? StateOf(UnitKey key) =>
        HasState(key) ? SweepFile.Read(path, c => SeedTable.ReadState(c, key.Trial, key.Seed)) : null;

    /// <summary>Notes of which trials the file has a state, and of which it has none any more.</summary>
    public void NoteStates(IEnumerable<TrialSearch> written, IEnumerable<TrialSearch> dropped)
    {
        lock (gate)
        {
            resting.UnionWith(written.Select(t => t.Number));
            resting.ExceptWith(dropped.Select(t => t.Number));
        }
    }

    /// <summary>The result of work that was taken once and does not wait any more; null if there is none.</summary>
    public SeedResult? ResultOf(UnitKey key)
    {
        lock (gate)
        {
            if (unwritten.TryGetValue(key, out var result))
                return result;
        }

        return SweepFile.Read(path, c => SeedTable.Read(c, key.Trial, key.Seed, key.Rung));
    }

    /// <summary>Keeps the state of work that was taken.</summary>
    public void Save(SweepUnit unit, long episode, IReadOnlyList<StateSection> state)
    {
        lock (gate)
            news.States.Add((unit, episode, state));
    }

    /// <summary>Hands in work that was taken: its outcome, or null if it is to be taken again.</summary>
    public void Return(SweepUnit unit, SeedOutcome? outcome)
    {
        lock (gate)
        {
            underWay--;
            if (outcome is null)
            {
                news.Returned.Add(unit);
            }
            else
            {
                news.Outcomes.Add(new(unit, outcome));
                unwritten[unit.Key] = outcome.Result;
            }

            if (news.Outcomes.Count >= Demand * 8 || waiting.Count == 0)
                Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits for a moment, unless something was handed in, and collects it.</summary>
    public SweepNews Collect(TimeSpan most)
    {
        lock (gate)
        {
            if (news.IsEmpty && !(isStopping && underWay == 0))
                Monitor.Wait(gate, most);
            var taken = news;
            news = new();
            return taken;
        }
    }

    /// <summary>Adds work, after what was collected has been written.</summary>
    public void Add(IEnumerable<SweepUnit> units, SweepNews written)
    {
        lock (gate)
        {
            Enqueue(returned, written.Returned);
            Enqueue(line, units);

            foreach (var outcome in written.Outcomes)
                unwritten.Remove(outcome.Unit.Key);
            Monitor.PulseAll(gate);
        }
    }

    void Enqueue(Queue<SweepUnit> queue, IEnumerable<SweepUnit> units)
    {
        foreach (var unit in units)
        {
            waiting.Add(unit.Key, unit);
            queue.Enqueue(unit);
        }
    }

    void Change(Action change)
    {
        lock (gate)
        {
            change();
            Monitor.PulseAll(gate);
        }
    }
}
