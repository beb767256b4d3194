using System.Buffers;
using System.Text;

namespace GridWorld;

/// <summary>Checks the rows of a map.</summary>
internal static class MapCheck
{
    // More errors of one kind do not help, and a message for each of millions of cells would take minutes.
    const int Limit = 10;

    public static bool Size(IReadOnlyList<string> map, string source, Faults faults)
    {
        if (map.Count == 0 || map.All(string.IsNullOrEmpty))
        {
            faults.Add($"{source}: the map is empty. Add at least one row with a start S.");
            return false;
        }

        int width = Length(map[0]), ragged = 0, wide = 0;
        if (!Fits(width, map.Count))
        {
            faults.Add(TooLarge(source, width, map.Count));
            return false;
        }

        for (int y = 1; y < map.Count; y++)
        {
            if (Length(map[y]) != width && ++ragged <= Limit)
            {
                faults.Add(
                    $"{source}({y + 1}): the row has {Length(map[y])} characters; the first row has {width}. "
                    + "Fill short rows with '.' (floor).");
            }
        }

        if (ragged > Limit)
            faults.Add($"{source}: {ragged - Limit} more rows differ in length from the first.");
        for (int y = 0; y < map.Count; y++)
        {
            int before = 0;
            if (!HasPairs(map[y]))
                continue;
            foreach (var rune in map[y].EnumerateRunes())
            {
                before++;
                if (rune.Utf16SequenceLength > 1 && ++wide <= Limit)
                    faults.Add($"{source}({y + 1},{before}): U+{rune.Value:X} is not a tile. A tile is a character up to U+FFFF.");
            }
        }

        if (wide > Limit)
            faults.Add($"{source}: {wide - Limit} more characters are not tiles.");
        return ragged == 0 && wide == 0;
    }

    // Counts characters as a person does: an emoji takes two places in a string.
    static int Length(string row) => HasPairs(row) ? row.EnumerateRunes().Count() : row.Length;

    static bool HasPairs(string row) => row.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    public static bool Fits(long width, long height) =>
        width <= World.MaxStates && height <= World.MaxStates && width * height <= World.MaxStates;

    public static string TooLarge(string source, long width, long height) =>
        $"{source}: {width} × {height} cells are too many. A world can have at most 2^26 = {World.MaxStates} states.";

    public static void Characters(IReadOnlyList<string> map, string source, TileSet tiles, Faults faults)
    {
        var known = SearchValues.Create(tiles.All);
        long wrong = 0;
        for (int y = 0; y < map.Count; y++)
        {
            var row = map[y].AsSpan();
            for (int x = 0, next; (next = row[x..].IndexOfAnyExcept(known)) >= 0; x += next + 1)
            {
                if (++wrong <= Limit)
                    faults.Add($"{source}({y + 1},{x + next + 1}): {tiles.NoTile(row[x + next])}");
            }
        }

        if (wrong > Limit)
            faults.Add($"{source}: {wrong - Limit} more characters are not tiles.");
    }
}
