using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace GridWorld;

/// <summary>
/// Writes NumPy arrays. An .npz file is a zip of .npy files; each consists of a header and the numbers, little-endian and row by row
/// (NEP 1, "A simple file format for NumPy arrays", version 1.0).
/// </summary>
internal sealed class NumpyArchive(Stream to) : IDisposable
{
    readonly ZipArchive zip = new(to, ZipArchiveMode.Create, leaveOpen: true);

    public void Add<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        using var entry = Begin(name, TypeOf<T>(), shape);
        entry.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Adds texts, padded to the longest (UCS-4).</summary>
    public void Add(string name, IReadOnlyList<string> texts)
    {
        int width = Math.Max(1, texts.Max(t => t.EnumerateRunes().Count()));
        using var entry = Begin(name, $"<U{width}", [texts.Count]);
        var cell = new byte[4 * width];
        foreach (string text in texts)
        {
            Array.Clear(cell);
            Encoding.UTF32.GetBytes(text, cell);
            entry.Write(cell);
        }
    }

    /// <summary>Adds numbers that were collected in a file, because their count is known only at the end.</summary>
    public void Add<T>(string name, NumpySpool<T> spool) where T : unmanaged
    {
        using var entry = Begin(name, TypeOf<T>(), [spool.Count]);
        spool.CopyTo(entry);
    }

    public void Dispose() => zip.Dispose();

    Stream Begin(string name, string type, ReadOnlySpan<long> shape)
    {
        var entry = zip.CreateEntry($"{name}.npy", CompressionLevel.Fastest).Open();
        entry.Write(Header(type, shape));
        return entry;
    }

    static byte[] Header(string type, ReadOnlySpan<long> shape)
    {
        const int fixedBytes = 10, alignment = 64;
        string sizes = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape.ToArray());
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int length = (fixedBytes + text.Length + alignment) / alignment * alignment - fixedBytes;
        var header = new byte[fixedBytes + length];
        ((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8, 1, 0]).CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)length);
        Encoding.ASCII.GetBytes(text.PadRight(length - 1) + '\n', header.AsSpan(fixedBytes));
        return header;
    }

    static string TypeOf<T>() => typeof(T) == typeof(double) ? "<f8" : typeof(T) == typeof(long) ? "<i8" : typeof(T) == typeof(bool) ? "|b1"
        : throw new NotSupportedException($"No array holds {typeof(T)}.");
}
