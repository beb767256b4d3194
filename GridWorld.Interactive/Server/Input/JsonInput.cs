using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>A JSON object from a client, read member by member; every fault is collected, and a member no one asked for is one.</summary>
/// <exception cref="InputException">Some text or name in it is not valid Unicode.</exception>
internal sealed class JsonInput(JsonElement json)
{
    static readonly JsonDocumentOptions Bounded = new() { MaxDepth = ServerLimits.JsonDepth };

    readonly JsonElement root = Readable(json);
    readonly Faults faults = new();
    readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>The body of a request; an empty one is an empty object.</summary>
    public static async Task<JsonInput> ReadAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted); // Kestrel bounds it.
        if (body.Length == 0)
            return new(Parse("{}"u8.ToArray()));
        var type = http.Request.ContentType ?? "";
        if (!type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
            throw new BadHttpRequestException("", StatusCodes.Status415UnsupportedMediaType);
        return new(Parse(body.GetBuffer().AsMemory(0, (int)body.Length)));
    }

    /// <summary>A number, or one of the words that stand for what JSON has no number for. The range is for the receiver to judge.</summary>
    public double? Number(string name)
    {
        if (Member(name) is not { ValueKind: not JsonValueKind.Null } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
            return number;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is "NaN" or "Infinity" or "-Infinity")
            return double.Parse(value.GetString()!, CultureInfo.InvariantCulture);
        faults.Add($"{name} must be a number (got {Shown(value)}).");
        return null;
    }

    /// <summary>A number, or an object that describes how it changes over time.</summary>
    public Schedule? Schedule(string name)
    {
        if (Member(name) is not { ValueKind: JsonValueKind.Object } value)
            return Number(name) is { } number ? GridWorld.Schedule.Constant(number) : null;
        Schedule? schedule = null;
        faults.Collect(() => schedule = GridWorld.Schedule.FromJson(value.GetRawText()));
        return schedule;
    }

    public long? Integer(string name, long least, long most)
    {
        if (Member(name) is not { ValueKind: not JsonValueKind.Null } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        faults.Add($"{name} must be a whole number between {least} and {most} (got {Shown(value)}).");
        return null;
    }

    public string? Text(string name, int longest)
    {
        if (Member(name) is not { ValueKind: not JsonValueKind.Null } value)
            return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= longest)
            return text;
        faults.Add($"{name} must be text of at most {longest} characters (got {Shown(value)}).");
        return null;
    }

    /// <summary>A number, or text where it is beyond what JSON's readers hold exactly.</summary>
    public ulong? Seed(string name)
    {
        if (Member(name) is not { ValueKind: not JsonValueKind.Null } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var number))
            return number;
        if (value.ValueKind == JsonValueKind.String && ulong.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return number;
        faults.Add($"{name} must be a whole number between 0 and {ulong.MaxValue} (got {Shown(value)}).");
        return null;
    }

    public bool? Flag(string name)
    {
        if (Member(name) is not { ValueKind: not JsonValueKind.Null } value)
            return null;
        faults.Require(value.ValueKind is JsonValueKind.True or JsonValueKind.False, $"{name} must be true or false (got {Shown(value)}).");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>The items of a list; none where it was left out.</summary>
    public IEnumerable<JsonElement> List(string name)
    {
        if (Member(name) is not { ValueKind: not JsonValueKind.Null } value)
            return [];
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray();
        faults.Add($"{name} must be a list (got {Shown(value)}).");
        return [];
    }

    /// <summary>Whatever stands there, for a reader of its own; null where nothing does.</summary>
    public JsonElement? Raw(string name) => Member(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;

    /// <summary>Whether it was given, be it null.</summary>
    public bool Has(string name) => Member(name) is not null;

    /// <summary>A member that is an object itself, or null.</summary>
    public JsonElement? Object(string name)
    {
        if (Member(name) is not { ValueKind: not JsonValueKind.Null } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return value;
        faults.Add($"{name} must be an object (got {Shown(value)}).");
        return null;
    }

    public JsonInput Require(bool holds, string error)
    {
        faults.Require(holds, error);
        return this;
    }

    /// <summary>Takes over what a reader of its own throws.</summary>
    public JsonInput Collect(Action read)
    {
        faults.Collect(read);
        return this;
    }

    /// <summary>Takes over the faults of a member read as an input of its own.</summary>
    public void Include(JsonInput inner) => faults.Collect(inner.ThrowIfFaulty);

    /// <summary>Lets members that no one asked for pass: a newer page may know more than this server.</summary>
    public void ThrowIfFaulty()
    {
        faults.Require(root.ValueKind == JsonValueKind.Object, $"A JSON object is needed (got {Shown(root)}).").ThrowIfAny();
    }

    /// <summary>To be called when all members were asked for.</summary>
    public void Done()
    {
        if (root.ValueKind != JsonValueKind.Object)
            faults.Add($"A JSON object is needed (got {Shown(root)}).");
        else
            foreach (var member in root.EnumerateObject())
                if (!asked.Contains(member.Name))
                    faults.Add($"'{Cut(member.Name)}' is not known here. Use {string.Join(", ", asked.Order(StringComparer.Ordinal))}.");
        faults.ThrowIfAny();
    }

    JsonElement? Member(string name)
    {
        asked.Add(name);
        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) ? value : null;
    }

    static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Bounded);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new InputException($"The body is not JSON, or nested deeper than {ServerLimits.JsonDepth}.");
        }
    }

    /// <summary>JSON's own syntax admits broken UTF-8 and half surrogate pairs, but no later reader of the text does.</summary>
    static JsonElement Readable(JsonElement json)
    {
        try
        {
            var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(json), new JsonReaderOptions { MaxDepth = ServerLimits.JsonDepth });
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            return json;
        }
        catch (InvalidOperationException)
        {
            throw new InputException("The body contains text that is not valid Unicode: broken UTF-8, or half of a surrogate pair. Send it as UTF-8.");
        }
    }

    static string Shown(JsonElement value) => Cut(value.GetRawText());

    static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
