namespace GridWorld;

/// <summary>Finds the run of a name or of the beginning of an id among the runs of a store, oldest first.</summary>
internal static class RunNames
{
    /// <summary>The newest run with a name, otherwise the only run whose id begins with the word.</summary>
    public static RunSummary Find(string word, IReadOnlyList<RunSummary> runs, string folder)
    {
        if (word.Length > 0 && runs.LastOrDefault(r => HasName(r, word)) is { } named)
            return named;
        return runs.Where(r => word.Length > 0 && r.Id.StartsWith(word, StringComparison.Ordinal)).ToList() switch
        {
            [var one] => one,
            // A run that cannot be read may have the name.
            [] when runs.FirstOrDefault(r => r.Error is not null) is { } unread => throw new InputException(
                $"No readable run in {Path.GetFullPath(folder)} has the name '{Printable.Text(word)}'. "
                + $"Files that cannot be read: {runs.Count(r => r.Error is not null)}. {unread.Error}"),
            [] => throw new InputException($"There is no run '{Printable.Text(word)}' in {Path.GetFullPath(folder)}. " + Known(runs)),
            var several => throw new InputException(
                $"'{Printable.Text(word)}' matches {several.Count} runs: {Ids(several)}. Use more characters of the id."),
        };
    }

    /// <summary>Throws for a name that several runs have and for the beginning of an id, because a deletion cannot be undone.</summary>
    public static void RequireOnlyBearer(string word, RunSummary found, IReadOnlyList<RunSummary> runs)
    {
        var bearers = runs.Where(r => HasName(r, word)).ToList();
        if (bearers.Count == 1)
            return;
        throw new InputException((bearers.Count > 1
                ? $"{bearers.Count} runs are named '{Printable.Text(word)}': {Ids(bearers)}; the newest is {found.Id}."
                : $"'{Printable.Text(word)}' is only the beginning of the id {found.Id}.")
            + " Nothing was deleted. Use the complete id, or add --yes (in C#, sure: true).");
    }

    /// <summary>Sets the newer run of every run whose name a newer run has.</summary>
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
        ? "The folder has no runs. Use another one with --store or GRIDWORLD_STORE."
        : $"Runs: {string.Join(", ", runs.TakeLast(10).Select(r => r.Id))}{(runs.Count > 10 ? " and more" : "")}.";
}
