using System.Globalization;
using System.Text;

namespace GridWorld;

/// <summary>Foreign characters made fit for a message: control and invisible ones by their code, long texts cut.</summary>
internal static class Printable
{
    public static string Character(char c) => IsPlain(c) ? $"'{c}'" : string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");

    public static string Text(string text, int limit = 60)
    {
        var shown = new StringBuilder();
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, limit)))
            shown.Append(IsPlain(c) ? c : '\uFFFD');
        return text.Length > limit ? shown.Append('…').ToString() : shown.ToString();
    }

    public static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "null";

    static bool IsPlain(char c) => c is >= ' ' and <= '~' || char.IsLetterOrDigit(c) || char.IsSymbol(c) || char.IsPunctuation(c);
}
