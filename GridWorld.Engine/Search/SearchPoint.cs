using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace GridWorld;

/// <summary>
/// A point of a <see cref="SearchSpace"/>: the value of each active parameter by name, in the order of the space. A parameter whose
/// conditions do not hold is absent. Points with the same names and values in the same order are equal.
/// </summary>
public sealed class SearchPoint : IReadOnlyDictionary<string, SearchValue>, IEquatable<SearchPoint>
{
    readonly OrderedDictionary<string, SearchValue> values = new(StringComparer.Ordinal);

    /// <summary>Creates a point from names and values.</summary>
    /// <exception cref="InputException">A name occurs twice.</exception>
    public SearchPoint(IEnumerable<KeyValuePair<string, SearchValue>> values)
    {
        foreach (var (name, value) in Guard.NotNull(values))
        {
            if (!this.values.TryAdd(name, value))
                throw new InputException($"A point cannot contain '{Printable.Text(name)}' twice.");
        }
    }

    /// <summary>The number of active parameters.</summary>
    public int Count => values.Count;

    /// <summary>The names of the active parameters, in order.</summary>
    public IEnumerable<string> Keys => values.Keys;

    /// <summary>The values of the active parameters, in order.</summary>
    public IEnumerable<SearchValue> Values => values.Values;

    /// <summary>The value of an active parameter.</summary>
    /// <exception cref="KeyNotFoundException">The point has no such parameter.</exception>
    public SearchValue this[string key] => values[Guard.NotNull(key)];

    /// <summary>Whether the parameter is active.</summary>
    public bool ContainsKey(string key) => values.ContainsKey(Guard.NotNull(key));

    /// <summary>The value of a parameter, if it is active.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out SearchValue value) => values.TryGetValue(Guard.NotNull(key), out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, SearchValue>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(SearchPoint? other) => other is not null && values.SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SearchPoint);

    /// <inheritdoc/>
    public override int GetHashCode() => values.Aggregate(Count, HashCode.Combine);

    /// <summary>Reads a point from a JSON object.</summary>
    /// <exception cref="InputException">The text is not a JSON object of values.</exception>
    public static SearchPoint FromJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(Guard.NotNull(json), new() { MaxDepth = 8 });
            return new(document.RootElement.EnumerateObject()
                .Select(p => KeyValuePair.Create(p.Name, SearchValue.FromJson(p.Value.GetRawText()))).ToList());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputException($"A point must be a JSON object of values (got {Printable.Text(json)}).");
        }
    }

    /// <summary>The point as a JSON object, in the order of its parameters.</summary>
    public string ToJson() => $"{{{string.Join(',', values.Select(v => $"{((SearchValue)v.Key).ToJson()}:{v.Value.ToJson()}"))}}}";

    /// <summary>The names and values on one line: <c>learning_rate 0.1, epsilon 0.05</c>.</summary>
    public override string ToString() => string.Join(", ", values.Select(v => $"{v.Key} {v.Value}"));
}
