using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>Shortens texts. Names and messages come from untrusted sources, and each is limited to what a page can use.</summary>
internal static class WireText
{
    public const int Longest = 2000;

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Name(string? text) => Cut(text, 256);

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Long(string? text) => Cut(text, Longest);

    static string? Cut(string? text, int longest) => text is null || text.Length <= longest ? text : text[..(longest - 1)] + "…";
}
