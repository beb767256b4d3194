namespace GridWorld;

/// <summary>The runs that the server shows: those of this process, newest first, then those of a store's folder.</summary>
/// <param name="store">The folder; null shows what is registered only.</param>
internal sealed class ServedRuns(string? store)
{
    const int MostOpened = 8;

    readonly Lock gate = new();
    readonly List<WatchedRun> registered = [];
    readonly List<WatchedRun> replayed = [];
    readonly List<WatchedRun> opened = [];

    public string? Store { get; } = store;

    /// <summary>A run that was registered before, and its view, give way to the new one; what is being replayed is shown instead of the run itself.</summary>
    public void Register(RunView view)
    {
        lock (gate)
        {
            if (replayed.Exists(run => ReferenceEquals(run.View, view)))
                return;
            EndReplay(view.Id);
            if (view is ReplayedRun)
            {
                replayed.Add(new(view));
                return;
            }

            if (registered.Exists(run => ReferenceEquals(run.View, view)))
                return;
            registered.RemoveAll(run => run.View.Id == view.Id);
            registered.Add(new(view));
        }
    }

    /// <summary>Shows a run itself again.</summary>
    public void EndReplay(string id)
    {
        lock (gate)
            replayed.RemoveAll(run => run.View.Id == id);
    }

    /// <summary>Those of this process, newest registered first; before them those that are replayed.</summary>
    public IReadOnlyList<WatchedRun> Registered()
    {
        lock (gate)
            return [.. Enumerable.Reverse(replayed), .. Enumerable.Reverse(registered).Where(run => !replayed.Exists(other => other.View.Id == run.View.Id))];
    }

    /// <summary>Those of the folder that this process does not have, newest first; one that cannot be read says why.</summary>
    public IReadOnlyList<RunSummary> Stored()
    {
        if (Store is null)
            return [];
        var here = Registered().Select(run => run.View.Id).ToHashSet();
        return [.. StoreFolder.List(Store).Where(run => !here.Contains(run.Id)).Reverse()];
    }

    /// <summary>A run by its whole id; null takes the newest.</summary>
    public WatchedRun Find(string? id)
    {
        if (id is null)
        {
            return Registered() is [var newest, ..] ? newest
                : Stored().FirstOrDefault(run => run.Error is null) is { } stored ? Open(stored.Id)
                : throw new UnknownRunException("No run is shown yet. Train one, then show it.");
        }

        if (Here(id) is { } here)
            return here;
        // An id that names no file of the folder stops here: it is not looked for in any other way.
        return Store is not null && RunIds.IsValid(id) && File.Exists(StoreFile.PathOf(Store, id)) ? Open(id)
            : throw new UnknownRunException("There is no such run. GET api/training-sessions lists those there are.");
    }

    /// <summary>The run of this id as it is shown, if it is one of this process or replayed.</summary>
    public WatchedRun? Here(string id)
    {
        lock (gate)
            return replayed.Find(run => run.View.Id == id) ?? registered.Find(run => run.View.Id == id);
    }

    /// <summary>The run of this id if it is one of this process.</summary>
    public WatchedRun? Live(string id)
    {
        lock (gate)
            return registered.Find(run => run.View.Id == id);
    }

    /// <summary>Takes a run of the folder up in this process, to train on.</summary>
    /// <exception cref="InputException">It has nothing left to train, no such checkpoint, or another process trains it.</exception>
    public WatchedRun TakeUp(string id, long? moreEpisodes, string? checkpoint = null)
    {
        var live = Live(id)?.View;
        var folder = live?.StorePath is { } path ? Path.GetDirectoryName(path) : Store;
        if (folder is null)
            throw new InputException("This run is kept in memory only, so there is no checkpoint to go on from.");
        // A pace given after the end is not in the file.
        var options = live is { Run: { } ended, StorePath: not null } ? live.OptionsOfFork with { Pace = ended.Pace } : null;
        var run = Run.Resume(id, folder, moreEpisodes, checkpoint, options);
        Register(run.View);
        return Live(id)!;
    }

    /// <summary>A run by its whole id, which may be left out where there is one run only.</summary>
    public WatchedRun FindOrOnly(string? id)
    {
        if (id is null && Registered().Count + Stored().Count > 1)
            throw new InputException("There are several runs: add session=ID. GET api/training-sessions lists them.");
        return Find(id);
    }

    /// <summary>The few that were looked at last stay open: each holds a copy of its tables.</summary>
    WatchedRun Open(string id)
    {
        lock (gate)
        {
            var run = opened.Find(run => run.View.Id == id);
            if (run is not null)
                opened.Remove(run);
            opened.Add(run ??= new(StoreFolder.View(id, Store)));
            if (opened.Count > MostOpened)
                opened.RemoveAt(0);
            return run;
        }
    }
}
