namespace GridWorld;

/// <summary>
/// Writes pictures of one size as an animation that repeats forever (CompuServe, Graphics Interchange Format 89a, with the looping
/// extension of Netscape). Each picture has a palette of its own; pixels that do not change are left transparent, which compresses well.
/// </summary>
internal sealed class GifImage
{
    const int Colors = 255, Transparent = 255, LeastCode = 8, MostCodes = 4096;
    readonly MemoryStream image = new();
    readonly int width, height;
    Color[] before = [];

    public GifImage(int width, int height)
    {
        (this.width, this.height) = (width, height);
        image.Write("GIF89a"u8);
        Number(width);
        Number(height);
        image.Write([0, 0, 0]); // no common palette
        image.Write([0x21, 0xff, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
    }

    /// <summary>Adds a picture.</summary>
    /// <param name="pixels">The pixels, row by row.</param>
    /// <param name="hundredths">How long it is shown, in hundredths of a second.</param>
    public void Add(ReadOnlySpan<Color> pixels, int hundredths)
    {
        var reduced = Quantizer.Reduce(pixels, Colors);
        var palette = new Dictionary<Color, byte>();
        var indexes = new byte[reduced.Length];
        for (int i = 0; i < reduced.Length; i++)
        {
            if (before.Length > 0 && before[i] == reduced[i])
                indexes[i] = Transparent;
            else if (!palette.TryGetValue(reduced[i], out indexes[i]))
                palette.Add(reduced[i], indexes[i] = (byte)palette.Count);
        }

        before = reduced;
        image.Write([0x21, 0xf9, 4, 1 << 2 | 1]); // keep the picture below; one index is transparent
        Number(hundredths);
        image.Write([Transparent, 0, 0x2c]);
        Number(0);
        Number(0);
        Number(width);
        Number(height);
        image.WriteByte(0x80 | 7); // a palette of 256 colors
        var colors = new byte[3 * 256];
        foreach (var (color, index) in palette)
            (colors[3 * index], colors[3 * index + 1], colors[3 * index + 2]) = (color.R, color.G, color.B);
        image.Write(colors);
        Compress(indexes);
    }

    /// <summary>Ends the file and returns it.</summary>
    public byte[] ToArray()
    {
        image.WriteByte(0x3b);
        return image.ToArray();
    }

    void Number(int value) => image.Write([(byte)value, (byte)(value >> 8)]);

    // Welch 1984, "A technique for high-performance data compression", with codes of 9 to 12 bits, packed into blocks of at most 255 bytes.
    void Compress(byte[] indexes)
    {
        const int clear = 1 << LeastCode, end = clear + 1;
        var block = new List<byte>(255);
        var codes = new Dictionary<(int Prefix, byte Next), int>();
        int bits = LeastCode + 1, pending = 0, count = 0;
        image.WriteByte(LeastCode);
        Put(clear);
        int prefix = indexes[0];
        foreach (byte next in indexes.AsSpan(1))
        {
            if (codes.TryGetValue((prefix, next), out int longer))
            {
                prefix = longer;
                continue;
            }

            Put(prefix);
            int code = end + 1 + codes.Count;
            if (code < MostCodes)
            {
                codes.Add((prefix, next), code);
                bits += code == 1 << bits ? 1 : 0;
            }
            else
            {
                Put(clear);
                codes.Clear();
                bits = LeastCode + 1;
            }

            prefix = next;
        }

        Put(prefix);
        Put(end);
        if (count > 0)
            block.Add((byte)pending);
        Flush();
        image.WriteByte(0);

        void Put(int code)
        {
            pending |= code << count;
            for (count += bits; count >= 8; count -= 8, pending >>= 8)
            {
                block.Add((byte)pending);
                if (block.Count == 255)
                    Flush();
            }
        }

        void Flush()
        {
            if (block.Count == 0)
                return;
            image.WriteByte((byte)block.Count);
            image.Write([.. block]);
            block.Clear();
        }
    }
}
