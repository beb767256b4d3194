using System.Buffers;
using System.Text;

namespace GridWorld;

/// <summary>
/// The characters allowed in a world's maps. A rule for a cell's own character takes precedence over a rule for its legend meaning.
/// </summary>
internal sealed class TileSet
{
    /// <summary>Start, floors, walls, goal, cliff and hole, in the order in which a message lists them.</summary>
    public const string BuiltIn = ".#SGCHF@ ";

    /// <summary>The most characters of a world: enough for any map, and few enough that the index of a tile fits in a byte.</summary>
    public const int Limit = 200;

    readonly byte[] ascii = new byte[128];
    readonly Dictionary<char, byte> others = [];
    readonly List<Tile> tiles = [new('\0', '\0', false, false, false, null, null, null)];

    public TileSet(WorldRules rules)
    {
        IEnumerable<char>[] named = [BuiltIn, rules.Wall, rules.Terminal, rules.Restart, rules.Rewards.Keys, rules.Teleports.Keys,
            rules.Exits.Keys, rules.Keys.Keys, rules.Keys.Values, rules.Passenger?.Stops ?? "", rules.Legend.Keys];
        char[] sorted = string.Concat(named.Select(characters => string.Concat(characters))).ToCharArray();
        Array.Sort(sorted);
        var (all, own) = (new StringBuilder(), new StringBuilder());
        foreach (char c in sorted)
        {
            if (all.Length > 0 && all[^1] == c)
                continue;
            all.Append(c);
            if (!BuiltIn.Contains(c))
                own.Append(c);
            if (all.Length <= Limit)
                Add(Make(c, rules));
        }

        (Count, All, Own) = (all.Length, all.ToString(), own.ToString());
    }

    /// <summary>Number of known characters. A world with more than <see cref="Limit"/> is invalid.</summary>
    public int Count { get; }

    /// <summary>Every known character.</summary>
    public string All { get; }

    /// <summary>The known characters that are not built in.</summary>
    public string Own { get; }

    /// <summary>Number of tiles plus one: indices run from 1.</summary>
    public int Indices => tiles.Count;

    public ReadOnlySpan<Tile> Tiles => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tiles);

    /// <summary>The tile's number, from 1; 0 for a character that is not a tile.</summary>
    public byte Index(char c) => c < 128 ? ascii[c] : others.GetValueOrDefault(c);

    public Tile this[char c] => tiles[Index(c)];

    /// <summary>The message for a character that is not a tile, without its place.</summary>
    public string NoTile(char c)
    {
        string own = Own.Length == 0 ? "" : " " + string.Join(' ', Own.Take(40).Select(o => Printable.Character(o).Trim('\'')));
        return $"{Printable.Character(c)} is not a tile. Use one of . # S G C H F @{own} or space, or define it in \"legend\".";
    }

    /// <summary>The cells of a map with the wanted tiles, in order.</summary>
    public int[] CellsOf(IReadOnlyList<string> map, Func<Tile, bool> wanted)
    {
        var characters = new List<char>();
        foreach (var tile in Tiles[1..])
        {
            if (wanted(tile))
                characters.Add(tile.Character);
        }

        var set = SearchValues.Create([.. characters]);
        var found = new List<int>();
        for (int y = 0; y < map.Count; y++)
        {
            var row = map[y].AsSpan();
            for (int x = 0, next; (next = row[x..].IndexOfAny(set)) >= 0; x += next + 1)
                found.Add(y * row.Length + x + next);
        }

        return [.. found];
    }

    static Tile Make(char c, WorldRules rules)
    {
        char meaning = rules.Legend.GetValueOrDefault(c, c);
        bool wall = In(rules.Wall), terminal = !wall && In(rules.Terminal);
        bool isFree = !wall && !terminal;
        return new(c, meaning, wall, terminal, isFree && In(rules.Restart), Of(rules.Rewards), isFree ? Of(rules.Teleports) : null,
            isFree ? Of(rules.Exits) : null);

        T? Of<T>(IReadOnlyDictionary<char, T> table) where T : struct =>
            table.TryGetValue(c, out var own) || table.TryGetValue(meaning, out own) ? own : null;

        bool In(string set) => set.Contains(c) || set.Contains(meaning);
    }

    void Add(Tile tile)
    {
        if (tile.Character < 128)
            ascii[tile.Character] = (byte)tiles.Count;
        else
            others[tile.Character] = (byte)tiles.Count;
        tiles.Add(tile);
    }
}
