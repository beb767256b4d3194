using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>Reads the parts of a learner's state that a <see cref="StateWriter"/> wrote.</summary>
public sealed class StateReader
{
    readonly Dictionary<string, byte[]> sections;

    internal StateReader(IEnumerable<StateSection> sections) => this.sections = sections.ToDictionary(s => s.Name, s => s.Bytes);

    /// <summary>Reads an array of numbers of any length.</summary>
    /// <exception cref="InputException">The part is missing, or its size is not a multiple of the size of <typeparamref
    /// name="T"/>.</exception>
    public T[] Read<T>(string name) where T : unmanaged
    {
        if (!sections.TryGetValue(name, out var bytes))
            throw new InputException($"The saved state has no part '{name}'. It is damaged, or another learner wrote it.");
        if (bytes.Length % Unsafe.SizeOf<T>() != 0)
            throw new InputException(
                $"The saved part '{name}' has {bytes.Length} bytes, not a multiple of {Unsafe.SizeOf<T>()}. It is damaged.");
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    /// <summary>Reads an array of numbers into a span of the same length.</summary>
    /// <exception cref="InputException">The part is missing or has another length.</exception>
    public void Read<T>(string name, Span<T> into) where T : unmanaged => Read<T>(name, into.Length).CopyTo(into);

    internal T[] Read<T>(string name, int length) where T : unmanaged => Read<T>(name) is var values && values.Length == length
        ? values
        : throw new InputException(
            $"The saved part '{name}' has {values.Length} entries, not {length}. It is damaged or belongs to another world.");

    /// <summary>Reads numbers that are used as indexes, and throws if one is out of range.</summary>
    internal T[] ReadChecked<T>(string name, int? length, Predicate<T> isInRange) where T : unmanaged
    {
        var values = length is { } expected ? Read<T>(name, expected) : Read<T>(name);
        int wrong = Array.FindIndex(values, v => !isInRange(v));
        return wrong < 0 ? values : throw new InputException(
            $"Entry {wrong} of the saved part '{name}' is {values[wrong]}, out of range. The part is damaged or belongs to another world.");
    }

    /// <summary>Returns whether the state has a part of this name.</summary>
    public bool Has(string name) => sections.ContainsKey(Guard.NotNull(name));

    /// <summary>Reads one number.</summary>
    /// <exception cref="InputException">The part is missing or has another length.</exception>
    public T ReadOne<T>(string name) where T : unmanaged
    {
        T value = default;
        Read(name, new Span<T>(ref value));
        return value;
    }
}
