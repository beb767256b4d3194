using System.Globalization;

namespace GridWorld;

/// <summary>
/// The letters of pictures, as strokes of one width. No font needs to be installed or shipped.
/// A glyph is its width, followed by M with the points of a line, O with the center, radii and two angles of an arc, and Q with the three
/// points of a curve. The baseline is 0, the x-height 5, and the height of capitals 7.
/// </summary>
internal static class StrokeFont
{
    const double CapitalHeight = 7, CapitalShare = 0.70, Gap = 1.55, SpaceWidth = 1.4;

    const string Round = "O 1.9 2.5 1.9 2.5 0 360";

    static readonly Dictionary<char, string> Source = new()
    {
        ['0'] = "4 O 2 3.5 2 3.5 0 360",
        ['1'] = "4 M .7 5.6 2.3 7 2.3 0",
        ['2'] = "4 O 2 5.05 1.9 1.95 160 -38 M 3.5 3.85 .1 0 4 0",
        ['3'] = "4 O 1.9 5.3 1.75 1.7 150 -90 M 1.9 3.6 1.3 3.6 O 1.9 1.8 2 1.8 90 -152",
        ['4'] = "4 M 3 0 3 7 0 2 4.2 2",
        ['5'] = "4 M 3.7 7 .7 7 .4 3.85 O 1.9 2.2 2.1 2.2 130 -150",
        ['6'] = "4 O 2 2.2 2 2.2 0 360 Q 0 2.3 .1 5.4 3 7",
        ['7'] = "4 M 0 7 4 7 1.3 0",
        ['8'] = "4 O 2 5.3 1.7 1.7 0 360 O 2 1.8 2 1.8 0 360",
        ['9'] = "4 O 2 4.8 2 2.2 0 360 Q 4 4.7 3.9 1.6 1 0",
        ['a'] = $"3.8 {Round} M 3.8 5 3.8 0",
        ['b'] = $"3.8 M 0 7.2 0 0 {Round}",
        ['c'] = "3.3 O 1.9 2.5 1.9 2.5 48 312",
        ['d'] = $"3.8 {Round} M 3.8 7.2 3.8 0",
        ['e'] = "3.8 M 0 2.6 3.8 2.6 O 1.9 2.5 1.9 2.5 0 316",
        ['f'] = "2.2 O 2 5.8 1.2 1.4 70 180 M .8 5.8 .8 0 M 0 4.8 2.2 4.8",
        ['g'] = $"3.8 {Round} M 3.8 5 3.8 -.3 O 1.9 -.3 1.9 1.8 0 -145",
        ['h'] = "3.4 M 0 7.2 0 0 O 1.7 3.1 1.7 1.9 180 0 M 3.4 3.1 3.4 0",
        ['i'] = ".1 M 0 5 0 0 M 0 6.9 0 7",
        ['j'] = ".8 M .8 5 .8 -1 Q .8 -2 .5 -2 -.3 -2 M .8 6.9 .8 7",
        ['k'] = "3.1 M 0 7.2 0 0 M 3 5 0 1.9 M 1.1 3 3.2 0",
        ['l'] = ".1 M 0 7.2 0 0",
        ['m'] = "5.6 M 0 5 0 0 O 1.4 3.4 1.4 1.6 180 0 M 2.8 3.4 2.8 0 O 4.2 3.4 1.4 1.6 180 0 M 5.6 3.4 5.6 0",
        ['n'] = "3.4 M 0 5 0 0 O 1.7 3.1 1.7 1.9 180 0 M 3.4 3.1 3.4 0",
        ['o'] = $"3.8 {Round}",
        ['p'] = $"3.8 M 0 5 0 -2.1 {Round}",
        ['q'] = $"3.8 M 3.8 5 3.8 -2.1 {Round}",
        ['r'] = "1.9 M 0 5 0 0 O 1.8 3 1.8 2 180 82",
        ['s'] = "3 O 1.55 3.77 1.35 1.23 35 270 O 1.5 1.27 1.5 1.27 87 -148",
        ['t'] = "2.2 M .8 6.6 .8 1.3 O 2 1.3 1.2 1.3 180 280 M 0 4.8 2.2 4.8",
        ['u'] = "3.4 M 0 5 0 1.9 O 1.7 1.9 1.7 1.9 180 360 M 3.4 5 3.4 0",
        ['v'] = "3.4 M 0 5 1.7 0 3.4 5",
        ['w'] = "5.2 M 0 5 1.3 0 2.6 4.7 3.9 0 5.2 5",
        ['x'] = "3.2 M 0 5 3.2 0 M 3.2 5 0 0",
        ['y'] = "3.5 M 0 5 1.8 .2 M 3.5 5 1.5 -.7 Q 1.5 -.7 1 -2 -.1 -2",
        ['z'] = "3.1 M 0 5 3.1 5 0 0 3.1 0",
        ['A'] = "5 M 0 0 2.5 7 5 0 M .9 2.4 4.1 2.4",
        ['B'] = "4.4 M 2.3 7 0 7 0 0 2.5 0 M 0 3.7 2.5 3.7 O 2.3 5.35 1.7 1.65 90 -90 O 2.5 1.85 1.9 1.85 90 -90",
        ['C'] = "4.8 O 2.8 3.5 2.8 3.5 47 313",
        ['D'] = "5 M 2 7 0 7 0 0 2 0 O 2 3.5 3 3.5 90 -90",
        ['E'] = "3.8 M 3.8 7 0 7 0 0 3.8 0 M 0 3.6 3.4 3.6",
        ['F'] = "3.6 M 3.7 7 0 7 0 0 M 0 3.5 3.3 3.5",
        ['G'] = "5.4 O 2.8 3.5 2.8 3.5 47 355 M 3.2 3.2 5.55 3.2",
        ['H'] = "4.8 M 0 7 0 0 M 4.8 7 4.8 0 M 0 3.6 4.8 3.6",
        ['I'] = ".1 M 0 7 0 0",
        ['J'] = "2.8 M 2.8 7 2.8 1.9 O 1.3 1.9 1.5 1.9 0 -160",
        ['K'] = "4.4 M 0 7 0 0 M 4.2 7 0 2.8 M 1.6 4.3 4.5 0",
        ['L'] = "3.6 M 0 7 0 0 3.6 0",
        ['M'] = "5.8 M 0 0 0 7 2.9 1.8 5.8 7 5.8 0",
        ['N'] = "4.8 M 0 0 0 7 4.8 0 4.8 7",
        ['O'] = "5.8 O 2.9 3.5 2.9 3.5 0 360",
        ['P'] = "4.2 M 0 0 0 7 2.3 7 M 2.3 3.2 0 3.2 O 2.3 5.1 1.9 1.9 90 -90",
        ['Q'] = "5.8 O 2.9 3.5 2.9 3.5 0 360 M 3.7 1.7 5.7 -.4",
        ['R'] = "4.3 M 0 0 0 7 2.3 7 M 2.3 3.2 0 3.2 O 2.3 5.1 1.9 1.9 90 -90 M 2.2 3.2 4.3 0",
        ['S'] = "4.2 O 2.2 5.28 1.9 1.72 35 270 O 2.1 1.78 2.1 1.78 87 -148",
        ['T'] = "4.8 M 0 7 4.8 7 M 2.4 7 2.4 0",
        ['U'] = "4.8 M 0 7 0 2.4 O 2.4 2.4 2.4 2.4 180 360 M 4.8 2.4 4.8 7",
        ['V'] = "5 M 0 7 2.5 0 5 7",
        ['W'] = "7 M 0 7 1.75 0 3.5 6.4 5.25 0 7 7",
        ['X'] = "4.6 M 0 7 4.6 0 M 4.6 7 0 0",
        ['Y'] = "4.8 M 0 7 2.4 3.3 4.8 7 M 2.4 3.3 2.4 0",
        ['Z'] = "4.4 M 0 7 4.4 7 0 0 4.4 0",
        ['.'] = ".2 M .1 .1 .1 .1",
        [','] = ".4 M .3 .1 -.1 -1.3",
        [':'] = ".2 M .1 .3 .1 .3 M .1 4.4 .1 4.4",
        [';'] = ".4 M .3 .1 -.1 -1.3 M .2 4.4 .2 4.4",
        ['-'] = "2.1 M 0 2.6 2.1 2.6",
        ['–'] = "3.4 M 0 2.6 3.4 2.6",
        ['−'] = "3.4 M 0 3.2 3.4 3.2",
        ['—'] = "5 M 0 2.6 5 2.6",
        ['+'] = "3.6 M 0 3.2 3.6 3.2 M 1.8 1.4 1.8 5",
        ['±'] = "3.6 M 0 3.8 3.6 3.8 M 1.8 2 1.8 5.6 M 0 .6 3.6 .6",
        ['∞'] = "6.6 O 1.6 3.2 1.6 1.4 0 360 O 5 3.2 1.6 1.4 0 360",
        ['='] = "3.6 M 0 2.3 3.6 2.3 M 0 4.2 3.6 4.2",
        ['×'] = "3 M 0 1.2 3 4.2 M 3 1.2 0 4.2",
        ['·'] = ".4 M .2 3 .2 3",
        ['…'] = "4 M .1 .1 .1 .1 M 2 .1 2 .1 M 3.9 .1 3.9 .1",
        ['('] = "1.4 O 3 2.9 3 5.2 123 237",
        [')'] = "1.4 O -1.6 2.9 3 5.2 57 -57",
        ['['] = "1.4 M 1.4 7.4 0 7.4 0 -1.2 1.4 -1.2",
        [']'] = "1.4 M 0 7.4 1.4 7.4 1.4 -1.2 0 -1.2",
        ['/'] = "2.6 M 0 -.9 2.6 7.4",
        ['\\'] = "2.6 M 0 7.4 2.6 -.9",
        ['|'] = ".1 M 0 -1.2 0 7.6",
        ['%'] = "5.8 O 1.2 5.5 1.2 1.5 0 360 O 4.6 1.5 1.2 1.5 0 360 M 4.6 7 1.2 0",
        ['<'] = "3 M 3 5 0 3 3 1",
        ['>'] = "3 M 0 5 3 3 0 1",
        ['*'] = "2.6 M 1.3 7 1.3 4.4 M .2 6.4 2.4 5 M 2.4 6.4 .2 5",
        ['#'] = "4.2 M 1.4 7 .6 0 M 3.6 7 2.8 0 M .2 4.8 4.2 4.8 M 0 2.2 4 2.2",
        ['\''] = ".2 M .1 7 .1 5.4",
        ['"'] = "1.4 M .1 7 .1 5.4 M 1.3 7 1.3 5.4",
        ['!'] = ".2 M .1 7 .1 2 M .1 .1 .1 .1",
        ['?'] = "3.2 O 1.6 5.3 1.6 1.7 170 -60 Q 2.4 3.85 1.6 3.3 1.6 2 M 1.6 .1 1.6 .1",
        ['_'] = "3.6 M 0 -.8 3.6 -.8",
        ['@'] = "6 O 3 3 3 3.6 -50 310 O 3 3 1.4 1.6 0 360",
        ['&'] = "4.6 M 4.6 0 1.1 4.6 O 2.1 5.6 1.3 1.4 215 -40 Q 3.1 4.7 2.4 3.9 1.2 3.4 Q 1.2 3.4 0 2.8 0 1.7 Q 0 1.7 .2 0 2 0 Q 2 0 4"
            + " .2 4.5 3",
        ['→'] = "5 M 0 3.2 5 3.2 M 3.2 5 5 3.2 3.2 1.4",
        ['ε'] = "2.9 O 1.6 3.77 1.3 1.23 40 270 O 1.55 1.27 1.5 1.27 92 318",
        ['α'] = "4.2 O 1.7 2.5 1.7 2.5 30 330 M 3.2 3.7 4.2 0 M 3.2 1.3 4.2 5",
        ['γ'] = "3.5 M 0 5 1.8 .6 M 3.5 5 1.8 .6 1.4 -1 O 1.6 -1.3 .5 .8 130 420",
        ['λ'] = "3.4 M .3 7 .9 7 3.4 0 M 1.9 4.2 0 0",
    };

