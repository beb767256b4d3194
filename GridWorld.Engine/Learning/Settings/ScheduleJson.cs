using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>Schedules as data: <c>{"schedule":"linear","from":1,"to":0.05,"over":10000,"unit":"episodes"}</c>.</summary>
internal static class ScheduleJson
{
    static readonly string[] Units = ["episodes", "steps", "state", "state-action"];

    public static string Text(ScheduleUnit unit) => Enum.IsDefined(unit) ? Units[(int)unit] : $"unit {(int)unit}";

    public static Schedule Read(string json)
    {
        if (double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            return new ConstantSchedule(value);
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 4 });
            return Read(document.RootElement);
        }
        // The last two are thrown for a lone surrogate, in the text or escaped in a string.
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw NoSchedule(json);
        }
    }

    static Schedule Read(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Number)
            return new ConstantSchedule(json.GetDouble());
        if (json.ValueKind != JsonValueKind.Object)
            throw NoSchedule(json.GetRawText());
        var faults = new Faults();
        var fields = new Fields(json, faults);
        string kind = fields.Text("schedule", "");
        Schedule? schedule = kind switch
        {
            "constant" => new ConstantSchedule(fields.Number("value")),
            "linear" => new LinearSchedule(fields.Number("from"), fields.Number("to"), fields.Whole("over"),
                fields.Unit(ScheduleUnit.Episodes)),
            "exponential" => new ExponentialSchedule(fields.Number("from"), fields.Number("factor"), fields.Number("to", 0),
                fields.Unit(ScheduleUnit.Episodes)),
            "piecewise" => new PiecewiseSchedule(fields.Points(), fields.Unit(ScheduleUnit.Episodes)),
            "power" => new PowerSchedule(fields.Number("from", 1), fields.Number("power", 1), fields.Unit(ScheduleUnit.StateActionVisits)),
            _ => null,
        };
        faults.Require(schedule is not null || faults.Any,
            $"There is no schedule '{Printable.Text(kind)}'. Use one of constant, linear, exponential, piecewise, power.");
        if (schedule is not null)
        {
            schedule = schedule with { Start = fields.Start() };
            if (!faults.Any) // The check would also report the defaults that replace invalid values.
                faults.Collect(() => schedule.Checked());
            fields.RefuseOthers(kind);
        }

        faults.ThrowIfAny();
        return schedule!;
    }

    public static string Write(Schedule schedule)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            switch (schedule)
            {
                case LinearSchedule s:
                    json.WriteString("schedule", "linear");
                    json.WriteNumber("from", s.From);
                    json.WriteNumber("to", s.To);
                    json.WriteNumber("over", s.Over);
                    json.WriteString("unit", Text(s.Unit));
                    break;
                case ExponentialSchedule s:
                    json.WriteString("schedule", "exponential");
                    json.WriteNumber("from", s.From);
                    json.WriteNumber("factor", s.Factor);
                    json.WriteNumber("to", s.To);
                    json.WriteString("unit", Text(s.Unit));
                    break;
                case PiecewiseSchedule s:
                    json.WriteString("schedule", "piecewise");
                    json.WriteStartArray("points");
                    foreach (var (at, value) in s.Points)
                    {
                        json.WriteStartArray();
                        json.WriteNumberValue(at);
                        json.WriteNumberValue(value);
                        json.WriteEndArray();
                    }

                    json.WriteEndArray();
                    json.WriteString("unit", Text(s.Unit));
                    break;
                case PowerSchedule s:
                    json.WriteString("schedule", "power");
                    json.WriteNumber("from", s.From);
                    json.WriteNumber("power", s.Exponent);
                    json.WriteString("unit", Text(s.Unit));
                    break;
            }

            if (schedule.Start is { } start)
                json.WriteNumber("start", start);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    static InputException NoSchedule(string json) => new(
        $"'{Printable.Text(json)}' is not a schedule. Use a number or an object such as "
        + """{"schedule":"linear","from":1,"to":0.05,"over":10000,"unit":"episodes"}.""");

    /// <summary>Reads the fields of an object and records their names.</summary>
    sealed class Fields(JsonElement json, Faults faults)
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
            int unit = Array.IndexOf(Units, text);
            faults.Require(unit >= 0, $"There is no unit '{Printable.Text(text)}'. Use one of {string.Join(", ", Units)}.");
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
}
