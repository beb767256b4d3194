namespace GridWorld;

/// <summary>What a person noted about a run.</summary>
/// <param name="Starred">Whether it has a star.</param>
/// <param name="Text">A short text; null for none.</param>
internal sealed record RunNote(bool Starred, string? Text)
{
    public static readonly RunNote None = new(false, null);
}
