namespace GridWorld;

/// <summary>
/// The runs that the server shows: those of this process, newest first, then those of a store. Of the ended runs, it keeps the newest 8
/// stored
/// and the newest 50 in-memory runs in memory. Older stored runs are shown from their files; older in-memory runs are only listed. At most
/// 8
/// playbacks run at a time; a new one ends the oldest.
/// </summary>
internal sealed class ServedRuns
{
    const int MostOpened = 8, MostReplayed = 8, MostStored = 8, MostInMemory = 50, MostListed = 1000;

    readonly Lock gate = new();
    readonly List<ShownRun> registered = [];
    readonly List<WatchedRun> replayed = [];
    readonly List<WatchedRun> opened = [];
    readonly ServedSeeds seeds;

    /// <param name="store">The folder; null shows only registered runs.</param>
    /// <param name="mostInTraining">The maximum number of runs in training when a live view starts another one.</param>
    public ServedRuns(string? store, int mostInTraining = TrainingLimit.Default)
    {
        Store = store;
        // A run counts even if its thread has not started yet.
        Training = new(mostInTraining, () => Math.Max(RunTelemetry.RunsInTraining, InTraining()));
        Sweeps = new(store);
        seeds = new(Sweeps, Training);
    }

    public string? Store { get; }

    /// <summary>The sweeps and ensembles; their seeds are shown as runs.</summary>
    public ServedSweeps Sweeps { get; }

    /// <summary>The limit for runs that live views start.</summary>
    public TrainingLimit Training { get; }

    /// <summary>
    /// Registers a run; of a moment of it, the run itself. It replaces an earlier view of the same run. A playback is shown instead of the
    /// run itself.
    /// </summary>
    public void Register(RunView view)
    {
        view = view is PastRunView moment ? moment.Present : view;
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

    /// <summary>Registers a run that was just started.</summary>
    public Run RegisterStarted(Run run)
    {
        Register(run);
        return run;
    }

    /// <summary>Keeps runs in training, and releases runs that ended long enough ago.</summary>
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
            return registered.Count(run => run.IsInTraining) + seeds.InTraining;
    }

    /// <summary>Ends a playback and shows the run itself again.</summary>
    public void EndReplay(string id)
    {
        lock (gate)
            replayed.RemoveAll(run => run.View.Id == id);
    }

    /// <summary>The playbacks, then the runs of this process, newest first.</summary>
    public IReadOnlyList<WatchedRun> Registered()
    {
        lock (gate)
        {
            Tidy();
            return [.. Enumerable.Reverse(replayed), .. Enumerable.Reverse(registered)
                .Where(run => !replayed.Exists(other => other.View.Id == run.Id)).Select(run => run.Run).OfType<WatchedRun>()];
        }
    }

    /// <summary>
    /// The runs that this process has released, then the other runs of the folder, newest first. A run that cannot be read has an error.
    /// </summary>
    public IReadOnlyList<RunSummary> Stored()
    {
        var listed = Registered().Select(run => run.View.Id).ToHashSet();
        List<ShownRun> letGo;
        lock (gate)
            letGo = [.. Enumerable.Reverse(registered).Where(run => listed.Add(run.Id))];
        var folder = Store is null ? [] : StoreFolder.List(Store);
        return [.. letGo.Select(run => run.StorePath is null ? run.Last : run.Stored()).OfType<RunSummary>(),
            .. folder.Where(run => listed.Add(run.Id)).Reverse()];
    }

    /// <summary>Finds a run by its full id; null means the newest run.</summary>
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
        if (id.Contains('/'))
            return seeds.TryOpen(id) ?? throw Unknown();
        // An id without a file in the folder is unknown: there is no other lookup.
        return FolderOf(id) is { } folder && RunIds.IsValid(id) && File.Exists(RunFiles.PathOf(folder, id)) ? Open(id, folder)
            : throw Unknown();
    }

    /// <summary>Gets the playback with this id, or the run of this process; null if there is none.</summary>
    public WatchedRun? Here(string id)
    {
        lock (gate)
            return replayed.Find(run => run.View.Id == id) ?? Live(id);
    }

    /// <summary>Gets the run of this process with this id; null if there is none.</summary>
    public WatchedRun? Live(string id)
    {
        lock (gate)
            return registered.Find(run => run.Id == id)?.Run;
    }

    /// <summary>Resumes a stored run in this process.</summary>
    /// <exception cref="InputException">The run has nothing left to train or no such checkpoint, or another process trains it.</exception>
    public WatchedRun TakeUp(string id, long? moreEpisodes, string? checkpoint = null)
    {
        var live = Live(id)?.View;
        if (FolderOf(id) is not { } folder)
            throw new InputException("This run is kept in memory only, so there is no checkpoint to resume from.");
        // A pace that was set after the end of the run is not in the file.
        var options = live is Run { StorePath: not null } ended ? live.OptionsOfFork with { Pace = ended.Pace } : null;
        var run = Run.Resume(id, folder, moreEpisodes, checkpoint, options);
        Register(run);
        return Live(id)!;
    }

    /// <summary>Deletes a run that has ended: its file, and the server's memory of it.</summary>
    /// <exception cref="InputException">The run is being trained.</exception>
    public void Delete(string id)
    {
        RequireRun(id);
        EndReplay(id);
        lock (gate)
            if (registered.Find(run => run.Id == id) is { IsInTraining: true })
                throw new InputException("This run is being trained. Stop it first, then delete it.");
        if (FolderOf(id) is { } folder && File.Exists(RunFiles.PathOf(folder, id)))
            StoreFolder.Delete(id, folder);
        lock (gate)
        {
            registered.RemoveAll(run => run.Id == id);
            opened.RemoveAll(run => run.View.Id == id);
        }
    }

    /// <summary>Throws if there is no run with this id. A run whose file is damaged counts.</summary>
    public void RequireRun(string id)
    {
        lock (gate)
            if (registered.Exists(run => run.Id == id))
                return;
        if (FolderOf(id) is not { } folder || !RunIds.IsValid(id) || !File.Exists(RunFiles.PathOf(folder, id)))
            throw Unknown();
    }

    static UnknownRunException Unknown() => new("There is no such run. GET api/training-sessions lists the runs.");

    /// <summary>Finds a run by its full id; null means the only run.</summary>
    public WatchedRun FindOrOnly(string? id)
    {
        if (id is null && Registered().Count + Stored().Count > 1)
            throw new InputException("There are several runs: add session=ID. GET api/training-sessions lists them.");
        return Find(id);
    }

    /// <summary>Gets the folder of a run's file; null if it has none.</summary>
    public string? FolderOf(string id)
    {
        lock (gate)
            return registered.Find(run => run.Id == id) is { } run ? Path.GetDirectoryName(run.StorePath) : Store;
    }

    /// <summary>Removes folders from the file names in a message, for callers with the view-only token.</summary>
    public string WithoutFolders(string words)
    {
        List<string> folders;
        lock (gate)
            folders = [.. registered.Select(run => Path.GetDirectoryName(run.StorePath)).Append(Store).Concat(Sweeps.Folders())
                .OfType<string>().Where(folder => folder.Length > 0).Distinct()];
        foreach (var folder in folders.SelectMany(folder => new[] { Path.GetFullPath(folder), folder }))
            words = words.Replace(folder + Path.DirectorySeparatorChar, "").Replace(folder, "the store");
        return words;
    }

    /// <summary>Opens a stored run. Only the few most recently used runs stay open, because each keeps a copy of its tables.</summary>
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

/// <summary>There is no such run. The message contains no file or folder.</summary>
internal sealed class UnknownRunException(string message) : Exception(message);
