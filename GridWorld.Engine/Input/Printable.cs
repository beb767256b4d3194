using System.Globalization;
using System.Text;

namespace GridWorld;

/// <summary>Foreign characters made fit for a message: control and invisible ones are escaped as in C#, long texts cut.</summary>
internal static class Printable
{
    public static string Character(char c) => IsPlain(c) ? $"'{c}'" : string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");

    /// <summary>A text within a message: as <see cref="Line"/>, and cut.</summary>
    public static string Text(string text, int limit = 60) => text.Length > limit ? Line(text.AsSpan(0, limit)) + "…" : Line(text);

    /// <summary>A text on one line of a terminal or a table, whole: nothing in it moves the cursor, changes colors, or turns the direction of what follows.</summary>
    public static string Line(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                shown.Append(Escape(rune.Value));
            else
                shown.Append(rune.ToString());
        }

        return shown.ToString();
    }

    public static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "null";

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
