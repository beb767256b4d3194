namespace GridWorld;

/// <summary>
/// The runs that the server shows: those of this process, newest first, then those of a store's folder. Of ended runs it holds the
/// newest 8 that are stored and the newest 50 in memory; older ones are shown from their files, or listed as let go of. Of 8 replays
/// at a time the oldest ends for the next.
/// </summary>
internal sealed class ServedRuns
{
    const int MostOpened = 8, MostReplayed = 8, MostStored = 8, MostInMemory = 50, MostListed = 1000;

    readonly Lock gate = new();
    readonly List<ShownRun> registered = [];
    readonly List<WatchedRun> replayed = [];
    readonly List<WatchedRun> opened = [];

    /// <param name="store">The folder; null shows what is registered only.</param>
    /// <param name="mostInTraining">The most runs in training when a page asks for one more.</param>
    public ServedRuns(string? store, int mostInTraining = TrainingLimit.Default)
    {
        Store = store;
        // A run whose thread has not begun yet counts, too.
        Training = new(mostInTraining, () => Math.Max(RunTelemetry.RunsInTraining, InTraining()));
    }

    public string? Store { get; }

    /// <summary>Room for the runs that pages start.</summary>
    public TrainingLimit Training { get; }

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
                if (replayed.Count > MostReplayed)
                    replayed.RemoveAt(0);
                return;
            }

            if (registered.Find(run => ReferenceEquals(run.Run?.View, view)) is { } known)
            {
                known.Hold();
                return;
            }

            registered.RemoveAll(run => run.Id == view.Id);
            registered.Add(new(view));
            Tidy();
        }
    }

    /// <summary>Shows a run that was just started.</summary>
    public Run RegisterStarted(Run run)
    {
        Register(run);
        return run;
    }

    /// <summary>Holds what trains, and lets go of what has ended long enough ago.</summary>
    void Tidy()
    {
        var (stored, inMemory) = (0, 0);
        foreach (var run in Enumerable.Reverse(registered))
        {
            if (run.IsInTraining)
                run.Hold();
            else if (!run.IsLetGo && (run.StorePath is null ? ++inMemory > MostInMemory : ++stored > MostStored))
                run.LetGo();
        }

        for (var k = 0; registered.Count > MostListed && k < registered.Count;)
        {
            if (registered[k].IsLetGo)
                registered.RemoveAt(k);
            else
                k++;
        }
    }

    int InTraining()
    {
        lock (gate)
            return registered.Count(run => run.IsInTraining);
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
        {
            Tidy();
            return [.. Enumerable.Reverse(replayed), .. Enumerable.Reverse(registered).Where(run => !replayed.Exists(other => other.View.Id == run.Id)).Select(run => run.Run).OfType<WatchedRun>()];
        }
    }

    /// <summary>Those that this process had and let go of, then those of the folder that it does not have, newest first; one that cannot be read says why.</summary>
    public IReadOnlyList<RunSummary> Stored()
    {
        var listed = Registered().Select(run => run.View.Id).ToHashSet();
        List<ShownRun> letGo;
        lock (gate)
            letGo = [.. Enumerable.Reverse(registered).Where(run => listed.Add(run.Id))];
        var folder = Store is null ? [] : StoreFolder.List(Store);
        return [.. letGo.Select(run => run.StorePath is null ? run.Last : run.Stored()).OfType<RunSummary>(), .. folder.Where(run => listed.Add(run.Id)).Reverse()];
    }

    /// <summary>A run by its whole id; null takes the newest.</summary>
    public WatchedRun Find(string? id)
    {
        if (id is null)
        {
            return Registered() is [var newest, ..] ? newest
                : Stored().FirstOrDefault(run => run.Error is null) is { } stored ? Find(stored.Id)
                : throw new UnknownRunException("No run is shown yet. Train one, then show it.");
        }

        if (Here(id) is { } here)
            return here;
        // An id that names no file of the folder stops here: it is not looked for in any other way.
        return FolderOf(id) is { } folder && RunIds.IsValid(id) && File.Exists(RunFiles.PathOf(folder, id)) ? Open(id, folder)
            : throw new UnknownRunException("There is no such run. GET api/training-sessions lists the runs.");
    }

    /// <summary>The run of this id as it is shown, if it is one of this process or replayed.</summary>
    public WatchedRun? Here(string id)
    {
        lock (gate)
            return replayed.Find(run => run.View.Id == id) ?? Live(id);
    }

    /// <summary>The run of this id if it is one of this process.</summary>
    public WatchedRun? Live(string id)
    {
        lock (gate)
            return registered.Find(run => run.Id == id)?.Run;
    }

    /// <summary>Takes a run of the folder up in this process, to train on.</summary>
    /// <exception cref="InputException">It has nothing left to train, no such checkpoint, or another process trains it.</exception>
    public WatchedRun TakeUp(string id, long? moreEpisodes, string? checkpoint = null)
    {
        var live = Live(id)?.View;
        if (FolderOf(id) is not { } folder)
            throw new InputException("This run is kept in memory only, so there is no checkpoint to resume from.");
        // A pace given after the end is not in the file.
        var options = live is Run { StorePath: not null } ended ? live.OptionsOfFork with { Pace = ended.Pace } : null;
        var run = Run.Resume(id, folder, moreEpisodes, checkpoint, options);
        Register(run);
        return Live(id)!;
    }

    /// <summary>A run by its whole id, which may be left out where there is one run only.</summary>
    public WatchedRun FindOrOnly(string? id)
    {
        if (id is null && Registered().Count + Stored().Count > 1)
            throw new InputException("There are several runs: add session=ID. GET api/training-sessions lists them.");
        return Find(id);
    }

    /// <summary>Where the file of a run is, if it has one.</summary>
    string? FolderOf(string id)
    {
        lock (gate)
            return registered.Find(run => run.Id == id) is { StorePath: { } path } ? Path.GetDirectoryName(path) : Store;
    }

    /// <summary>Words for whoever may only look: a file by its name, without its folder.</summary>
    public string WithoutFolders(string words)
    {
        List<string> folders;
        lock (gate)
            folders = [.. registered.Select(run => Path.GetDirectoryName(run.StorePath)).Append(Store).OfType<string>().Where(folder => folder.Length > 0).Distinct()];
        foreach (var folder in folders.SelectMany(folder => new[] { Path.GetFullPath(folder), folder }))
            words = words.Replace(folder + Path.DirectorySeparatorChar, "").Replace(folder, "the store");
        return words;
    }

    /// <summary>The few that were looked at last stay open: each holds a copy of its tables.</summary>
    WatchedRun Open(string id, string folder)
    {
        lock (gate)
        {
            var run = opened.Find(run => run.View.Id == id);
            if (run is not null)
                opened.Remove(run);
            opened.Add(run ??= new(Run.Open(id, folder)));
            if (opened.Count > MostOpened)
                opened.RemoveAt(0);
            return run;
        }
    }
}

/// <summary>The words name no file and no folder.</summary>
internal sealed class UnknownRunException(string message) : Exception(message);
