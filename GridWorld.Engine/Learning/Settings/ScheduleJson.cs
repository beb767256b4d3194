using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>Schedules as data: <c>{"schedule":"linear","from":1,"to":0.05,"over":10000,"unit":"episodes"}</c>.</summary>
internal static class ScheduleJson
{
    public static readonly string[] Units = ["episodes", "steps", "state", "state-action"];

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
        var fields = new ScheduleFields(json, faults);
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
}
