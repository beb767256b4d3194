using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace GridWorld;

/// <summary>Reads one table of an .npz file, which must have the expected size.</summary>
internal static class NumpyTable
{
    public static double[] Read(string path, string name, int rows, int columns)
    {
        using var zip = ZipFile.OpenRead(path);
        using var stream = (zip.GetEntry($"{name}.npy") ?? throw new InputException($"it has no array '{name}'.")).Open();
        var head = new byte[10];
        stream.ReadExactly(head);
        if (!head.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8]) || head[6] != 1)
            throw new InputException($"its array '{name}' is not in NumPy's format 1.0.");
        var text = new byte[BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(8))];
        stream.ReadExactly(text);
        string header = Encoding.ASCII.GetString(text).Replace(" ", "", StringComparison.Ordinal);
        if (!header.Contains("'descr':'<f8'", StringComparison.Ordinal)
            || !header.Contains("'fortran_order':False", StringComparison.Ordinal)
            || !header.Contains($"'shape':({rows},{columns})", StringComparison.Ordinal))
            throw new InputException($"its array '{name}' must be float64 of shape ({rows}, {columns}), row by row; "
                + $"its header is {Printable.Text(header.Trim(), 120)}.");
        var values = new double[rows * columns];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
