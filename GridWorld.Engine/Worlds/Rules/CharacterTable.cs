using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>
/// Values of characters, in the order of the characters. It never changes. Every command starts with several of these tables, and code of
/// this assembly is compiled ahead of time for characters, which that of the framework's sorted dictionaries is not.
/// </summary>
internal sealed class CharacterTable<T> : IReadOnlyDictionary<char, T>
{
    readonly string characters;
    readonly T[] values;

    /// <param name="characters">The characters, in order, each once.</param>
    /// <param name="values">Their values.</param>
    public CharacterTable(string characters, params T[] values) => (this.characters, this.values) = (characters, values);

    public static CharacterTable<T> Empty { get; } = new("");

    public int Count => values.Length;

    public IEnumerable<char> Keys => characters;

    public IEnumerable<T> Values => this.Select(pair => pair.Value);

    public T this[char key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"No value for '{key}'.");

    /// <summary>Copies a table.</summary>
    public static CharacterTable<T> Of(IReadOnlyDictionary<char, T> table)
    {
        if (table is CharacterTable<T> same)
            return same;
        var sorted = table.OrderBy(pair => pair.Key).ToList();
        return new(string.Concat(sorted.Select(pair => pair.Key)), [.. sorted.Select(pair => pair.Value)]);
    }

    public bool ContainsKey(char key) => characters.Contains(key);

    public bool TryGetValue(char key, [MaybeNullWhen(false)] out T value)
    {
        int place = characters.IndexOf(key);
        value = place < 0 ? default : values[place];
        return place >= 0;
    }

    public IEnumerator<KeyValuePair<char, T>> GetEnumerator()
    {
        for (int i = 0; i < values.Length; i++)
            yield return new(characters[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
