namespace GridWorld;

/// <summary>Lists, finds, verifies and deletes the runs of a store.</summary>
public static class StoreFolder
{
    /// <summary>Lists all runs of a store, oldest first. A run whose file is damaged has an error.</summary>
    /// <param name="folder">The folder of the store. Default: GRIDWORLD_STORE, otherwise <c>.gridworld</c> in the working
    /// directory.</param>
    /// <exception cref="InputException">The folder cannot be read.</exception>
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
            throw new InputException($"The store {folder} cannot be read: {StoreFault.Reason(e)}");
        }
    }

    /// <summary>
    /// Finds the run with an id, otherwise the newest run with a name, otherwise the only run whose id begins with the text. Every command
    /// and method that takes a run uses this rule.
    /// </summary>
    /// <param name="run">An id, a name or the beginning of an id.</param>
    /// <param name="folder">The folder of the store. Default: as in <see cref="List"/>.</param>
    /// <exception cref="InputException">No run matches, or several ids begin with the text; lists the ids.</exception>
    public static RunSummary Find(string run, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        folder ??= RunOptions.DefaultStore;
        if (SeedRuns.IsName(run, folder))
            return SeedRuns.Find(run, folder);
        return RunIds.IsValid(run) && File.Exists(RunFiles.PathOf(folder, run))
            ? Summary(RunFiles.PathOf(folder, run)) : RunNames.Find(run, List(folder), folder);
    }

    /// <summary>
    /// Checks every byte of a run file. Then reruns the run from only its specification and events, and compares every checkpoint, raw
    /// episode and bucket in the file, bit for bit. A run that is training is checked up to its current progress.
    /// </summary>
    /// <param name="run">An id, a name or the beginning of an id, as in <see cref="Find"/>.</param>
    /// <param name="folder">The folder of the store. Default: as in <see cref="List"/>.</param>
    /// <param name="rerun">Whether to rerun the run, which takes about as long as the training did. Default true.</param>
    /// <param name="progress">Receives the progress from time to time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The errors, including the first difference with its episode, part, state and action; empty if there are none.</returns>
    /// <exception cref="InputException">The run does not exist.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static IReadOnlyList<string> Verify(string run, string? folder = null, bool rerun = true,
        IProgress<VerifyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        folder ??= RunOptions.DefaultStore;
        var found = Find(run, folder);
        if (found.Error is { } error)
            return [error];
        if (SeedRuns.IsName(found.Id, folder))
            return Tried(() => SeedRuns.Open(found.Id, folder));
        string path = RunFiles.PathOf(folder, found.Id);
        var faults = StoredRunCheck.Of(path);
        if (!rerun || faults.Count > 0)
            return faults;
        string? difference = null;
        return Tried(() => difference = StoredRunRerun.FirstDifference(path, progress, cancellationToken)) is { Count: > 0 } errors ? errors
            : difference is null ? [] : [difference + "."];
    }

    static IReadOnlyList<string> Tried(Action open)
    {
        try
        {
            open();
            return [];
        }
        catch (InputException e)
        {
            return e.Errors;
        }
    }

    /// <summary>Deletes a run permanently.</summary>
    /// <param name="run">An id, or a name that only one run has.</param>
    /// <param name="folder">The folder of the store. Default: as in <see cref="List"/>.</param>
    /// <param name="sure">
    /// Whether to delete any run that <see cref="Find"/> returns: the newest of several with the name, or one by the beginning of its id.
    /// Default false.
    /// </param>
    /// <exception cref="InputException">The run does not exist, is training, or is not specified exactly.</exception>
    public static void Delete(string run, string? folder = null, bool sure = false)
    {
        folder ??= RunOptions.DefaultStore;
        StoredRunDeletion.Of(RunFiles.PathOf(folder, FindToDelete(run, folder, sure).Id));
    }

    /// <summary>The run that <see cref="Delete"/> would delete.</summary>
    internal static RunSummary FindToDelete(string run, string folder, bool sure)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (SeedRuns.IsName(run, folder))
            throw new InputException($"'{Printable.Text(run)}' names a seed. A seed cannot be deleted alone. Nothing was deleted.");
        var found = Find(run, folder);
        if (!sure && found.Id != run)
            RunNames.RequireOnlyBearer(run, found, List(folder));
        return found;
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
                        ? throw new InputException($"{path} contains the run {Printable.Text((string)row[1]!)}. Rename the file to match.")
                        : new RunSummary((string)row[1]!, (string)row[2]!,
                        StoredOwner.StateOf(connection, progress.State, TimeProvider.System), progress.Episode,
                            progress.Target, progress.Step, (string)row[4]!, (string)row[5]!, StoreTime.Read(row[3]), progress.MeanReturn,
                            (string?)row[6], (long?)row[7]) { Settings = RunSettings.Read(connection) };
                });
            });
        }
        catch (InputException e)
        {
            return new(IdOf(path), IdOf(path), RunState.Failed, 0, null, 0, "", "", default, Error: e.Message);
        }
    }

    static string IdOf(string path) => Path.GetFileName(path)[..^RunFiles.Extension.Length];
}
