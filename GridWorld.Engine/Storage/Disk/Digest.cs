using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GridWorld;

/// <summary>The first half of a SHA-256: enough to notice any damage.</summary>
internal static class Digest
{
    public const int Size = 16;

    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return hash[..Size].ToArray();
    }

    /// <summary>The digest of a row's columns, each with its type and length.</summary>
    public static byte[] OfRow(string table, IEnumerable<object?> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add('t', Encoding.UTF8.GetBytes(table));
        foreach (object? value in values)
        {
            switch (value)
            {
                case null: Add('n', []); break;
                case string text: Add('s', Encoding.UTF8.GetBytes(text)); break;
                case byte[] blob: Add('b', blob); break;
                case double number: Add('d', BitConverter.GetBytes(number)); break;
                case long number: Add('i', BitConverter.GetBytes(number)); break;
                default: throw new InvalidOperationException($"A run file cannot have a column of type {value.GetType()}.");
            }
        }

        return hash.GetHashAndReset()[..Size];

        void Add(char type, ReadOnlySpan<byte> bytes)
        {
            Span<byte> head = stackalloc byte[5];
            head[0] = (byte)type;
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
            hash.AppendData(head);
            hash.AppendData(bytes);
        }
    }
}
