using System.Text.Json;

namespace GridWorld;

/// <summary>What runs can be filtered, sorted and grouped by: the columns of the page's table, by the same names.</summary>
internal sealed class RunFields
{
    const string Seeds = "seeds";
    readonly Dictionary<int, Dictionary<string, object?>> options;

    public RunFields(IReadOnlyList<WireRunSettings> settings)
    {
        options = settings.ToDictionary(s => s.Place, s => Options(s.Learner));
        All =
        [
            new("name", r => r.Name), new("run_id", r => r.RunId), new("learner", r => Option(r, "name")),
            new("world", r => r.Settings < 0 ? null : settings[r.Settings].World),
            .. options.Values.SelectMany(o => o.Keys).Distinct().Where(key => key != "name")
                .Select(key => new RowField<WireRun>(key, r => Option(r, key))),
            new("step_limit", r => r.Settings < 0 ? null : (double)settings[r.Settings].StepLimit),
            new("target_episodes", r => (double?)r.TargetEpisodes), new("seed", r => Exact(r.Seed)),
            new("episodes", r => (double)r.Episodes), new("steps", r => (double)r.Steps), new("return", r => r.MeanReturn),
            new("greedy_value", r => r.GreedyValue), new("optimum", r => r.OptimalValue),
            new("state", r => r.Error is null ? RunColumns.Word(r.State) : "damaged"), new("created", r => r.Created),
            new("note", r => r.Note), new("starred", r => r.Starred ? "yes" : "no"),
        ];
    }

    public IReadOnlyList<RowField<WireRun>> All { get; }

    /// <exception cref="InputException">The filter or the order is invalid.</exception>
    public IEnumerable<WireRun> Select(IEnumerable<WireRun> runs, string? filter, string? sort) =>
        RowFilter.Sort(runs.Where(RowFilter.Read(filter, All, Words)), sort, All);

    /// <summary>Groups runs by a field, or those that differ only in their seeds; each group with its mean return and interval.</summary>
    /// <exception cref="InputException">There is no such field, or the order is invalid.</exception>
    public IReadOnlyList<WireRunGroup> Group(IEnumerable<WireRun> runs, string by, string? sort)
    {
        var field = All.FirstOrDefault(f => f.Key == by);
        if (field is null && by != Seeds)
        {
            throw new InputException($"group must be seeds, {string.Join(", ", All.Select(f => f.Key))} "
                + $"(got {Printable.Text(QueryInput.Cut(by))}).");
        }

        var groups = runs.GroupBy(run => field is null ? (run.Settings, run.TargetEpisodes) : (Key: 0, field.Of(run) ?? (object)""))
            .Select(group => Of([.. group], field));
        return [.. RowFilter.Sort(groups, sort, GroupFields)];
    }

    WireRunGroup Of(List<WireRun> runs, RowField<WireRun>? field)
    {
        double[] returns = [.. runs.Select(r => r.MeanReturn).OfType<double>().Where(double.IsFinite)];
        var interval = returns.Length < 2 ? null : Scores.Of(returns).Interval(Aggregate.Mean);
        return new(field?.Of(runs[0]) switch { null => null, double number => Printable.Number(number), var text => text.ToString() },
            Shared(runs, "learner"), Shared(runs, "world"), runs.Count, returns.Length == 0 ? null : returns.Average(), interval?.Low,
            interval?.High, [.. runs.Select(r => r.RunId)]);
    }

    string? Shared(List<WireRun> runs, string key)
    {
        var field = All.First(f => f.Key == key);
        return runs.Select(field.Of).Distinct().Take(2).ToList() is [string only] ? only : null;
    }

    object? Option(WireRun run, string key) => run.Settings < 0 ? null : options[run.Settings].GetValueOrDefault(key);

    // Most seeds are exact as numbers; greater ones are compared as texts.
    static object? Exact(string? seed) => seed is { Length: <= 15 } && double.TryParse(seed, out var number) ? number : seed;

    string Words(WireRun run) => string.Join('\n', run.Name, run.RunId, Option(run, "name"), run.Note,
        run.Settings < 0 ? "" : All.First(f => f.Key == "world").Of(run));

    static Dictionary<string, object?> Options(RawJson learner)
    {
        using var json = JsonDocument.Parse(learner.Utf8);
        return json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number => p.Value.GetDouble(),
            JsonValueKind.String => p.Value.GetString(),
            _ => (object?)p.Value.GetRawText(),
        });
    }

    static IReadOnlyList<RowField<WireRunGroup>> GroupFields { get; } =
    [
        new("value", g => double.TryParse(g.Value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : g.Value),
        new("learner", g => g.Learner), new("world", g => g.World), new("runs", g => (double)g.Runs), new("return", g => g.MeanReturn),
    ];
}
