namespace GridWorld;

/// <summary>
/// The sweeps and ensembles that the server shows: those of this process, and those of a store. Of those of this process that have ended,
/// the newest 8 are kept; older stored ones are shown from their files.
/// </summary>
internal sealed class ServedSweeps(string? store)
{
    const int MostKept = 8;
    readonly Lock gate = new();
    readonly List<ServedSweep> registered = [], opened = [];

    /// <summary>The folder; null for none.</summary>
    public string? Store { get; } = store is null ? null : Path.GetFullPath(store);

    /// <summary>Registers a sweep of this process. It replaces an earlier view of the same sweep.</summary>
    public ServedSweep Register(SweepView sweep) => Register(new ServedSweep(sweep));

    /// <summary>Registers an ensemble of this process. It replaces an earlier view of the same ensemble.</summary>
    public ServedSweep Register(EnsembleView ensemble) => Register(new ServedSweep(ensemble));

    ServedSweep Register(ServedSweep sweep)
    {
        lock (gate)
        {
            if (registered.Find(s => s.Id == sweep.Id) is { } known)
            {
                if (ReferenceEquals(known.Sweep, sweep.Sweep) && ReferenceEquals(known.Ensemble, sweep.Ensemble)
                    || known.IsInTraining && !sweep.IsOfThisProcess)
                    return known;
                registered.Remove(known);
            }

            registered.Add(sweep);
            var ended = registered.Where(s => !s.IsInTraining).ToList();
            foreach (var old in ended.Take(ended.Count - MostKept))
                registered.Remove(old);
            return sweep;
        }
    }

    /// <summary>All sweeps and ensembles, newest first; one whose file is damaged comes with an error.</summary>
    public IReadOnlyList<SweepSummary> List()
    {
        List<ServedSweep> here;
        lock (gate)
            here = [.. registered];
        var inStore = Store is null ? [] : SweepFolder.List(Store);
        return [.. here.Where(s => FolderOf(s) != Store || Store is null).Select(Summary).OfType<SweepSummary>().Concat(inStore)
            .OrderByDescending(s => s.Created).ThenByDescending(s => s.Id, StringComparer.Ordinal)];
    }

    /// <summary>Finds a sweep or an ensemble by its full id.</summary>
    /// <exception cref="InputException">Its file is damaged.</exception>
    /// <returns>Null if there is none.</returns>
    public ServedSweep? TryFind(string id)
    {
        lock (gate)
        {
            if (registered.Find(s => s.Id == id) is { } here)
                return here;
            if (Store is null || !RunIds.IsValid(id) || !File.Exists(SweepFile.PathOf(Store, id)))
                return null;
            var known = opened.Find(s => s.Id == id);
            if (known is not null)
                opened.Remove(known);
            else
                known = SweepFolder.Find(id, Store) is { IsEnsemble: true }
                    ? new(Ensemble.Open(id, Store)) : new(SweepView.Open(id, Store));
            opened.Add(known);
            if (opened.Count > MostKept)
                opened.RemoveAt(0);
            return known;
        }
    }

    /// <summary>Resumes a stored sweep or ensemble in this process.</summary>
    /// <exception cref="InputException">Another process trains it, or it cannot be resumed.</exception>
    public ServedSweep TakeUp(ServedSweep sweep) => sweep.Ensemble is null
        ? Register(SweepRun.Resume(sweep.Id, FolderOf(sweep))) : Register(Ensemble.Resume(sweep.Id, FolderOf(sweep)));

    /// <summary>Begins to train a seed again: ENSEMBLE/SEED or SWEEP/TRIAL/SEED.</summary>
    /// <returns>The run and the hash it must come to; null if there is no such sweep.</returns>
    /// <exception cref="InputException">There is no such seed.</exception>
    public (Run Run, string? Hash)? BeginSeed(string word)
    {
        var parts = word.Split('/');
        if (TryFind(parts[0]) is not { } sweep)
            return null;
        return FolderOf(sweep) is { } folder ? SeedRuns.Begin(word, folder)
            : parts.Length == 2 && ulong.TryParse(parts[1], out var seed) ? sweep.Ensemble!.BeginSeed(seed)
            : throw new InputException($"'{Printable.Text(word)}' does not name a seed. Write {sweep.Id}/SEED.");
    }

    /// <summary>The folders of files that do not lie in the store.</summary>
    public IEnumerable<string> Folders()
    {
        lock (gate)
            return [.. registered.Select(FolderOf).OfType<string>().Distinct()];
    }

    static string? FolderOf(ServedSweep sweep) => sweep.StorePath is null ? null : Path.GetDirectoryName(Path.GetFullPath(sweep.StorePath));

    static SweepSummary? Summary(ServedSweep sweep)
    {
        if (FolderOf(sweep) is { } folder)
            return SweepFolder.TryFind(sweep.Id, folder);
        var (ensemble, now) = (sweep.Ensemble!, sweep.Ensemble!.Status());
        return new(sweep.Id, ensemble.Name, true, now.State, ensemble.Specification.World.Name, ensemble.Specification.Learner.Name,
            ensemble.Header.Created, 1, ServedSweep.IsLive(now.State) ? 0 : 1, now.Steps, "");
    }
}
