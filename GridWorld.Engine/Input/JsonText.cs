using System.Text.Json;

namespace GridWorld;

/// <summary>Parses the JSON of a file that people write.</summary>
internal static class JsonText
{
    /// <param name="json">The text, as UTF-8.</param>
    /// <param name="source">The file, which precedes the line and column in a message.</param>
    /// <exception cref="InputException">The text is not valid JSON, or a name occurs twice.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, string source)
    {
        try
        {
            return JsonDocument.Parse(json, new() { MaxDepth = 8, AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"{source}({e.LineNumber + 1},{e.BytePositionInLine + 1}): this is not valid JSON. {FirstSentence(e.Message)}");
        }
        catch (InvalidOperationException)
        {
            // The search for duplicate names decodes them.
            throw new InputException($"{source}: a name contains a lone surrogate. Remove it.");
        }
    }

    // The rest of the message counts lines from 0.
    static string FirstSentence(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return Printable.Text(end < 0 ? message : message[..end], 150);
    }
}
