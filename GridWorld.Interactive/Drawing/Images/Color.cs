namespace GridWorld;

/// <summary>A color of a picture.</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
/// <param name="A">Opacity; 255 is opaque.</param>
internal readonly record struct Color(byte R, byte G, byte B, byte A = 255)
{
    // The light theme of the widget's style sheet. A picture looks the same in light and dark notebooks.
    public static readonly Color Card = new(255, 255, 255), Edge = new(227, 230, 235), Ink = new(22, 25, 31), Soft = new(91, 100, 114),
        Faint = new(135, 144, 158), Curve = new(0, 114, 178), Band = new(0, 114, 178, 40), Good = new(11, 122, 83), Bad = new(185, 44, 37),
        Warn = new(138, 88, 0), Accent = new(31, 111, 235), Wall = new(133, 127, 156), Unvisited = new(246, 247, 249),
        OnDark = new(255, 255, 255, 235), OnLight = new(0, 0, 0, 200);

    // Nine colors of cividis, uniform in lightness, which look the same with and without a color vision deficiency:
    // Nuñez, Anderton and Renslow 2018, PLOS ONE 13(7) e0199239. Colors between them are interpolated linearly.
    static readonly Color[] Stops =
    [
        new(0, 32, 77), new(16, 51, 106), new(64, 77, 108), new(95, 102, 112), new(124, 123, 120),
        new(156, 146, 115), new(190, 170, 103), new(224, 199, 83), new(255, 234, 70),
    ];

    /// <summary>Gets the cividis color at a position from 0 to 1.</summary>
    public static Color Cividis(double t)
    {
        double at = Math.Clamp(t, 0, 1) * (Stops.Length - 1);
        int i = Math.Min(Stops.Length - 2, (int)at);
        return Stops[i].Mixed(Stops[i + 1], at - i);
    }

    /// <summary>Whether dark text is more readable on this color than white text, by relative luminance.</summary>
    public bool TakesDarkInk
    {
        get
        {
            double light = 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);
            return (light + 0.05) / 0.05 > 1.05 / (light + 0.05);
        }
    }

    /// <summary>Mixes this color with a share, from 0 to 1, of another color.</summary>
    public Color Mixed(Color other, double share) =>
        new(Mix(R, other.R, share), Mix(G, other.G, share), Mix(B, other.B, share), Mix(A, other.A, share));

    /// <summary>The color in the notation of CSS and SVG.</summary>
    public string Hex => $"#{R:x2}{G:x2}{B:x2}";

    static byte Mix(byte a, byte b, double share) => (byte)Math.Round(a + (b - a) * share);

    static double Linear(byte channel)
    {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
