using System.Text;

namespace GridWorld;

/// <summary>Text of a map, from a string or a file's bytes, to rows.</summary>
internal static class WorldText
{
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The rows; line ends may be LF or CRLF, empty lines at the end are not rows.</summary>
    public static string[] Rows(string text)
    {
        var rows = text.Split('\n');
        for (int y = 0; y < rows.Length; y++)
            rows[y] = rows[y].EndsWith('\r') ? rows[y][..^1] : rows[y];
        int count = rows.Length;
        while (count > 0 && rows[count - 1].Length == 0)
            count--;
        return rows[..count];
    }

    /// <summary>The text of a file's bytes, which must be UTF-8; a byte order mark is left out.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string source)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{source}: byte {e.Index} is not UTF-8. Save the file as UTF-8 without special characters.");
        }
    }

    /// <summary>The UTF-8 bytes of a text, which must have no lone surrogate.</summary>
    public static byte[] Encode(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new InputException($"The text has a lone surrogate at character {e.Index + 1}. Leave it out.");
        }
    }
}
