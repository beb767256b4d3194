using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace GridWorld;

/// <summary>One named part of a saved state: raw little-endian memory.</summary>
/// <param name="Name">Name of the part, unique within the state.</param>
/// <param name="Bytes">Content of the part.</param>
internal sealed record StateSection(string Name, byte[] Bytes);

/// <summary>Collects the named parts of a learner's state, in order, for a checkpoint.</summary>
public sealed class StateWriter
{
    readonly List<StateSection> sections = [];
    readonly IReadOnlyList<StateSection> spare;

    /// <summary>Creates an empty state.</summary>
    public StateWriter() : this([])
    {
    }

    /// <summary>
    /// Creates an empty state that reuses the memory of matching parts of a spare state: new memory costs more than the copy.
    /// </summary>
    internal StateWriter(IReadOnlyList<StateSection> spare) => this.spare = spare;

    internal IReadOnlyList<StateSection> Sections => sections;

    /// <summary>The first half of the SHA-256 of all parts, in hexadecimal.</summary>
    internal string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var section in sections)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(section.Name));
            hash.AppendData(BitConverter.GetBytes((long)section.Bytes.Length));
            hash.AppendData(section.Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, SHA256.HashSizeInBytes / 2));
    }

    /// <summary>Writes an array of numbers.</summary>
    /// <param name="name">Name of the part, unique within the state.</param>
    /// <param name="values">The numbers, which are copied.</param>
    public void Write<T>(string name, ReadOnlySpan<T> values) where T : unmanaged
    {
        values.CopyTo(Room<T>(name, values.Length));
    }

    /// <summary>Adds a part of the given length and returns its memory for the caller to fill.</summary>
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
