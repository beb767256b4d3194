using System.Globalization;
using System.Text.Json;

namespace GridWorld;

/// <summary>
/// Reads one value of an input: JSON, or a text from a command line or a query. A missing value reads as null. An invalid one does too, and
/// its error is collected: "NAME must be WHAT (got SHOWN)."
/// </summary>
internal readonly struct InputValue(Faults faults, string name, JsonElement? json, string? text, Func<string> shown)
{
    public InputValue(Faults faults, string name, JsonElement? json, Func<JsonElement, string> shown)
        : this(faults, name, json, null, () => shown(json!.Value))
    {
    }

    public bool IsMissing => json is null && text is null;

    /// <summary>The value itself, where it is of a kind.</summary>
    public JsonElement? Json(JsonValueKind kind, string what) =>
        json is null || json.Value.ValueKind == kind ? json : Fault<JsonElement?>(what);

    public double? Number(string what = "a number", Func<double, bool>? isAllowed = null) => IsMissing ? null
        : double.TryParse(Digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && isAllowed?.Invoke(value) != false
            ? value : Fault<double?>(what);

    public long? Whole(long least, long most, string? range = null) => IsMissing ? null
        : long.TryParse(Digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            && value >= least && value <= most
            ? value : Fault<long?>($"a whole number {range ?? string.Create(CultureInfo.InvariantCulture, $"between {least} and {most}")}");

    /// <summary>A number; in JSON also a text, for a number that JSON readers cannot represent exactly.</summary>
    public ulong? Seed(string range) => IsMissing ? null
        : ulong.TryParse(json is { ValueKind: JsonValueKind.String } word ? word.GetString() : Digits, NumberStyles.None,
            CultureInfo.InvariantCulture, out ulong seed) ? seed : Fault<ulong?>($"a whole number {range}");

    public bool? Flag() => (json?.GetRawText() ?? text) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => Fault<bool?>("true or false"),
    };

    /// <summary>One of several words of a command line or a query.</summary>
    public string? Word(IEnumerable<string> words, string what) => text is null || words.Contains(text) ? text : Fault<string>(what);

    public string? Text(int longest)
    {
        string what = $"text of at most {longest} characters";
        string? value = Json(JsonValueKind.String, what)?.GetString();
        return value is null || value.Length <= longest ? value : Fault<string>(what);
    }

    string? Digits => json is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : text;

    T? Fault<T>(string what)
    {
        faults.Add($"{name} must be {what} (got {shown()}).");
        return default;
    }
}
