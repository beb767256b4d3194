using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace GridWorld;

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
