using System.Collections.Concurrent;

namespace GridWorld;

/// <summary>The runs that the server shows: those of this process, newest last, then those of a store.</summary>
internal sealed class ServedRuns(string? store) : IDisposable
{
    readonly Lock gate = new();
    readonly List<WatchedRun> registered = [];
    readonly ConcurrentDictionary<string, WatchedRun> opened = new(StringComparer.Ordinal);

    public string? Store { get; } = store;

    /// <summary>A run that was registered before, and its view, give way to the new one.</summary>
    public void Register(RunView view)
    {
        lock (gate)
        {
            if (registered.Exists(run => ReferenceEquals(run.View, view)))
                return;
            registered.RemoveAll(run => run.View.Id == view.Id);
            registered.Add(new(view));
        }
    }

    /// <summary>All of them, newest registered first.</summary>
    public IReadOnlyList<WatchedRun> All()
    {
        lock (gate)
            return [.. Enumerable.Reverse(registered)];
    }

    /// <summary>A run by its whole id; null takes the newest.</summary>
    public WatchedRun Find(string? id)
    {
        if (id is null)
            return All().FirstOrDefault() ?? throw new UnknownRunException("No run is shown yet. Train one, then show it.");
        lock (gate)
            if (registered.Find(run => run.View.Id == id) is { } live)
                return live;
        throw Unknown();
    }

    /// <summary>A run by its whole id, which may be left out where there is one run only.</summary>
    public WatchedRun FindOrOnly(string? id)
    {
        if (id is null && All().Count > 1)
            throw new InputException("There are several runs: add session=ID. GET api/training-sessions lists them.");
        return Find(id);
    }

    public void Dispose() => opened.Clear();

    // The id is not repeated: it may be anything.
    static UnknownRunException Unknown() => new("There is no such run. GET api/training-sessions lists those there are.");
}
