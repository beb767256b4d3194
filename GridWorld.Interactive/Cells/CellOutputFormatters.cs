namespace GridWorld;

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
