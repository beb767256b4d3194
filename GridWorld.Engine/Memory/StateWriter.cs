using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>One named part of a saved state: raw little-endian memory.</summary>
/// <param name="Name">Unique within the state.</param>
/// <param name="Bytes">The content.</param>
internal sealed record StateSection(string Name, byte[] Bytes);

/// <summary>Takes the parts of a learner's state, in order.</summary>
public sealed class StateWriter
{
    readonly List<StateSection> sections = [];
    readonly IReadOnlyList<StateSection> spare;

    /// <summary>An empty state.</summary>
    public StateWriter() : this([])
    {
    }

    /// <summary>An empty state that writes into the memory of one that is no longer needed, where the parts match: fresh memory costs more than the copy.</summary>
    internal StateWriter(IReadOnlyList<StateSection> spare) => this.spare = spare;

    internal IReadOnlyList<StateSection> Sections => sections;

    /// <summary>Writes an array of numbers.</summary>
    /// <param name="name">The part's name, unique in one state.</param>
    /// <param name="values">Its content.</param>
    public void Write<T>(string name, ReadOnlySpan<T> values) where T : unmanaged
    {
        values.CopyTo(Room<T>(name, values.Length));
    }

    /// <summary>Room for an array of numbers, to be filled.</summary>
    internal Span<T> Room<T>(string name, int length) where T : unmanaged
    {
        int bytes = length * Unsafe.SizeOf<T>();
        bool isSpare = sections.Count < spare.Count && spare[sections.Count] is var old && old.Name == name && old.Bytes.Length == bytes;
        sections.Add(isSpare ? spare[sections.Count] : new(name, New(bytes)));
        return MemoryMarshal.Cast<byte, T>(sections[^1].Bytes.AsSpan());

        static byte[] New(int bytes)
        {
            var room = GC.AllocateUninitializedArray<byte>(bytes);
            HugePages.Advise(room);
            return room;
        }
    }

    /// <summary>Writes one number.</summary>
    public void Write<T>(string name, T value) where T : unmanaged => Write(name, new ReadOnlySpan<T>(in value));
}

/// <summary>Gives back what a <see cref="StateWriter"/> took.</summary>
public sealed class StateReader
{
    readonly Dictionary<string, byte[]> sections;

    internal StateReader(IEnumerable<StateSection> sections) => this.sections = sections.ToDictionary(s => s.Name, s => s.Bytes);

    /// <summary>Reads an array of numbers of any length.</summary>
    /// <exception cref="InputException">The part is missing, or its size is not a multiple of the number's.</exception>
    public T[] Read<T>(string name) where T : unmanaged
    {
        if (!sections.TryGetValue(name, out var bytes))
            throw new InputException($"The saved state has no part '{name}'; it was written by another learner or is damaged.");
        if (bytes.Length % Unsafe.SizeOf<T>() != 0)
            throw new InputException($"The saved part '{name}' has {bytes.Length} bytes, not a multiple of {Unsafe.SizeOf<T>()}; it is damaged.");
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    /// <summary>Reads an array of numbers into a table of the same length.</summary>
    /// <exception cref="InputException">The part is missing or of another length.</exception>
    public void Read<T>(string name, Span<T> into) where T : unmanaged => Read<T>(name, into.Length).CopyTo(into);

    internal T[] Read<T>(string name, int length) where T : unmanaged => Read<T>(name) is var values && values.Length == length
        ? values
        : throw new InputException($"The saved part '{name}' has {values.Length} entries where {length} are needed; it belongs to another world or is damaged.");

    /// <summary>Reads numbers that are used as indexes: one that is out of range must not be believed.</summary>
    internal T[] ReadChecked<T>(string name, int? length, Predicate<T> isInRange) where T : unmanaged
    {
        var values = length is { } expected ? Read<T>(name, expected) : Read<T>(name);
        int wrong = Array.FindIndex(values, v => !isInRange(v));
        return wrong < 0 ? values : throw new InputException($"Entry {wrong} of the saved part '{name}' is {values[wrong]}, out of range; it belongs to another world or is damaged.");
    }

    /// <summary>Whether there is such a part.</summary>
    public bool Has(string name) => sections.ContainsKey(Given.NotNull(name));

    /// <summary>Reads one number.</summary>
    public T ReadOne<T>(string name) where T : unmanaged
    {
        T value = default;
        Read(name, new Span<T>(ref value));
        return value;
    }
}
