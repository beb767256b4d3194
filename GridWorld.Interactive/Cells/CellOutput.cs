namespace GridWorld;

/// <summary>What a value shows in a cell, complete without scripts.</summary>
/// <param name="Html">With the picture inside.</param>
/// <param name="Text">Three to five lines.</param>
/// <param name="Png">The picture alone, for whoever asks for it by its kind; null where there is none.</param>
internal sealed record CellOutput(string Html, string Text, byte[]? Png = null)
{
    /// <summary>
    /// All kinds of output, and those that a cell gets, the richest first: the HTML has the picture, and a notebook should not hold it twice.
    /// </summary>
    public static readonly string[] Kinds = [MimeTypes.Html, MimeTypes.Png, MimeTypes.Text], Given = [MimeTypes.Html, MimeTypes.Text];

    /// <summary>One kind of it, as notebooks hold it; false where there is none.</summary>
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

/// <summary>A value of ours that shows itself in a cell.</summary>
internal interface ICellOutput
{
    CellOutput Output();
}

/// <summary>What the host finds through <see cref="TypeFormatterSourceAttribute"/>; it calls these members by name.</summary>
internal sealed class CellOutputFormatters
{
    public IEnumerable<object> CreateTypeFormatters() => CellOutput.Kinds.Select(mimeType => new ByName(mimeType));

    sealed class ByName(string mimeType)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer) => value is ICellOutput shown && shown.Output().Write(mimeType, writer);
    }
}
