using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Reads a JSON object from a client, member by member. Collects all errors; an unknown member is an error.</summary>
/// <exception cref="InputException">A text or name in the object is not valid Unicode.</exception>
internal sealed class JsonInput(JsonElement json)
{
    static readonly JsonDocumentOptions Bounded = new() { MaxDepth = ServerLimits.JsonDepth };

    readonly JsonElement root = Readable(json);
    readonly Faults faults = new();
    readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>Reads the body of a request. An empty body counts as an empty object.</summary>
    public static async Task<JsonInput> ReadAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted); // Kestrel limits its size.
        if (body.Length == 0)
            return new(Parse("{}"u8.ToArray()));
        var type = http.Request.ContentType ?? "";
        if (!type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
            throw new BadHttpRequestException("", StatusCodes.Status415UnsupportedMediaType);
        return new(Parse(body.GetBuffer().AsMemory(0, (int)body.Length)));
    }

    /// <summary>Reads a number, or NaN, Infinity or -Infinity as text. The receiver checks the range.</summary>
    public double? Number(string name) =>
        Raw(name) is { ValueKind: JsonValueKind.String } word && word.GetString() is "NaN" or "Infinity" or "-Infinity"
        ? double.Parse(word.GetString()!, CultureInfo.InvariantCulture) : Value(name).Number();

    /// <summary>Reads a number, or an object that describes a schedule.</summary>
    public Schedule? Schedule(string name)
    {
        if (Member(name) is not { ValueKind: JsonValueKind.Object } value)
            return Number(name) is { } number ? GridWorld.Schedule.Constant(number) : null;
        Schedule? schedule = null;
        faults.Collect(() => schedule = GridWorld.Schedule.FromJson(value.GetRawText()));
        return schedule;
    }

    /// <summary>Schedules for hyperparameters that a learner has, by name.</summary>
    public Dictionary<string, Schedule> Changes(LearnerOptions learner)
    {
        var changes = new Dictionary<string, Schedule>();
        foreach (var name in learner.Hyperparameters.Select(h => h.Name))
            if (Schedule(name) is { } schedule)
                changes[name] = schedule;
        return changes;
    }

    public long? Integer(string name, long least, long most) => Value(name).Whole(least, most);

    public string? Text(string name, int longest) => Value(name).Text(longest);

    /// <summary>Reads a number, or text for a number that JSON readers cannot represent exactly.</summary>
    public ulong? Seed(string name) => Value(name).Seed($"between 0 and {ulong.MaxValue}");

    public bool? Flag(string name) => Value(name).Flag();

    /// <summary>Reads the items of a list; none if the member is missing.</summary>
    public IEnumerable<JsonElement> List(string name) =>
        Value(name).Json(JsonValueKind.Array, "a list") is { } list ? list.EnumerateArray() : [];

    /// <summary>Gets a member without checks, for a separate reader; null if it is missing.</summary>
    public JsonElement? Raw(string name) => Member(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;

    /// <summary>Whether a member is present, even if it is null.</summary>
    public bool Has(string name) => Member(name) is not null;

    /// <summary>Reads a member that is an object; null if it is missing.</summary>
    public JsonElement? Object(string name) => Value(name).Json(JsonValueKind.Object, "an object");

    public JsonInput Require(bool holds, string error)
    {
        faults.Require(holds, error);
        return this;
    }

    /// <summary>Collects the errors that a separate reader throws.</summary>
    public JsonInput Collect(Action read)
    {
        faults.Collect(read);
        return this;
    }

    /// <summary>Collects the errors of a member that was read as a separate input.</summary>
    public void Include(JsonInput inner) => faults.Collect(inner.ThrowIfFaulty);

    /// <summary>
    /// Throws if there are errors, but allows unknown members, because a newer page can send members that this server does not know.
    /// </summary>
    public void ThrowIfFaulty()
    {
        faults.Require(root.ValueKind == JsonValueKind.Object, $"A JSON object is needed (got {Shown(root)}).").ThrowIfAny();
    }

    /// <summary>Throws if there are errors or unknown members. Call it after reading all members.</summary>
    public void Done()
    {
        if (root.ValueKind != JsonValueKind.Object)
            faults.Add($"A JSON object is needed (got {Shown(root)}).");
        else
            foreach (var member in root.EnumerateObject())
                if (!asked.Contains(member.Name))
                    faults.Add($"'{QueryInput.Cut(member.Name)}' is not a known member. "
                        + $"Use {string.Join(", ", asked.Order(StringComparer.Ordinal))}.");
        faults.ThrowIfAny();
    }

    InputValue Value(string name) => new(faults, name, Raw(name), Shown);

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
            throw new InputException($"The body is not JSON, or is nested more than {ServerLimits.JsonDepth} levels deep.");
        }
    }

    /// <summary>Rejects broken UTF-8 and half surrogate pairs. JSON's syntax allows them, but later readers of the text do not.</summary>
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
            throw new InputException(
                "The body contains text that is not valid Unicode: broken UTF-8, or half of a surrogate pair. Send it as UTF-8.");
        }
    }

    static string Shown(JsonElement value) => QueryInput.Cut(value.GetRawText());
}
