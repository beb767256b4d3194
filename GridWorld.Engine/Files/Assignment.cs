using System.Text.Json;

namespace GridWorld;

/// <summary>What a teacher asks of a submitted run. What is null is not asked.</summary>
/// <param name="WorldHash"><see cref="World.Hash"/> of the world.</param>
/// <param name="Learner">Name of the learner.</param>
/// <param name="Settings">The least and the greatest value of settings by name, at the start and after every change.</param>
/// <param name="Episodes">Number of episodes that the run must have ended after.</param>
internal sealed record Assignment(string? WorldHash, string? Learner, IReadOnlyDictionary<string, (double Min, double Max)> Settings,
    long? Episodes)
{
    static readonly string[] known = ["world_hash", "learner", "settings", "episodes"];

    /// <exception cref="InputException">The file cannot be read or has errors; lists them all.</exception>
    public static Assignment Load(string path)
    {
        try
        {
            string source = Printable.Text(Path.GetFileName(path));
            using var json = JsonText.Parse(File.ReadAllBytes(path), source);
            return Read(json.RootElement, source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{Printable.Text(path)} cannot be read: {StoreFault.Reason(e)}");
        }
    }

    static Assignment Read(JsonElement root, string source)
    {
        var fields = new JsonFields(root, source, "", known);
        var settings = new Dictionary<string, (double, double)>(StringComparer.Ordinal);
        var read = new Assignment(Text("world_hash"), Text("learner"), settings, fields.Long("episodes"));
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("settings", out var ranges))
        {
            fields.Faults.Require(ranges.ValueKind == JsonValueKind.Object, $"{fields.Place("settings")} must be an object.");
            foreach (var range in ranges.ValueKind == JsonValueKind.Object ? [.. ranges.EnumerateObject()] : Array.Empty<JsonProperty>())
            {
                if (range.Value.ValueKind == JsonValueKind.Array && range.Value.GetArrayLength() == 2
                    && range.Value[0].ValueKind == JsonValueKind.Number && range.Value[1].ValueKind == JsonValueKind.Number
                    && (range.Value[0].GetDouble(), range.Value[1].GetDouble()) is var (min, max) && min <= max)
                    settings[range.Name] = (min, max);
                else
                    fields.Faults.Add($"{fields.Place($"settings.{range.Name}")} must be [least, greatest].");
            }
        }

        fields.Faults.ThrowIfAny();
        return read;

        string? Text(string name) => fields.Text(name, "") is { Length: > 0 } text ? text : null;
    }

    /// <summary>The ways in which a run is not what was asked.</summary>
    public IEnumerable<string> FaultsOf(RunView run, RunStatus status)
    {
        var (specification, learner) = (run.Specification, run.Specification.Learner);
        if (WorldHash is not null && specification.World.Hash != WorldHash)
            yield return $"The world {Printable.Text(specification.World.Name)} is not the one of the assignment: its hash is "
                + $"{specification.World.Hash}.";
        if (WorldHash is not null && run.EventLog.FirstOrDefault(e => e.Kind == RunEventKind.RewardChange) is { } changed)
            yield return $"The world was changed: {changed.Param} is {changed.NewValue} after episode {changed.Episode}.";
        if (Learner is not null && learner.Name != Learner)
            yield return $"The learner is {Printable.Text(learner.Name)}; it must be {Learner}.";
        if (Episodes is { } episodes && status.Episodes != episodes)
            yield return $"The run has {status.Episodes} episodes; it must have {episodes}.";
        foreach (var (name, (min, max)) in Settings)
        {
            if (name == "max_steps")
            {
                if (specification.StepLimit < min || specification.StepLimit > max)
                    yield return $"The step limit is {specification.StepLimit}; it must be between {min} and {max}.";
                continue;
            }

            if (learner.Settings.FirstOrDefault(s => s.IsCalled(name)) is not { } setting)
            {
                yield return $"{Printable.Text(learner.Name)} has no {Printable.Text(name)}.";
                continue;
            }

            var values = run.EventLog.Where(e => e.Kind == RunEventKind.ParamChange && e.Param == setting.Name)
                .Select(e => (e.Episode, Json: e.NewValue ?? "")).Prepend((Episode: 0, Json: setting.ToJson(learner)));
            foreach (var (episode, json) in values)
            {
                bool isIn = JsonElement.Parse(json) is { ValueKind: JsonValueKind.Number } number && number.GetDouble() >= min
                    && number.GetDouble() <= max;
                if (!isIn)
                {
                    yield return $"{setting.Title} is {Printable.Text(json)} after episode {episode}; "
                        + $"it must be a number between {min} and {max}.";
                }
            }
        }
    }
}
