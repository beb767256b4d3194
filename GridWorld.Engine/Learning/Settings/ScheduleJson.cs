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
        // The last two: a lone surrogate, in the text or escaped in a string.
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
        var fields = new Fields(json);
        Schedule schedule = fields.Text("schedule", "") switch
        {
            "constant" => new ConstantSchedule(fields.Number("value")),
            "linear" => new LinearSchedule(fields.Number("from"), fields.Number("to"), fields.Whole("over"), fields.Unit(ScheduleUnit.Episodes)),
            "exponential" => new ExponentialSchedule(fields.Number("from"), fields.Number("factor"), fields.Number("to", 0), fields.Unit(ScheduleUnit.Episodes)),
            "piecewise" => new PiecewiseSchedule(fields.Points(), fields.Unit(ScheduleUnit.Episodes)),
            "power" => new PowerSchedule(fields.Number("from", 1), fields.Number("power", 1), fields.Unit(ScheduleUnit.StateActionVisits)),
            var other => throw new InputException($"There is no schedule '{Printable.Text(other)}'. There are: constant, linear, exponential, piecewise, power."),
        };
        if (fields.Start() is { } start)
            schedule = schedule with { Start = start };
        fields.RefuseOthers();
        return schedule.Checked();
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
        $$"""'{{Printable.Text(json)}}' is not a schedule. Give a number, or an object such as {"schedule":"linear","from":1,"to":0.05,"over":10000,"unit":"episodes"}.""");


    /// <summary>The fields of an object, each asked for once.</summary>
    sealed class Fields(JsonElement json)
    {
        readonly HashSet<string> known = ["schedule"];

        public string Text(string name, string otherwise)
        {
            known.Add(name);
            return json.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, value, "a text") : otherwise;
        }

        public double Number(string name, double? otherwise = null)
        {
            known.Add(name);
            if (!json.TryGetProperty(name, out var value))
                return otherwise ?? throw new InputException($"The schedule lacks '{name}', a number.");
            return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : throw Wrong(name, value, "a number");
        }

        public long Whole(string name)
        {
            double number = Number(name);
            return number == Math.Floor(number) && Math.Abs(number) < 1L << 53 ? (long)number : throw new InputException($"'{name}' of a schedule must be a whole number (got {Printable.Number(number)}).");
        }

        // "now" is what a change means that does not say from when.
        public long? Start()
        {
            known.Add("start");
            return json.TryGetProperty("start", out var value) && !(value.ValueKind == JsonValueKind.String && value.ValueEquals("now")) ? Whole("start") : null;
        }

        public ScheduleUnit Unit(ScheduleUnit otherwise)
        {
            string text = Text("unit", ScheduleJson.Text(otherwise));
            int unit = Array.IndexOf(Units, text);
            return unit >= 0 ? (ScheduleUnit)unit : throw new InputException($"There is no unit '{Printable.Text(text)}'. There are: {string.Join(", ", Units)}.");
        }

        public (long, double)[] Points()
        {
            known.Add("points");
            if (!json.TryGetProperty("points", out var points) || points.ValueKind != JsonValueKind.Array || points.GetArrayLength() is 0 or > 1000)
                throw new InputException("A piecewise schedule needs 'points', 1 to 1000 pairs such as [[0,1],[100,0.1]].");
            return [.. points.EnumerateArray().Select(Point)];
        }

        public void RefuseOthers()
        {
            foreach (var property in json.EnumerateObject())
            {
                if (!known.Contains(property.Name))
                    throw new InputException($"A {Text("schedule", "")} schedule has no field '{Printable.Text(property.Name)}'. It has: {string.Join(", ", known)}.");
            }
        }

        static (long, double) Point(JsonElement point) =>
            point.ValueKind == JsonValueKind.Array && point.GetArrayLength() == 2 && point[0].ValueKind == JsonValueKind.Number
            && point[0].TryGetInt64(out long at) && point[1].ValueKind == JsonValueKind.Number
                ? (at, point[1].GetDouble())
                : throw new InputException($"A point of a schedule is a pair of a whole number and a number (got {Printable.Text(point.GetRawText())}).");

        static InputException Wrong(string name, JsonElement value, string wanted) => new($"'{name}' of a schedule must be {wanted} (got {Printable.Text(value.GetRawText())}).");
    }
}
