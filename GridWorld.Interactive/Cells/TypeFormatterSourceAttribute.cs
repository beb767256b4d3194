namespace GridWorld;

/// <summary>
/// Marks a type that shows itself in a notebook. The host looks for an attribute of this name with these properties, whosever it is,
/// so that neither side needs to know the other.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; init; } = [];
}
