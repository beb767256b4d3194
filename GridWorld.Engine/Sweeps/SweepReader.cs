using System.Text.Json;

namespace GridWorld;

/// <summary>Reads the properties of a sweep file and collects the errors, each with its place.</summary>
internal sealed class SweepReader(JsonElement root)
{
    static readonly string[] known = ["name", "world", "worlds", "learner", "learners", "episodes", "seeds", "first_seed", "test_seeds",
        "settings", "space", "sampler", "trials", "pruner", "objective", "budget_steps", "max_steps"];

    readonly Dictionary<string, JsonElement> properties = new(StringComparer.Ordinal);

    public Faults Faults { get; } = new();

    /// <summary>The places whose values could not be read, so that nothing that follows from a default is reported for them.</summary>
    public HashSet<string> Invalid { get; } = new(StringComparer.Ordinal);

    public Sweep Read()
    {
        Sweep usual = new();
        foreach (var (name, value) in Members(root, "", "The sweep"))
        {
            string shown = Printable.Text(name);
            if (!known.Contains(name))
                Faults.Add($"{shown} is not a known property. {Hint(name, known)}");
            else
                properties[name] = value;
        }

        return usual with
        {
            Name = Value("name", v => v.Text(RunOptions.LongestName)) ?? usual.Name,
            Worlds = Names("world") ?? usual.Worlds,
            Learners = Names("learner") ?? usual.Learners,
            Episodes = Value("episodes", v => v.Whole(1, SweepCheck.MostEpisodes)) ?? usual.Episodes,
            Seeds = (int?)Value("seeds", v => v.Whole(1, SweepCheck.MostSeeds)) ?? usual.Seeds,
            FirstSeed = Value("first_seed", v => v.Seed($"between 0 and {ulong.MaxValue}")) ?? usual.FirstSeed,
            TestSeeds = (int?)Value("test_seeds", v => v.Whole(0, SweepCheck.MostSeeds)) ?? usual.TestSeeds,
            Settings = Settings(),
            Space = Space(),
            Sampler = (SweepSampler)Word("sampler", SweepJson.Samplers),
            Trials = (int?)Value("trials", v => v.Whole(1, PruningPlan.MostTrials)),
            Pruner = (SweepPruner)Word("pruner", SweepJson.Pruners),
            Objective = Value("objective", v => v.Text(100)) ?? usual.Objective,
            BudgetSteps = Value("budget_steps", v => v.Whole(1, long.MaxValue, "above 0")),
            MaxSteps = (int?)Value("max_steps", v => v.Whole(1, int.MaxValue)),
        };
    }

    // A null stands for the default where the default is null.
    T? Value<T>(string name, Func<InputValue, T?> read)
    {
        bool isNull = name is "trials" or "budget_steps" or "max_steps"
            && properties.GetValueOrDefault(name).ValueKind == JsonValueKind.Null;
        JsonElement? json = !isNull && properties.TryGetValue(name, out var value) ? value : null;
        var result = read(Input(name, json));
        if (json is not null && result is null)
            Invalid.Add(name);
        return result;
    }

    IReadOnlyList<string>? Names(string name)
    {
        string many = name + "s";
        if (properties.ContainsKey(name) && properties.ContainsKey(many))
            Faults.Add($"{name} and {many} exclude each other. Remove one.");
        if (properties.TryGetValue(many, out var list))
        {
            if (Input(many, list).Json(JsonValueKind.Array, "a list of names") is not { } array)
                return Lost(many);
            string?[] names = [.. array.EnumerateArray().Select((e, i) => Input($"{many}[{i}]", e).Text(1000))];
            return names.Contains(null) ? Lost(many) : names!;
        }

        return properties.ContainsKey(name) ? Value(name, v => v.Text(1000)) is { } one ? [one] : Lost(name) : null;

        IReadOnlyList<string>? Lost(string place)
        {
            Invalid.Add(place);
            return null;
        }
    }

    int Word(string name, IReadOnlyList<string> words)
    {
        if (Value(name, v => v.Text(100)) is not { } text)
            return 0;
        int word = words.ToList().IndexOf(text);
        if (word >= 0)
            return word;
        Faults.Add($"{name} must be one of {string.Join(", ", words)} (got '{Printable.Text(text)}').");
        Invalid.Add(name);
        return 0;
    }

    SearchPoint Settings()
    {
        var settings = new List<KeyValuePair<string, SearchValue>>();
        foreach (var (name, json) in Members(properties.GetValueOrDefault("settings"), "settings", "settings"))
        {
            if (SpaceReader.Single(json, $"settings.{Printable.Text(name)}", Faults) is { } value)
                settings.Add(new(name, value));
            else
                Invalid.Add(name);
        }

        return new(settings);
    }

    List<SearchParameter> Space()
    {
        var space = new List<SearchParameter>();
        foreach (var (name, json) in Members(properties.GetValueOrDefault("space"), "space", "space"))
        {
            if (SpaceReader.Parameter(name, json, $"space.{Printable.Text(name)}", Faults) is { } parameter)
                space.Add(parameter);
            else
                Invalid.Add(name);
        }

        return space;
    }

    List<(string Name, JsonElement Value)> Members(JsonElement json, string path, string title) =>
        json.ValueKind == JsonValueKind.Undefined ? [] : SpaceReader.Members(json, path, title, Faults);

    InputValue Input(string place, JsonElement? json) => new(Faults, place, json, SpaceReader.Shown);

    static string Hint(string name, IReadOnlyList<string> known) =>
        NearNames.Of(name, known) is [var near, ..] ? $"Did you mean {near}?" : $"Use {string.Join(", ", known)}.";
}
