using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Reads a request's query, name by name. Collects all errors.</summary>
internal sealed class QueryInput
{
    readonly IQueryCollection query;
    readonly Faults faults = new();

    public QueryInput(IQueryCollection query)
    {
        this.query = query;
        Session = Text("session");
    }

    /// <summary>The id of the requested run; null if it is missing.</summary>
    public string? Session { get; }

    public long? Integer(string name, long least, long most) => Value(name).Whole(least, most);

    public string? OneOf(string name, params string[] words) => Value(name).Word(words, $"one of {string.Join(", ", words)}");

    /// <summary>Reads a text. An empty value counts as missing, because forms and proxies send empty values.</summary>
    public string? Text(string name)
    {
        var values = query[name];
        if (values.Count > 1)
            faults.Add($"{name} was given {values.Count} times; give it once.");
        return values is [{ Length: > 0 } text] ? text : null;
    }

    public QueryInput Require(bool holds, string error)
    {
        faults.Require(holds, error);
        return this;
    }

    public void Done() => faults.ThrowIfAny();

    InputValue Value(string name)
    {
        string? text = Text(name);
        return new(faults, name, null, text, () => Cut(text!));
    }

    public static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
