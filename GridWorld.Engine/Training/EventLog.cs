namespace GridWorld;

/// <summary>
/// The events of a run: committed to the store, if there is one, before anyone sees them. A run without an id is only rerun, and no one is told of it.
/// </summary>
internal sealed class EventLog(string runId, RunSpecification specification, TimeProvider time, RunStore? store = null)
{
    readonly Lock gate = new();
    readonly List<RunEvent> events = [];
    RunEvent[]? all;
    int told;

    /// <summary>The run's id; empty where past training is only rerun.</summary>
    public string RunId => runId;

    public RunSpecification Specification => specification;

    public RunStore? Store => store;

    public IReadOnlyList<RunEvent> All
    {
        get
        {
            lock (gate)
                return all ??= [.. events];
        }
    }

    public long LastSeq
    {
        get
        {
            lock (gate)
                return events.Count;
        }
    }

    public RunEvent Add(long episode, string happened, string? param = null, string? oldValue = null, string? newValue = null, string? message = null, StoredProgress? standing = null)
    {
        RunEvent e;
        lock (gate)
        {
            e = new(events.Count + 1, runId, episode, happened, time.GetUtcNow(), param, oldValue, newValue, message);
            store?.Commit(e, standing);
            events.Add(e);
            all = null;
        }

        Tell();
        return e;
    }

    /// <summary>The events with a greater number; numbers have no gaps.</summary>
    public RunEvent[] After(long seq)
    {
        lock (gate)
            return seq >= events.Count ? [] : [.. events[(int)Math.Max(seq, 0)..]];
    }

    /// <summary>Takes in events that are committed already.</summary>
    /// <param name="stored">The events, in order.</param>
    /// <param name="known">How many of them are old: from before a resume, or from the run it was forked from.</param>
    public void Restore(IReadOnlyList<RunEvent> stored, int known)
    {
        events.AddRange(stored);
        told = known;
        Tell();
    }

    // Outside the lock: a listener may take its time, or read the log.
    void Tell()
    {
        RunEvent[] news;
        lock (gate)
            (news, told) = (runId.Length == 0 ? [] : [.. events[told..]], events.Count);
        foreach (var e in news)
            RunTelemetry.Tell(e, specification);
    }
}
