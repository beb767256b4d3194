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

internal static class MimeTypes
{
    public const string Html = "text/html", Text = "text/plain", Png = "image/png";
}

/// <summary>A value of this library that has its own output in a cell.</summary>
internal interface ICellOutput
{
    CellOutput Output();
}

/// <summary>
/// The formatters that the host finds through <see cref="TypeFormatterSourceAttribute"/>. The host calls these members by name.
/// </summary>
internal sealed class CellOutputFormatters
{
    public IEnumerable<object> CreateTypeFormatters() => CellOutput.Kinds.Select(mimeType => new ByName(mimeType));

    sealed class ByName(string mimeType)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer) => value is ICellOutput shown && shown.Output().Write(mimeType, writer);
    }
}
