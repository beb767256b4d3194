using BigGustave;

namespace GridWorld;

/// <summary>Writes a drawing as PNG, in managed code alone.</summary>
internal static class PngImage
{
    /// <summary>The most bytes of a picture in a notebook.</summary>
    public const int Budget = 60_000;

    // Twice as many pixels as CSS pixels look sharp on most screens; where that is too large, fewer do.
    static readonly double[] Scales = [2, 1.5, 1.25, 1];

    /// <summary>As sharp as fits the budget.</summary>
    public static byte[] Write(Drawing drawing)
    {
        byte[] image = [];
        foreach (double scale in Scales)
        {
            image = Write(drawing, scale);
            if (image.Length <= Budget)
                break;
        }

        return image;
    }

    public static byte[] Write(Drawing drawing, double scale)
    {
        var raster = new Raster(drawing, scale);
        return Write(raster.Width, raster.Height, Quantizer.Reduce(raster.Pixels, 255));
    }

    public static byte[] Write(int width, int height, ReadOnlySpan<Colour> pixels)
    {
        var builder = PngBuilder.Create(width, height, hasAlphaChannel: false);
        for (int i = 0; i < pixels.Length; i++)
            builder.SetPixel(pixels[i].R, pixels[i].G, pixels[i].B, i % width, i / width);
        return builder.Save(new() { AttemptCompression = true });
    }
}
