using System.Collections;
using System.Globalization;

namespace GridWorld;

/// <summary>Formats a value for a table cell as one short line.</summary>
internal static class ValueText
{
    const int MostItems = 9, MostCharacters = 160;

    public static string Of(object? value) => value switch
    {
        null => Numerals.None,
        string text => Printable.Line(text),
        double number => number.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−'),
        bool claim => claim ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => Of(time.UtcDateTime),
        World world => $"{(world.Name.Length > 0 ? world.Name : "a world")} ({world.Width}×{world.Height})",
        Run run => Of(run.Name),
        RunView run => Of(run.Name),
        Schedule schedule => schedule.ToString()!,
        IDictionary pairs => Items(pairs.Keys.Cast<object>().Select(key => $"{Of(key)}: {Of(pairs[key])}"), pairs.Count),
        IEnumerable items => Items(items.Cast<object?>().Select(Of), (items as ICollection)?.Count),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ when ShownProperty.Of(value.GetType()) is [_, ..] properties =>
            Cut(string.Join(", ", properties.Select(p => $"{p.Name} {Of(p.Read(value))}"))),
        _ => Cut(Printable.Line(value.ToString() ?? Numerals.None)),
    };

    static string Items(IEnumerable<string> items, int? count)
    {
        var first = items.Take(MostItems + 1).ToList();
        string more = first.Count <= MostItems ? "" : count is { } all ? $" … ({Numerals.Count(all)})" : " …";
        return first.Count == 0 ? "none" : Cut(string.Join(", ", first.Take(MostItems)) + more);
    }

    static string Cut(string text) => text.Length <= MostCharacters ? text : text[..(MostCharacters - 1)] + "…";
}
