using System.Text;

namespace GridWorld;

/// <summary>Converts the text of a map, from a string or a file's bytes, to rows.</summary>
internal static class WorldText
{
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The rows. Line ends can be LF or CRLF; empty lines at the end are ignored.</summary>
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

    /// <summary>The text of a file's bytes, which must be UTF-8. A byte order mark is removed.</summary>
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
            throw new InputException($"{source}: byte {e.Index} is not valid UTF-8. Save the file as UTF-8.");
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
            throw new InputException($"The text contains a lone surrogate at character {e.Index + 1}. Remove it.");
        }
    }
}
