namespace GridWorld;

/// <summary>A run in a list.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">What it is doing; <see cref="RunState.Interrupted"/> where its process is gone.</param>
/// <param name="Episodes">Episodes that have ended.</param>
/// <param name="TargetEpisodes">Episodes to run; null: until stopped.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="World">The world's name.</param>
/// <param name="Learner">The learner's name.</param>
/// <param name="Created">When it began.</param>
/// <param name="MeanReturnLast100">Mean return of the last 100 episodes; null before the first.</param>
/// <param name="ParentRunId">The run it was forked from; null where it is no fork.</param>
/// <param name="ParentEpisode">The episode after which it was.</param>
/// <param name="Error">What is wrong with its file; null where nothing is. The numbers above say nothing then.</param>
public sealed record RunSummary(string Id, string Name, RunState State, long Episodes, long? TargetEpisodes, long Steps, string World, string Learner,
    DateTimeOffset Created, double? MeanReturnLast100 = null, string? ParentRunId = null, long? ParentEpisode = null, string? Error = null);

/// <summary>How far a run has been run again.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Episode">Episodes that were compared.</param>
/// <param name="Episodes">Episodes that there are.</param>
public readonly record struct VerifyProgress(string RunId, long Episode, long Episodes);

/// <summary>A folder of runs.</summary>
public static class StoreFolder
{
    /// <summary>All runs of a folder, oldest first; one whose file is no good comes with an error.</summary>
    /// <param name="folder">The folder. Default: what GRIDWORLD_STORE says, else <c>.gridworld</c> in the working directory.</param>
    public static IReadOnlyList<RunSummary> List(string? folder = null)
    {
        folder = Path.GetFullPath(folder ?? RunOptions.DefaultStore);
        if (!Directory.Exists(folder))
            return [];
        try
        {
            return RunIndex.Of(folder).List(Summary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The store {folder} cannot be read: {e.Message}");
        }
    }

    /// <summary>The one run that an id, the beginning of an id, or a name stands for.</summary>
    /// <exception cref="InputException">There is none, or several.</exception>
    public static RunSummary Find(string run, string? folder = null)
    {
        folder ??= RunOptions.DefaultStore;
        if (RunIds.IsValid(run) && File.Exists(StoreFile.PathOf(folder, run)))
            return Summary(StoreFile.PathOf(folder, run));
        var all = List(folder);
        var found = all.Where(s => run.Length > 0 && s.Id.StartsWith(run, StringComparison.Ordinal)).ToList();
        if (found.Count == 0)
            found = [.. all.Where(s => s.Error is null && s.Name == run)];
        return found switch
        {
            [var one] => one,
            [] => throw new InputException($"There is no run '{Printable.Text(run)}' in {Path.GetFullPath(folder)}. " + Known(all)),
            _ => throw new InputException($"'{Printable.Text(run)}' could be any of {found.Count} runs: {string.Join(", ", found.Take(10).Select(s => s.Id))}. Write more of the id."),
        };
    }

    /// <summary>A view of a stored run: finished, interrupted, or being trained by another process.</summary>
    /// <param name="run">An id, the beginning of one, or a name.</param>
    /// <param name="folder">The folder; the default as in <see cref="List"/>.</param>
    /// <exception cref="InputException">There is no such run, or its file is no good.</exception>
    public static RunView View(string run, string? folder = null) => new StoredRunView(StoreFile.PathOf(folder ?? RunOptions.DefaultStore, Find(run, folder).Id), TimeProvider.System);

    /// <summary>
    /// Checks every byte of a run's file, then runs it again from its specification and its events alone, and compares every
    /// checkpoint, raw episode and bucket that the file holds, bit for bit. A run that is being trained is checked as far as it has come.
    /// </summary>
    /// <param name="run">An id, the beginning of one, or a name.</param>
    /// <param name="folder">The folder; the default as in <see cref="List"/>.</param>
    /// <param name="rerun">Whether to run it again: that takes about as long as the training did. Default yes.</param>
    /// <param name="progress">Told how far it is, now and then.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What is wrong; of the differences the first, with its episode, part, state and action. Empty for a good run.</returns>
    /// <exception cref="InputException">There is no such run.</exception>
    public static IReadOnlyList<string> Verify(string run, string? folder = null, bool rerun = true, IProgress<VerifyProgress>? progress = null, CancellationToken cancellation = default)
    {
        folder ??= RunOptions.DefaultStore;
        var found = Find(run, folder);
        if (found.Error is { } error)
            return [error];
        string path = StoreFile.PathOf(folder, found.Id);
        var faults = StoredRunCheck.Of(path);
        if (!rerun || faults.Count > 0)
            return faults;
        try
        {
            return StoredRunRerun.FirstDifference(path, progress, cancellation) is { } difference ? [difference + "."] : [];
        }
        catch (InputException e)
        {
            return e.Errors;
        }
    }

    /// <summary>Deletes a run for good.</summary>
    /// <param name="run">An id, the beginning of one, or a name.</param>
    /// <param name="folder">The folder; the default as in <see cref="List"/>.</param>
    /// <exception cref="InputException">There is no such run, or it is being trained.</exception>
    public static void Delete(string run, string? folder = null)
    {
        folder ??= RunOptions.DefaultStore;
        string path = StoreFile.PathOf(folder, Find(run, folder).Id);
        // Whoever trains it holds it; of a file that cannot be opened nobody is the owner.
        RunStore? held = null;
        try
        {
            StoreFile.Check(path);
            held = RunStore.Take(path, TimeProvider.System);
        }
        catch (InputException) when (!IsTrained(path))
        {
        }

        held?.Dispose();
        try
        {
            foreach (string file in StoreFile.WithLogs(path))
                File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be deleted: {e.Message}");
        }
    }

    static RunSummary Summary(string path)
    {
        try
        {
            return StoreFault.Explain(path, () =>
            {
                using var connection = StoreFile.Read(path);
                return connection.AtOneMoment(() =>
                {
                    var row = StoreTable.Run.ReadOne(connection);
                    var progress = StoredProgress.Read(connection);
                    return (string)row[1]! != IdOf(path)
                        ? throw new InputException($"{path} holds the run {Printable.Text((string)row[1]!)}. Give the file that name.")
                        : new RunSummary((string)row[1]!, (string)row[2]!, StoredOwner.StateOf(connection, progress.State, TimeProvider.System), progress.Episode,
                            progress.Target, progress.Step, (string)row[4]!, (string)row[5]!, StoreTime.Read(row[3]), progress.MeanReturn, (string?)row[6], (long?)row[7]);
                });
            });
        }
        catch (InputException e)
        {
            return new(IdOf(path), IdOf(path), RunState.Failed, 0, null, 0, "", "", default, Error: e.Message);
        }
    }

    static bool IsTrained(string path)
    {
        try
        {
            using var connection = StoreFile.Read(path);
            return StoredOwner.IsTrained(connection, TimeProvider.System);
        }
        catch (Exception e) when (e is InputException or Microsoft.Data.Sqlite.SqliteException or StoreDamage)
        {
            return false;
        }
    }

    static string IdOf(string path) => Path.GetFileName(path)[..^StoreFile.Extension.Length];

    static string Known(IReadOnlyList<RunSummary> all) => all.Count == 0
        ? "The folder holds no run. Name another with --store or GRIDWORLD_STORE."
        : $"There are: {string.Join(", ", all.TakeLast(10).Select(s => s.Id))}{(all.Count > 10 ? " and more" : "")}.";
}
