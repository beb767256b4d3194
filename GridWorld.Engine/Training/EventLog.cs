namespace GridWorld;

/// <summary>The events of a run: committed to the store, if there is one, before anyone sees them. A run without an id is one that is only run again, and nobody hears of it.</summary>
internal sealed class EventLog(string runId, RunSpecification specification, TimeProvider time)
{
    readonly Lock gate = new();
    readonly List<RunEvent> events = [];
    int told;

    public RunStore? Store { get; set; }

    public IReadOnlyList<RunEvent> All
    {
        get
        {
            lock (gate)
                return [.. events];
        }
    }

    public long LastSeq
    {
        get
        {
            lock (gate)
                return events.Count == 0 ? 0 : events[^1].Seq;
        }
    }

    public RunEvent Add(long episode, string happened, string? param = null, string? oldValue = null, string? newValue = null, string? message = null, StoredProgress? standing = null)
    {
        RunEvent e;
        lock (gate)
        {
            e = Next(episode, happened, param, oldValue, newValue, message);
            try
            {
                Store?.Commit(e, standing);
                events.Add(e);
            }
            catch (Exception failure) when (failure is not InputException)
            {
                events.Add(e);
                Lose(episode, failure);
            }
        }

        Tell();
        return e;
    }

    /// <summary>Goes on without the store, and says so.</summary>
    public void Abandon(long episode, Exception failure)
    {
        lock (gate)
            Lose(episode, failure);
        Tell();
    }

    public RunEvent[] After(long seq)
    {
        lock (gate)
            return [.. events.SkipWhile(e => e.Seq <= seq)];
    }

    /// <summary>Takes in events that are committed already.</summary>
    /// <param name="stored">The events, in order.</param>
    /// <param name="known">How many of them befell the run in an earlier life, or befell the run it was forked from.</param>
    public void Restore(IReadOnlyList<RunEvent> stored, int known)
    {
        events.AddRange(stored);
        told = known;
        Tell();
    }

    RunEvent Next(long episode, string happened, string? param = null, string? oldValue = null, string? newValue = null, string? message = null) =>
        new((events.Count == 0 ? 0 : events[^1].Seq) + 1, runId, episode, happened, time.GetUtcNow(), param, oldValue, newValue, message);

    void Lose(long episode, Exception failure)
    {
        if (Store is not { } lost)
            return;
        Store = null;
        events.Add(Next(episode, RunEvents.StoreError, message: lost.Lost(failure)));
    }

    // Outside the lock: who hears of it may take his time, or read the log.
    void Tell()
    {
        RunEvent[] news;
        lock (gate)
            (news, told) = (runId.Length == 0 ? [] : [.. events.Skip(told)], events.Count);
        foreach (var e in news)
            Telemetry.Tell(e, specification);
    }
}