    const string Unknown = "3 M 0 0 3 0 3 7 0 7 0 0";
    static readonly Dictionary<char, Glyph> Glyphs = Source.ToDictionary(pair => pair.Key, pair => Parse(pair.Value));
    static readonly Glyph Box = Parse(Unknown);

    /// <summary>The width of a text at a size, both in pixels.</summary>
    public static double Width(string text, double size)
    {
        double width = 0;
        foreach (char c in text)
            width += Advance(c);
        return (width - (text.Length > 0 ? Gap : 0)) * Scale(size);
    }

    /// <summary>Shortens a text to a width in pixels.</summary>
    public static string Cut(string text, double size, double width)
    {
        int length = text.Length;
        while (length > 0 && Width(Shown(), size) > width)
            length--;
        return Shown();

        string Shown() => length == text.Length ? text : text[..length].TrimEnd() + "…";
    }

    /// <summary>The strokes of a text; its baseline starts at (x, y).</summary>
    public static Strokes Write(double x, double y, string text, double size, Color color, bool bold)
    {
        double scale = Scale(size);
        var lines = new List<Point[]>();
        foreach (char c in text)
        {
            if (c != ' ')
            {
                foreach (var line in Find(c).Lines)
                    lines.Add(Array.ConvertAll(line, p => new Point(x + p.X * scale, y - p.Y * scale)));
            }

            x += Advance(c) * scale;
        }

        return new(lines, color, size * (bold ? 0.125 : 0.085));
    }

