using System.Buffers;
using System.Globalization;

namespace GridWorld;

/// <summary>The checked letters of a MovingAI <c>.map</c>.</summary>
internal sealed class MovingAiMap
{
    const string Letters = ".G@OTSW";
    static readonly SearchValues<char> Known = SearchValues.Create(Letters);
    readonly string[] rows;

    MovingAiMap(string[] rows) => this.rows = rows;

    public int Width => rows[0].Length;

    public int Height => rows.Length;

    public char this[int x, int y] => rows[y][x];

    public static MovingAiMap Load(string path)
    {
        string source = Printable.Text(Path.GetFileName(path));
        return Parse(WorldText.Decode(WorldFile.ReadBytes(path), source), source);
    }

    /// <summary>Parses the text of a map, with LF or CRLF line ends and any number of blank lines at the end.</summary>
    public static MovingAiMap Parse(string text, string source)
    {
        var lines = WorldText.Rows(text);
        var faults = new Faults().Require(lines.Length >= 4,
            $"{source}: a MovingAI map must start with four lines: type octile, height, width, map (got {lines.Length}).");
        faults.ThrowIfAny();
        faults.Require(lines[0].Trim() == "type octile",
            $"{source}(1): the first line must be \"type octile\" (got \"{Printable.Text(lines[0])}\").")
            .Require(lines[3].Trim() == "map", $"{source}(4): the fourth line must be \"map\" (got \"{Printable.Text(lines[3])}\").");
        int height = Size(lines, 1, "height", source, faults), width = Size(lines, 2, "width", source, faults);
        faults.ThrowIfAny();
        if (!MapCheck.Fits(width, height))
            throw new InputException(MapCheck.TooLarge(source, width, height));
        faults.Require(lines.Length - 4 == height,
            $"{source}: height is {height}, but the number of rows is {lines.Length - 4}. Correct one of them.");
        CheckRows(lines, width, source, faults);
        faults.ThrowIfAny();
        return new(lines[4..]);
    }

    /// <summary>The map scaled to another size by nearest neighbor, as in the benchmark's own program.</summary>
    public MovingAiMap Scale(int width, int height)
    {
        if (width == Width && height == Height)
            return this;
        var scaled = new string[height];
        for (int y = 0; y < height; y++)
        {
            string from = rows[(int)((long)y * Height / height)];
            scaled[y] = string.Create(width, from, (row, f) =>
            {
                for (int x = 0; x < row.Length; x++)
                    row[x] = f[(int)((long)x * f.Length / row.Length)];
            });
        }

        return new(scaled);
    }

    /// <summary>The rows with each letter replaced.</summary>
    public string[] Rows(Func<char, char> tile)
    {
        var tiles = new char[128];
        foreach (char letter in Letters)
            tiles[letter] = tile(letter);
        return Array.ConvertAll(rows, r => string.Create(r.Length, r, (row, from) =>
        {
            for (int x = 0; x < row.Length; x++)
                row[x] = tiles[from[x]];
        }));
    }

    public bool Has(char letter) => rows.Any(r => r.Contains(letter));

    static int Size(string[] lines, int line, string name, string source, Faults faults)
    {
        var parts = lines[line].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 2 && parts[0] == name && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            && size > 0)
            return size;
        faults.Add($"{source}({line + 1}): this line must be \"{name}\" and a number from 1 to {World.MaxStates} (got"
            + $" \"{Printable.Text(lines[line])}\").");
        return 0;
    }

    static void CheckRows(string[] lines, int width, string source, Faults faults)
    {
        const int Listed = 10;
        int wrong = 0;
        for (int i = 4; i < lines.Length; i++)
        {
            int other = lines[i].AsSpan().IndexOfAnyExcept(Known);
            if ((lines[i].Length == width && other < 0) || ++wrong > Listed)
                continue;
            if (lines[i].Length != width)
                faults.Add($"{source}({i + 1}): the row has {lines[i].Length} characters, but width is {width}.");
            if (other >= 0)
            {
                faults.Add($"{source}({i + 1},{other + 1}): {Printable.Character(lines[i][other])} is not a MovingAI terrain. "
                    + "Use one of . G (ground), S (swamp), W (water), @ O (out of bounds), T (trees).");
            }
        }

        if (wrong > Listed)
            faults.Add($"{source}: {wrong - Listed} more rows have errors.");
    }
}
