namespace GridWorld;

/// <summary>The trials of a sweep as columns of numbers: what charts of them are drawn from.</summary>
internal static class SweepPlot
{
    const int Most = 2000;

    /// <param name="sweep">The sweep.</param>
    /// <param name="filter">The filter; null lets everything through.</param>
    /// <exception cref="InputException">The filter is invalid.</exception>
    public static WireSweepPlot Of(ServedSweep sweep, string? filter)
    {
        var ended = sweep.Trials().Trials.Where(t => t is { IsTest: false, Objective: not null }).ToList();
        // Every k-th of many, and the best ones always.
        var best = sweep.Trials().Best.Select(b => b.Trial).ToHashSet();
        int step = (ended.Count + Most - 1) / Most;
        var shown = step <= 1 ? ended : [.. ended.Where((t, k) => k % step == 0 || best.Contains(t.Number))];
        var inside = filter is null ? null : sweep.Select(filter, null).Select(t => t.Number).ToHashSet();
        var axes = Axes(sweep, shown).ToList();
        return new(ended.Count, [.. axes.Select(a => a.Axis)], [.. shown.Select(t => t.Number)], [.. axes.Select(a => a.Values)],
            inside is null ? [] : [.. shown.Index().Where(t => !inside.Contains(t.Item.Number)).Select(t => t.Index)]);
    }

    static IEnumerable<(WireAxis Axis, IReadOnlyList<double?> Values)> Axes(ServedSweep sweep, List<TrialResult> trials)
    {
        if (sweep.Sweep!.Definition.Worlds.Count > 1)
            yield return Words("world", [.. trials.Select(t => t.World)]);
        if (sweep.Sweep.Definition.Learners.Count > 1)
            yield return Words("learner", [.. trials.Select(t => t.Learner)]);
        foreach (var parameter in sweep.Sweep.Definition.Space)
        {
            SearchValue?[] values = [.. trials.Select(t => t.Settings.TryGetValue(parameter.Name, out var v) ? v : (SearchValue?)null)];
            yield return Array.Exists(values, v => v is { Number: null })
                ? Words(parameter.Name, [.. values.Select(v => v?.ToString())])
                : (new(parameter.Name, IsLogarithmic(parameter), null), [.. values.Select(v => v?.Number)]);
        }

        yield return (new(sweep.Sweep.Definition.Objective, false, null), [.. trials.Select(t => t.Objective)]);
    }

    static (WireAxis Axis, IReadOnlyList<double?> Values) Words(string name, string?[] values)
    {
        string[] words = [.. values.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return (new(name, false, words), [.. values.Select(v => v is null ? null : (double?)Array.IndexOf(words, v))]);
    }

    // Choices that are spread over a factor of at least 8 are meant as factors.
    static bool IsLogarithmic(SearchParameter parameter) => parameter.Kind == SearchKind.LogUniform
        || parameter.Kind == SearchKind.Choice && parameter.Choices.All(c => c.Number > 0)
        && parameter.Choices.Max(c => c.Number!.Value) >= 8 * parameter.Choices.Min(c => c.Number!.Value);
}
