using System.IO.Compression;

namespace GridWorld;

/// <summary>Compresses bytes if that makes them smaller. The first byte selects the method; the bytes follow.</summary>
internal static class Packing
{
    const byte Plain = 0, Deflated = 1;

    /// <param name="bytes">The bytes.</param>
    /// <param name="least">Number of bytes below which nothing is compressed, because that would take longer than it saves.</param>
    public static byte[] Pack(ReadOnlySpan<byte> bytes, int least = 0)
    {
        if (bytes.Length < least)
            return [Plain, .. bytes];
        using var stream = new MemoryStream(bytes.Length / 2 + 64);
        stream.WriteByte(Deflated);
        using (var deflate = new DeflateStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(bytes);
        if (stream.Length < bytes.Length * 15L / 16)
            return stream.ToArray();
        var plain = new byte[bytes.Length + 1];
        plain[0] = Plain;
        bytes.CopyTo(plain.AsSpan(1));
        return plain;
    }

    /// <summary>The unpacked bytes, which must be exactly <paramref name="length"/>.</summary>
    public static byte[] Unpack(byte[] packed, int length)
    {
        if (packed is [Plain, ..] && packed.Length == length + 1)
            return packed[1..];
        if (packed is not [Deflated, ..])
            throw new StoreDamage("Packed bytes start with an unknown method");
        var bytes = new byte[length];
        try
        {
            using var deflate = new DeflateStream(new MemoryStream(packed, 1, packed.Length - 1), CompressionMode.Decompress);
            if (deflate.ReadAtLeast(bytes, length, throwOnEndOfStream: false) == length && deflate.ReadByte() < 0)
                return bytes;
        }
        catch (InvalidDataException)
        {
            // Reported below.
        }

        throw new StoreDamage($"Packed bytes do not unpack to {length} bytes");
    }
}
