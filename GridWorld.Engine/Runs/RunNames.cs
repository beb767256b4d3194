namespace GridWorld;

/// <summary>What a name or the beginning of an id means among the runs of a folder, oldest first.</summary>
internal static class RunNames
{
    /// <summary>The newest run with this name, else the only one whose id begins so.</summary>
    public static RunSummary Find(string word, IReadOnlyList<RunSummary> runs, string folder)
    {
        if (word.Length > 0 && runs.LastOrDefault(r => HasName(r, word)) is { } named)
            return named;
        return runs.Where(r => word.Length > 0 && r.Id.StartsWith(word, StringComparison.Ordinal)).ToList() switch
        {
            [var one] => one,
            // One of those that cannot be read may have the name.
            [] when runs.FirstOrDefault(r => r.Error is not null) is { } unread =>
                throw new InputException($"No readable run of {Path.GetFullPath(folder)} is called '{Printable.Text(word)}'. "
                + $"Files whose names are not known: {runs.Count(r => r.Error is not null)}. {unread.Error}"),
            [] => throw new InputException($"There is no run '{Printable.Text(word)}' in {Path.GetFullPath(folder)}. " + Known(runs)),
            var several =>
                throw new InputException(
                    $"'{Printable.Text(word)}' could be any of {several.Count} runs: {Ids(several)}. Write more of the id."),
        };
    }

    /// <summary>What must be exact, since it cannot be undone: refuses a name that several runs have, and the beginning of an id.</summary>
    public static void RequireOnlyBearer(string word, RunSummary found, IReadOnlyList<RunSummary> runs)
    {
        var bearers = runs.Where(r => HasName(r, word)).ToList();
        if (bearers.Count == 1)
            return;
        throw new InputException((bearers.Count > 1
                ? $"{bearers.Count} runs are named '{Printable.Text(word)}': {Ids(bearers)}; the newest is {found.Id}."
                : $"'{Printable.Text(word)}' is only the beginning of the id {found.Id}.")
            + " Nothing was deleted. Give the whole id, or add --yes (in C#, sure: true).");
    }

    /// <summary>Notes with every run whose name a newer one has, which that is.</summary>
    public static void MarkOlder(Span<RunSummary> runs)
    {
        var newest = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = runs.Length - 1; i >= 0; i--)
        {
            if (runs[i].Error is null && !newest.TryAdd(runs[i].Name, runs[i].Id))
                runs[i] = runs[i] with { NewerRunId = newest[runs[i].Name] };
        }
    }

    static bool HasName(RunSummary run, string name) => run.Error is null && run.Name == name;

    static string Ids(List<RunSummary> runs) =>
        string.Join(", ", runs.TakeLast(10).Select(r => r.Id)) + (runs.Count > 10 ? " and more" : "");

    static string Known(IReadOnlyList<RunSummary> runs) => runs.Count == 0
        ? "The folder contains no run. Name another with --store or GRIDWORLD_STORE."
        : $"There are: {string.Join(", ", runs.TakeLast(10).Select(r => r.Id))}{(runs.Count > 10 ? " and more" : "")}.";
}
