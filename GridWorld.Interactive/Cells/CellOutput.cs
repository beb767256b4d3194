namespace GridWorld;

/// <summary>A value's output in a cell, complete without scripts.</summary>
/// <param name="Html">HTML that includes the picture.</param>
/// <param name="Text">Three to five lines of plain text.</param>
/// <param name="Png">The picture alone, for a host that requests it by its MIME type; null if there is no picture.</param>
internal sealed record CellOutput(string Html, string Text, byte[]? Png = null)
{
    /// <summary>
    /// All MIME types, and those that a cell gets, richest first. A cell gets no separate picture, because the HTML contains it and a
    /// notebook should not store it twice.
    /// </summary>
    public static readonly string[] Kinds = [MimeTypes.Html, MimeTypes.Png, MimeTypes.Text], Given = [MimeTypes.Html, MimeTypes.Text];

    /// <summary>Writes the output of one MIME type in the notebook's format. Returns false if there is none.</summary>
    public bool Write(string mimeType, TextWriter writer)
    {
        string? content = mimeType switch
        {
            MimeTypes.Html => Html,
            MimeTypes.Text => Text,
            MimeTypes.Png when Png is not null => Convert.ToBase64String(Png),
            _ => null,
        };
        writer.Write(content);
        return content is not null;
    }
}
