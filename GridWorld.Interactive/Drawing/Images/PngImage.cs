using System.Buffers.Binary;
using System.IO.Compression;

namespace GridWorld;

/// <summary>
/// Writes a drawing as PNG, in managed code (W3C, PNG, 3rd ed.): one byte per pixel and a palette if the palette is large enough for the
/// colors, else three bytes per pixel.
/// </summary>
internal static class PngImage
{
    /// <summary>The maximum size in bytes of a picture in a notebook. With the surrounding text, the output stays below 60 kB.</summary>
    public const int Budget = 40_000;

    // Two pixels per CSS pixel look sharp on most screens. If the file is too large, use fewer pixels, and finally fewer colors.
    static readonly (double Scale, int Colors)[] Qualities = [(2, Most), (1.5, Most), (1.25, Most), (1, Most), (1, 64), (1, 24)];

    // A palette has 256 entries.
    const int Most = 255;

    static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n =>
    {
        uint c = (uint)n;
        for (int bit = 0; bit < 8; bit++)
            c = (c & 1) != 0 ? c >> 1 ^ 0xedb88320 : c >> 1;
        return c;
    })];

    /// <summary>Writes the drawing in the best quality that fits the budget.</summary>
    public static byte[] Write(Drawing drawing)
    {
        byte[] image = [];
        foreach (var (scale, colors) in Qualities)
        {
            image = Write(drawing, scale, colors);
            if (image.Length <= Budget)
                break;
        }

        return image;
    }

    public static byte[] Write(Drawing drawing, double scale, int colors = Most)
    {
        var raster = new Raster(drawing, scale);
        return Write(raster.Width, raster.Height, Quantizer.Reduce(raster.Pixels, colors));
    }

    public static byte[] Write(int width, int height, ReadOnlySpan<Color> pixels)
    {
        var places = new Dictionary<Color, byte>();
        foreach (var pixel in pixels)
        {
            if (places.Count < 256)
                places.TryAdd(pixel, (byte)places.Count);
            else if (!places.ContainsKey(pixel))
                return Write(width, height, 3, [], pixels, (color, to) => (to[0], to[1], to[2]) = (color.R, color.G, color.B));
        }

        return Write(width, height, 1, [.. places.Keys.SelectMany(c => (byte[])[c.R, c.G, c.B])], pixels,
            (color, to) => to[0] = places[color]);
    }

    static byte[] Write(int width, int height, int size, byte[] palette, ReadOnlySpan<Color> pixels, Action<Color, byte[]> put)
    {
        const byte indexed = 3, trueColor = 2;
        using var image = new MemoryStream();
        image.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, size == 1 ? indexed : trueColor);
        Chunk("IHDR"u8, header);
        if (size == 1)
            Chunk("PLTE"u8, palette);
        using (var data = new MemoryStream())
        {
            using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                var (row, pixel) = (new byte[1 + width * size], new byte[size]); // the first byte of a row: no filter
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        put(pixels[y * width + x], pixel);
                        pixel.CopyTo(row, 1 + x * size);
                    }

                    zlib.Write(row);
                }
            }

            Chunk("IDAT"u8, data.ToArray());
        }

        Chunk("IEND"u8, []);
        return image.ToArray();

        void Chunk(ReadOnlySpan<byte> kind, byte[] content)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            image.Write(number);
            image.Write(kind);
            image.Write(content);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(kind, content));
            image.Write(number);
        }
    }

    static uint Crc(ReadOnlySpan<byte> kind, byte[] content)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in kind)
            crc = CrcTable[(byte)(crc ^ b)] ^ crc >> 8;
        foreach (byte b in content)
            crc = CrcTable[(byte)(crc ^ b)] ^ crc >> 8;
        return ~crc;
    }
}
