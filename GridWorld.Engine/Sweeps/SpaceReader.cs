using System.Text.Json;

namespace GridWorld;

/// <summary>Reads a parameter of a sweep file: <c>{"log_uniform": [0.01, 1], "when": {"learner": "sarsa"}}</c>.</summary>
internal static class SpaceReader
{
    /// <summary>The parameter; null if it has errors, which are recorded with their places.</summary>
    public static SearchParameter? Parameter(string name, JsonElement json, string place, Faults faults)
    {
        var members = Members(json, place, place, faults);
        if (json.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var (other, _) in members.Where(m => m.Name != "when" && !SearchParameter.Words.Contains(m.Name)))
            faults.Add($"{place}.{Printable.Text(other)} is not a known property. "
                + $"Use one of {string.Join(", ", SearchParameter.Words)}, and when.");
        var kinds = members.FindAll(m => SearchParameter.Words.Contains(m.Name));
        if (kinds.Count != 1)
        {
            faults.Add($"{place} must contain exactly one of {string.Join(", ", SearchParameter.Words)} (got {kinds.Count}).");
            return null;
        }

        var parameter = Of(name, kinds[0].Name, kinds[0].Value, $"{place}.{kinds[0].Name}", faults);
        foreach (var (_, when) in members.Where(m => m.Name == "when"))
        {
            foreach (var (other, value) in Members(when, $"{place}.when", $"{place}.when", faults))
            {
                parameter = Values(value, $"{place}.when.{Printable.Text(other)}", faults) is { } values
                    ? parameter?.When(other, values) : null;
            }
        }

        return parameter;
    }

    /// <summary>The members of an object; none, and an error, if it is not an object or a name occurs twice.</summary>
    public static List<(string Name, JsonElement Value)> Members(JsonElement json, string path, string title, Faults faults)
    {
        var members = new List<(string Name, JsonElement Value)>();
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{title} must be an object (got {Shown(json)}).");
            return members;
        }

        foreach (var property in json.EnumerateObject())
        {
            if (TryName(property) is not { } name)
                faults.Add($"{title}: a name contains a lone surrogate. Remove it.");
            else if (members.Exists(m => m.Name == name))
                faults.Add($"{(path.Length > 0 ? path + "." : "")}{Printable.Text(name)} occurs twice. Remove one.");
            else
                members.Add((name, property.Value));
        }

        return members;
    }

    public static SearchValue? Single(JsonElement json, string place, Faults faults)
    {
        var value = SearchValue.TryRead(json);
        faults.Require(value is not null, $"{place} must be a number, a string, true, false or a schedule (got {Shown(json)}).");
        return value;
    }

    public static string Shown(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => Printable.Text(json.GetRawText()),
    };

    static string? TryName(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    static SearchParameter? Of(string name, string kind, JsonElement json, string place, Faults faults)
    {
        if (kind == "choice")
        {
            return json.ValueKind != JsonValueKind.Array ? Fault("a list of values")
                : Values(json, place, faults) is { } values ? SearchParameter.Choice(name, values) : null;
        }

        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != 2)
            return Fault("a list of two numbers");
        double?[] bounds = [.. json.EnumerateArray().Select((e, i) => new InputValue(faults, $"{place}[{i}]", e, Shown).Number())];
        if (bounds is not [{ } from, { } to])
            return null;
        return kind switch
        {
            "uniform" => SearchParameter.Uniform(name, from, to),
            "log_uniform" => SearchParameter.LogUniform(name, from, to),
            _ => SearchParameter.Integer(name, from, to),
        };

        SearchParameter? Fault(string what)
        {
            faults.Add($"{place} must be {what} (got {Shown(json)}).");
            return null;
        }
    }

    static List<SearchValue>? Values(JsonElement json, string place, Faults faults)
    {
        SearchValue?[] values = json.ValueKind == JsonValueKind.Array
            ? [.. json.EnumerateArray().Select((e, i) => Single(e, $"{place}[{i}]", faults))] : [Single(json, place, faults)];
        return values.Contains(null) ? null : [.. values.Select(v => v!.Value)];
    }
}
