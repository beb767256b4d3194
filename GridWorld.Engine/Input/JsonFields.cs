using System.Text.Json;

namespace GridWorld;

/// <summary>
/// Reads the properties of one JSON object by name and type. Collects the errors and returns a default for an invalid value.
/// </summary>
internal sealed class JsonFields
{
    public delegate bool TryRead<T>(string name, out T value);

    readonly Dictionary<string, JsonElement> properties = [];
    readonly string source, path;

    public JsonFields(JsonElement element, string source, string path, IReadOnlyCollection<string>? known, Faults? faults = null)
    {
        (this.source, this.path, Faults) = (source, path, faults ?? new());
        if (element.ValueKind != JsonValueKind.Object)
        {
            Faults.Add($"{Place("")} must be an object (got {Kind(element)}).");
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (Faults.IsFull)
                break;
            if (TryName(property) is not { } name)
                Faults.Add($"{Place("")}: a name contains a lone surrogate. Remove it.");
            else if (known?.Contains(name) == false)
                Faults.Add($"{Place(name)} is not a known property. {Hint(name, known)}");
            else
                properties[name] = property.Value;
        }
    }

    public Faults Faults { get; }

    public string Place(string name) =>
        $"{source}: " + (path.Length + name.Length == 0 ? "the world"
            : path.Length == 0 ? Printable.Text(name) : name.Length == 0 ? path : $"{path}.{Printable.Text(name)}");

    public bool Required(string name)
    {
        Faults.Require(properties.ContainsKey(name), $"{Place(name)} is missing.");
        return properties.ContainsKey(name);
    }

    public double? Number(string name, bool orNull = false) =>
        Value(name, Get(name, orNull, JsonValueKind.Number, "a number")).Number("a finite number", double.IsFinite);

    public int? Integer(string name, bool orNull = false) => (int?)Whole(name, orNull, int.MinValue, int.MaxValue);

    public long? Long(string name) => Whole(name, false, 0, long.MaxValue);

    public string Text(string name, string usual) => Get(name, false, JsonValueKind.String, "a string") is { } e ? String(name, e) : usual;

    public char Character(string name)
    {
        string text = Text(name, " ");
        Faults.Require(text.Length == 1, $"{Place(name)} must be one character (got \"{Printable.Text(text)}\").");
        return text.Length == 1 ? text[0] : ' ';
    }

    public T Choice<T>(string name, TryRead<T> read, string choices, T usual)
    {
        if (Get(name, false, JsonValueKind.String, $"one of {choices}") is not { } e)
            return usual;
        if (read(String(name, e), out var value))
            return value;
        Faults.Add($"{Place(name)} must be one of {choices} (got \"{Printable.Text(String(name, e))}\").");
        return usual;
    }

    public IReadOnlyList<string> Strings(string name) => List(name, JsonValueKind.String, "a string", (e, place) => String(place, e));

    public IReadOnlyList<int> Integers(string name) => List(name, JsonValueKind.Number, "a whole number", (e, place) =>
    {
        if (!e.TryGetInt32(out int value))
            Faults.Add($"{Place(place)} must be a whole number (got {Shown(e)}).");
        return value;
    });

    public IReadOnlyList<T> Objects<T>(string name, string[] known, Func<JsonFields, T> read) =>
        List(name, JsonValueKind.Object, "an object", (e, place) => read(new(e, source, Path(place), known, Faults)));

    public JsonFields? Object(string name, string[] known, bool orNull = false) =>
        Get(name, orNull, JsonValueKind.Object, "an object") is { } e ? new(e, source, Path(name), known, Faults) : null;

    public JsonElement? Array(string name) => Get(name, false, JsonValueKind.Array, "a list");

    /// <summary>A value inside a property, with its place in messages.</summary>
    public InputValue Value(string place, JsonElement? element) => new(Faults, Place(place), element, Shown);

    /// <summary>An object whose names are single characters.</summary>
    public IReadOnlyDictionary<char, T> Table<T>(string name, IReadOnlyDictionary<char, T> usual, Func<JsonFields, string, T> read)
    {
        if (Get(name, false, JsonValueKind.Object, "an object") is not { } e)
            return usual;
        var fields = new JsonFields(e, source, Path(name), null, Faults);
        var table = new Dictionary<char, T>();
        foreach (string key in fields.properties.Keys)
        {
            if (Faults.IsFull)
                break;
            if (key.Length == 1)
                table[key[0]] = read(fields, key);
            else
                Faults.Add($"{fields.Place(key)}: the name must be one character (got \"{Printable.Text(key)}\").");
        }

        return table;
    }

    string Path(string name) => path.Length == 0 ? name : $"{path}.{Printable.Text(name)}";

    List<T> List<T>(string name, JsonValueKind kind, string what, Func<JsonElement, string, T> read)
    {
        var list = new List<T>();
        if (Get(name, false, JsonValueKind.Array, $"a list, each entry {what}") is not { } array)
            return list;
        int index = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (Faults.IsFull)
                break;
            string place = $"{name}[{index++}]";
            if (Value(place, element).Json(kind, what) is { } entry)
                list.Add(read(entry, place));
        }

        return list;
    }

    JsonElement? Get(string name, bool orNull, JsonValueKind kind, string what) =>
        properties.TryGetValue(name, out var element) && !(orNull && element.ValueKind == JsonValueKind.Null)
            ? Value(name, element).Json(kind, orNull ? $"{what} or null" : what) : null;

    long? Whole(string name, bool orNull, long least, long most) =>
        Value(name, Get(name, orNull, JsonValueKind.Number, "a whole number")).Whole(least, most);

    string String(string name, JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Faults.Add($"{Place(name)} contains a lone surrogate or bytes that are not UTF-8. Remove them.");
            return "";
        }
    }

    static string? TryName(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    static string Shown(JsonElement element) =>
        element.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
        ? Printable.Text(element.GetRawText()) : Kind(element);

    static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.String => "a string",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => element.ValueKind.ToString().ToLowerInvariant(),
    };

    static string Hint(string name, IReadOnlyCollection<string> known) =>
        NearNames.Of(name, known) is [var near, ..] ? $"Did you mean {near}?" : $"Use {string.Join(", ", known)}.";
}
