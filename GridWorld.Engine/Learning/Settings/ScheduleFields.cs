using System.Text.Json;

namespace GridWorld;

/// <summary>Reads the fields of a schedule's object and records their names.</summary>
internal sealed class ScheduleFields(JsonElement json, Faults faults)
{
    readonly HashSet<string> known = [];

    public string Text(string name, string otherwise) => Value(name).Json(JsonValueKind.String, "text")?.GetString() ?? otherwise;

    public double Number(string name, double? otherwise = null)
    {
        var value = Value(name);
        faults.Require(!value.IsMissing || otherwise is not null, $"The schedule must have '{name}', a number.");
        return value.Number() ?? otherwise ?? 0;
    }

    public long Whole(string name)
    {
        double number = Number(name);
        bool isWhole = number == Math.Floor(number) && Math.Abs(number) < 1L << 53;
        faults.Require(isWhole, $"'{name}' of a schedule must be a whole number (got {Printable.Number(number)}).");
        return isWhole ? (long)number : 0;
    }

    // "now" is the same as no start.
    public long? Start()
    {
        var value = Member("start");
        return value is null or { ValueKind: JsonValueKind.String } && value?.ValueEquals("now") != false ? null : Whole("start");
    }

    public ScheduleUnit Unit(ScheduleUnit otherwise)
    {
        string text = Text("unit", ScheduleJson.Text(otherwise));
        int unit = Array.IndexOf(ScheduleJson.Units, text);
        faults.Require(unit >= 0, $"There is no unit '{Printable.Text(text)}'. Use one of {string.Join(", ", ScheduleJson.Units)}.");
        return unit < 0 ? otherwise : (ScheduleUnit)unit;
    }

    public SchedulePoint[] Points()
    {
        if (Member("points") is { ValueKind: JsonValueKind.Array } points && points.GetArrayLength() is >= 1 and <= 1000)
            return [.. points.EnumerateArray().Select(Point)];
        faults.Add("A piecewise schedule must have 'points', 1 to 1000 pairs such as [[0,1],[100,0.1]].");
        return [];
    }

    public void RefuseOthers(string kind)
    {
        foreach (string name in json.EnumerateObject().Select(p => p.Name).Where(n => !known.Contains(n)))
            faults.Add($"A {kind} schedule has no field '{Printable.Text(name)}'. Use {string.Join(", ", known)}.");
    }

    SchedulePoint Point(JsonElement point)
    {
        if (point.ValueKind == JsonValueKind.Array && point.GetArrayLength() == 2 && point[0].ValueKind == JsonValueKind.Number
            && point[0].TryGetInt64(out long at) && point[1].ValueKind == JsonValueKind.Number)
            return new(at, point[1].GetDouble());
        faults.Add($"A point of a schedule must be a pair of a whole number and a number (got {Printable.Text(point.GetRawText())}).");
        return default;
    }

    InputValue Value(string name) => new(faults, $"'{name}' of a schedule", Member(name), value => Printable.Text(value.GetRawText()));

    JsonElement? Member(string name)
    {
        known.Add(name);
        return json.TryGetProperty(name, out var value) ? value : null;
    }
}
