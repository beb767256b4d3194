using System.Globalization;
using System.Text;

namespace GridWorld;

/// <summary>Makes untrusted text safe in a message: escapes control and invisible characters as in C# and truncates long text.</summary>
internal static class Printable
{
    public static string Character(char c) => IsPlain(c) ? $"'{c}'" : string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");

    /// <summary>Text within a message: as <see cref="Line"/>, truncated to <paramref name="limit"/> characters.</summary>
    public static string Text(string text, int limit = 60) => text.Length > limit ? Line(text.AsSpan(0, limit)) + "…" : Line(text);

    /// <summary>
    /// Text on one line of a terminal or table, not truncated. It cannot move the cursor, change colors or reverse the text direction.
    /// </summary>
    public static string Line(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                shown.Append(Escape(rune.Value));
            else
                shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    public static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "null";

    /// <summary>A number of things: "1 run", "2 runs".</summary>
    public static string Count(long count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");

    static string Escape(int code) => code switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\e' => "\\e",
        <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $"\\u{code:X4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{code:X8}"),
    };

    static bool IsPlain(char c) => c is >= ' ' and <= '~' || char.IsLetterOrDigit(c) || char.IsSymbol(c) || char.IsPunctuation(c);
}
