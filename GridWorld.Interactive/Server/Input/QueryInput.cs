using System.Globalization;
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

    public long? Integer(string name, long least, long most)
    {
        if (Text(name) is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        faults.Add($"{name} must be a whole number between {least} and {most} (got {Cut(text)}).");
        return null;
    }

    public string? OneOf(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text)
            return null;
        if (words.Contains(text))
            return text;
        faults.Add($"{name} must be one of {string.Join(", ", words.ToArray())} (got {Cut(text)}).");
        return null;
    }

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

    static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
