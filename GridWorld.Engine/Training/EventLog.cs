namespace GridWorld;

/// <summary>The events of a run: committed to the store, if there is one, before anyone sees them.</summary>
internal sealed class EventLog(string runId, TimeProvider time)
{
    readonly Lock gate = new();
    readonly List<RunEvent> events = [];

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

    public RunEvent Add(long episode, string happened, string? param = null, string? oldValue = null, string? newValue = null, string? message = null)
    {
        lock (gate)
        {
            var e = new RunEvent((events.Count == 0 ? 0 : events[^1].Seq) + 1, runId, episode, happened, time.GetUtcNow(), param, oldValue, newValue, message);
            try
            {
                Store?.Commit(e);
            }
            catch (Exception failure) when (failure is not InputException)
            {
                events.Add(e);
                Abandon(episode, failure);
                return e;
            }

            events.Add(e);
            return e;
        }
    }

    /// <summary>Goes on without the store, and says so.</summary>
    public void Abandon(long episode, Exception failure)
    {
        lock (gate)
        {
            if (Store is not { } lost)
                return;
            Store = null;
            string message = lost.Lost(failure);
            Add(episode, RunEvents.StoreError, message: message);
        }
    }

    public RunEvent[] After(long seq)
    {
        lock (gate)
            return [.. events.SkipWhile(e => e.Seq <= seq)];
    }

    public void Restore(IEnumerable<RunEvent> stored) => events.AddRange(stored);
}
