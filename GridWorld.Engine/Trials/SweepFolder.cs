namespace GridWorld;

/// <summary>The ensembles and sweeps of a folder.</summary>
public static class SweepFolder
{
    /// <summary>All ensembles and sweeps, oldest first; one whose file is damaged comes with an error.</summary>
    /// <param name="folder">The folder. Default: what GRIDWORLD_STORE says, else <c>.gridworld</c> in the working directory.</param>
    public static IReadOnlyList<SweepSummary> List(string? folder = null)
    {
        folder = Path.GetFullPath(folder ?? RunOptions.DefaultStore);
        if (!Directory.Exists(folder))
            return [];
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*" + StoreFormat.SweepExtension)
                .Where(path => !Path.GetFileName(path).StartsWith('.')).Select(Summary)
                .OrderBy(s => s.Created).ThenBy(s => s.Id, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The store {folder} cannot be read: {StoreFault.Reason(e)}");
        }
    }

    /// <summary>Finds the one with this id, else the newest with this name, else the only one whose id begins so.</summary>
    /// <param name="sweep">An id, a name, or the beginning of an id.</param>
    /// <param name="folder">The folder; the default as in <see cref="List"/>.</param>
    /// <exception cref="InputException">There is none, or several ids begin so: the message lists them.</exception>
    public static SweepSummary Find(string sweep, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        folder ??= RunOptions.DefaultStore;
        return TryFind(sweep, folder) ?? throw new InputException(
            $"There is no ensemble or sweep '{Printable.Text(sweep)}' in {Path.GetFullPath(folder)}."
            + (List(folder) is { Count: > 0 } known ? $" There are: {string.Join(", ", known.TakeLast(10).Select(s => s.Id))}." : ""));
    }

    /// <inheritdoc cref="Find"/>
    /// <returns>Null if there is none.</returns>
    internal static SweepSummary? TryFind(string sweep, string folder)
    {
        if (RunIds.IsValid(sweep) && File.Exists(SweepFile.PathOf(folder, sweep)))
            return Summary(SweepFile.PathOf(folder, sweep));
        var all = List(folder);
        if (sweep.Length == 0)
            return null;
        if (all.LastOrDefault(s => s.Error is null && s.Name == sweep) is { } named)
            return named;
        return all.Where(s => s.Id.StartsWith(sweep, StringComparison.Ordinal)).ToList() switch
        {
            [] => null,
            [var one] => one,
            var several => throw new InputException($"'{Printable.Text(sweep)}' could be any of {several.Count}: "
                + $"{string.Join(", ", several.TakeLast(10).Select(s => s.Id))}. Write more of the id."),
        };
    }

    /// <summary>Deletes an ensemble or a sweep for good.</summary>
    /// <param name="sweep">Its id, or a name that only one has.</param>
    /// <param name="folder">The folder; the default as in <see cref="List"/>.</param>
    /// <param name="sure">Whether to delete whatever <see cref="Find"/> finds. Default no.</param>
    /// <exception cref="InputException">There is none, it is being trained, or it is not named exactly.</exception>
    public static void Delete(string sweep, string? folder = null, bool sure = false)
    {
        var found = Find(sweep, folder);
        if (!sure && found.Id != sweep && List(folder).Count(s => s.Name == sweep) != 1)
            throw new InputException($"'{Printable.Text(sweep)}' does not name one exactly; it could be {found.Id}. Nothing was deleted. "
                + "Give the whole id, or add --yes (in C#, sure: true).");
        // Whoever trains it holds it; a damaged file has no owner.
        SweepFile? held = null;
        try
        {
            held = SweepFile.Take(found.Path, TimeProvider.System);
        }
        catch (InputException) when (found.Error is not null && !HeldFiles.IsHeld(found.Path))
        {
        }

        RunFiles.Delete(found.Path, held);
    }

    static SweepSummary Summary(string path)
    {
        string name = Path.GetFileName(path)[..^StoreFormat.SweepExtension.Length];
        try
        {
            return SweepFile.Read(path, connection =>
            {
                var (header, now) = (SweepHeader.Read(connection), SweepStanding.Read(connection));
                return header.Id == name
                    ? new SweepSummary(header.Id, header.Name, header.Kind == SweepHeader.Ensemble,
                        StoredOwner.StateOf(connection, now.State, TimeProvider.System), header.World, header.Learner, header.Created,
                        now.Trials, now.Ended, now.Steps, path)
                    : throw new InputException($"{path} contains {Printable.Text(header.Id)}. Give the file that name.");
            });
        }
        catch (InputException e)
        {
            return new(name, name, false, RunState.Failed, "", "", default, 0, 0, 0, path, e.Message);
        }
    }
}
