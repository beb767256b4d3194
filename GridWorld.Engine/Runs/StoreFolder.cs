using System.Text.Json.Serialization;

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
/// <param name="ParentRunId">The run it was forked from; null where it is not a fork.</param>
/// <param name="ParentEpisode">The episode after which it was.</param>
/// <param name="Error">What is wrong with its file; null where nothing is. The numbers above say nothing then.</param>
/// <param name="NewerRunId">The newest run with the same name, which the name stands for; null when that is this run.</param>
public sealed record RunSummary(string Id, string Name, RunState State, long Episodes, long? TargetEpisodes, long Steps, string World,
    string Learner,
    DateTimeOffset Created, double? MeanReturnLast100 = null, string? ParentRunId = null, long? ParentEpisode = null, string? Error = null,
    string? NewerRunId = null)
{
    /// <summary>The initial settings; null if the file is damaged.</summary>
    [JsonInclude]
    internal RunSettings? Settings { get; init; }
}

/// <summary>How far a run has been rerun.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Episode">Episodes that were compared.</param>
/// <param name="Episodes">Episodes that there are.</param>
public readonly record struct VerifyProgress(string RunId, long Episode, long Episodes);

/// <summary>A folder of runs.</summary>
public static class StoreFolder
{
    /// <summary>All runs of a folder, oldest first; one whose file is damaged comes with an error.</summary>
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
            throw new InputException($"The store {folder} cannot be read: {StoreFault.Reason(e)}");
        }
    }

    /// <summary>
    /// Finds the run with this id, else the newest run with this name, else the only run whose id begins so. Every command and
    /// method that takes a run uses this rule.
    /// </summary>
    /// <param name="run">An id, a name, or the beginning of an id.</param>
    /// <param name="folder">The folder; the default as in <see cref="List"/>.</param>
    /// <exception cref="InputException">There is no such run, or several ids begin so: the message lists them.</exception>
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
    /// Checks every byte of a run's file, then runs it again from its specification and its events alone, and compares every
    /// checkpoint, raw episode and bucket that the file contains, bit for bit. A run that is being trained is checked as far as it has
    /// come.
    /// </summary>
    /// <param name="run">An id, a name, or the beginning of an id, as in <see cref="Find"/>.</param>
    /// <param name="folder">The folder; the default as in <see cref="List"/>.</param>
    /// <param name="rerun">Whether to run it again: that takes about as long as the training did. Default yes.</param>
    /// <param name="progress">Told how far it is, now and then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is wrong; of the differences the first, with its episode, part, state and action. Empty for a good run.</returns>
    /// <exception cref="InputException">There is no such run.</exception>
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

    /// <summary>Deletes a run for good.</summary>
    /// <param name="run">An id, or a name that only one run has.</param>
    /// <param name="folder">The folder; the default as in <see cref="List"/>.</param>
    /// <param name="sure">Whether to delete any run that <see cref="Find"/> finds: the newest of several with the name, or one by the
    /// beginning of its id. Default no.</param>
    /// <exception cref="InputException">There is no such run, it is being trained, or it is not named exactly.</exception>
    public static void Delete(string run, string? folder = null, bool sure = false)
    {
        folder ??= RunOptions.DefaultStore;
        string path = RunFiles.PathOf(folder, FindToDelete(run, folder, sure).Id);
        // Whoever trains it holds it; a damaged file has no owner.
        RunStore? held = null;
        try
        {
            StoreFile.Check(path);
            held = RunStore.Take(path, TimeProvider.System);
        }
        catch (InputException) when (!MayBeTrained(path))
        {
        }

        try
        {
            // It stays held, so that no process trains a file that is being deleted; an open file is not deleted on Windows.
            if (OperatingSystem.IsWindows())
                held?.Dispose();
            foreach (string file in RunFiles.WithLogs(path))
                File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be deleted: {e.Message}");
        }
        finally
        {
            held?.Dispose();
        }
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
                        ? throw new InputException($"{path} contains the run {Printable.Text((string)row[1]!)}. Give the file that name.")
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

    static bool MayBeTrained(string path)
    {
        if (HeldFiles.IsHeld(path))
            return true;
        try
        {
            using var connection = StoreFile.Read(path);
            return StoredOwner.IsTrained(connection, TimeProvider.System);
        }
        catch (Exception e) when (StoreFault.IsOurs(e) || e is InputException)
        {
            return StoreFault.MayPass(e);
        }
    }

    static string IdOf(string path) => Path.GetFileName(path)[..^RunFiles.Extension.Length];
}