    static double Scale(double size) => size * CapitalShare / CapitalHeight;

    static double Advance(char c) => (c == ' ' ? SpaceWidth : Find(c).Width) + Gap;

    static Glyph Find(char c) => Glyphs.TryGetValue(c, out var glyph) ? glyph : Box;

    static Glyph Parse(string text)
    {
        var words = text.Split(' ');
        var lines = new List<Point[]>();
        for (int i = 1; i < words.Length;)
        {
            string kind = words[i++];
            var numbers = new List<double>();
            while (i < words.Length && !char.IsLetter(words[i][0]))
                numbers.Add(double.Parse(words[i++], CultureInfo.InvariantCulture));
            lines.Add(kind switch
            {
                "O" => Arc(numbers),
                "Q" => Curve(numbers),
                _ => [.. numbers.Chunk(2).Select(pair => new Point(pair[0], pair[1]))],
            });
        }

        return new(double.Parse(words[0], CultureInfo.InvariantCulture), [.. lines]);
    }

    static Point[] Arc(List<double> n)
    {
        int steps = Math.Max(2, (int)Math.Ceiling(Math.Abs(n[5] - n[4]) / 15));
        return [.. Enumerable.Range(0, steps + 1).Select(i => (n[4] + (n[5] - n[4]) * i / steps) * Math.PI / 180)
            .Select(angle => new Point(n[0] + n[2] * Math.Cos(angle), n[1] + n[3] * Math.Sin(angle)))];
    }

    static Point[] Curve(List<double> n) =>
        [.. Enumerable.Range(0, 9).Select(i => i / 8.0).Select(t => new Point(
            (1 - t) * (1 - t) * n[0] + 2 * t * (1 - t) * n[2] + t * t * n[4],
            (1 - t) * (1 - t) * n[1] + 2 * t * (1 - t) * n[3] + t * t * n[5]))];

    sealed record Glyph(double Width, Point[][] Lines);
}
