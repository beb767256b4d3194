namespace GridWorld;

/// <summary>
/// Marks a type that has its own output in a notebook. The host looks for any attribute with this name and these properties, so
/// neither side needs to reference the other.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; init; } = [];
}
