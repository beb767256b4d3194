using System.Globalization;
using System.Text.Json;

namespace GridWorld;

/// <summary>Writes numbers. JSON has no non-finite numbers, so these are strings.</summary>
internal static class JsonNumbers
{
    public static void Number(this Utf8JsonWriter writer, double? value)
    {
        if (value is null)
            writer.WriteNullValue();
        else if (double.IsFinite(value.Value))
            writer.WriteNumberValue(value.Value);
        else
            writer.WriteStringValue(value.Value.ToString(CultureInfo.InvariantCulture));
    }

    public static void Number(this Utf8JsonWriter writer, string name, double? value)
    {
        writer.WritePropertyName(name);
        writer.Number(value);
    }

    /// <summary>Writes the property "interval": its ends, or an empty array if there is none.</summary>
    public static void Interval(this Utf8JsonWriter json, ConfidenceInterval? interval)
    {
        json.WriteStartArray("interval");
        if (interval is not null)
        {
            json.WriteNumberValue(interval.Low);
            json.WriteNumberValue(interval.High);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a number with as many digits as a drawing needs.</summary>
    public static void Rounded(this Utf8JsonWriter writer, double value)
    {
        Span<char> text = stackalloc char[32];
        if (!double.IsFinite(value) || !value.TryFormat(text, out int length, "G9", CultureInfo.InvariantCulture))
            writer.Number(value);
        else
            writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
