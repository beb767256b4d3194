using System.Globalization;
using System.Text.Json;

namespace GridWorld;

/// <summary>
/// Writes rows as JSON: one object per line, or an array of objects. Numbers have all digits; NaN and infinities are strings.
/// </summary>
internal static class JsonLinesExport
{
    public static void Write(RowTable table, Stream to)
    {
        using var json = new Utf8JsonWriter(to);
        foreach (var row in table.Rows)
            Line(table.Columns, row, json, to);
    }

    public static void Line(IReadOnlyList<string> columns, IReadOnlyList<object?> cells, Utf8JsonWriter json, Stream to)
    {
        Row(columns, cells, json);
        json.Flush();
        json.Reset();
        to.WriteByte((byte)'\n');
    }

    public static void WriteArray(RowTable table, Stream to)
    {
        using var json = new Utf8JsonWriter(to);
        json.WriteStartArray();
        foreach (var row in table.Rows)
        {
            Row(table.Columns, row, json);
            if (json.BytesPending > 1 << 16)
                json.Flush();
        }

        json.WriteEndArray();
    }

    public static void Row(IReadOnlyList<string> columns, IReadOnlyList<object?> cells, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (int i = 0; i < cells.Count; i++)
        {
            json.WritePropertyName(columns[i]);
            Value(cells[i], json);
        }

        json.WriteEndObject();
    }

    public static void Value(object? cell, Utf8JsonWriter json)
    {
        switch (cell)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            // Above 2^53, not every reader of JSON reads a number exactly.
            case ulong number when number <= 1UL << 53: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case double number: json.WriteStringValue(number.ToString("R", CultureInfo.InvariantCulture)); break;
            case IEnumerable<int> list:
                json.WriteStartArray();
                foreach (int number in list)
                    json.WriteNumberValue(number);
                json.WriteEndArray();
                break;
            case DateTimeOffset time: json.WriteStringValue(time); break;
            default: json.WriteStringValue(cell.ToString()); break;
        }
    }
}
