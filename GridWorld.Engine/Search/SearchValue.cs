using System.Globalization;
using System.Text.Json;

namespace GridWorld;

/// <summary>
/// A value of a <see cref="SearchParameter"/>: a number, a text, true or false, or a JSON object such as a schedule. The default is the
/// number 0. Numbers, texts and booleans convert to it.
/// </summary>
public readonly struct SearchValue : IEquatable<SearchValue>
{
    readonly double number;
    readonly string? json;

    SearchValue(double number, string? json) => (this.number, this.json) = (number, json);

    /// <summary>The number; null for any other kind of value.</summary>
    public double? Number => json is null ? number : null;

    /// <summary>The text; null for any other kind of value.</summary>
    public string? Text
    {
        get
        {
            if (json is not ['"', ..])
                return null;
            using var document = JsonDocument.Parse(json);
            return document.RootElement.GetString();
        }
    }

    /// <summary>The boolean; null for any other kind of value.</summary>
    public bool? Flag => json switch { "true" => true, "false" => false, _ => null };

    /// <summary>Converts a number.</summary>
    public static implicit operator SearchValue(double number) => new(number, null);

    /// <summary>Converts a text.</summary>
    public static implicit operator SearchValue(string text) => new(0, $"\"{JsonEncodedText.Encode(Guard.NotNull(text))}\"");

    /// <summary>Converts a boolean.</summary>
    public static implicit operator SearchValue(bool flag) => new(0, flag ? "true" : "false");

    /// <summary>Reads a value from JSON: a number, a string, true, false or an object.</summary>
    /// <exception cref="InputException">The text is not JSON, or is null or a list.</exception>
    public static SearchValue FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 8 });
            if (TryRead(document.RootElement) is { } value)
                return value;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
        }

        throw new InputException($"A value must be a number, a string, true, false or an object (got {Printable.Text(json)}).");
    }

    /// <summary>The value as JSON.</summary>
    public string ToJson() => json ?? number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The value for a table: a text without its quotes, anything else as JSON.</summary>
    public override string ToString() => Text ?? ToJson();

    /// <inheritdoc/>
    public bool Equals(SearchValue other) => number.Equals(other.number) && json == other.json;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SearchValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(number, json);

    /// <summary>Returns whether the values are equal.</summary>
    public static bool operator ==(SearchValue left, SearchValue right) => left.Equals(right);

    /// <summary>Returns whether the values differ.</summary>
    public static bool operator !=(SearchValue left, SearchValue right) => !left.Equals(right);

    /// <summary>The value of a JSON element; null if the element is null, a list, or a text with a lone surrogate.</summary>
    internal static SearchValue? TryRead(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Number => element.GetDouble(),
                JsonValueKind.String => element.GetString()!,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Object => new SearchValue(0, Compact(element)),
                _ => (SearchValue?)null,
            };
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    static string Compact(JsonElement element)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            element.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
