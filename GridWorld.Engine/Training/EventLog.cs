namespace GridWorld;

/// <summary>
/// The events of a run. An event is committed to the run file, if there is one, before anyone sees it. A run without an id is a replay,
/// whose events are not reported.
/// </summary>
internal sealed class EventLog(string runId, RunSpecification specification, TimeProvider time, RunStore? store = null)
{
    readonly Lock gate = new();
    readonly List<RunEvent> events = [];
    RunEvent[]? all;
    int told;

    /// <summary>The id of the run; empty for a replay.</summary>
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

    public RunEvent Add(long episode, RunEventKind happened, string? param = null, string? oldValue = null, string? newValue = null,
        string? message = null, StoredProgress? standing = null)
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

    /// <summary>The events with a greater number. Numbers have no gaps.</summary>
    public RunEvent[] After(long seq)
    {
        lock (gate)
            return seq >= events.Count ? [] : [.. events[(int)Math.Max(seq, 0)..]];
    }

    /// <summary>Adds events that are already committed.</summary>
    /// <param name="stored">The events, in order.</param>
    /// <param name="known">The number of old events, from before a resume or from the parent of a fork.</param>
    public void Restore(IReadOnlyList<RunEvent> stored, int known)
    {
        events.AddRange(stored);
        told = known;
        Tell();
    }

    // Calls listeners outside the lock, because a listener may be slow or read the log.
    void Tell()
    {
        RunEvent[] news;
        lock (gate)
            (news, told) = (runId.Length == 0 ? [] : [.. events[told..]], events.Count);
        foreach (var e in news)
            RunTelemetry.Tell(e, specification);
    }
}
