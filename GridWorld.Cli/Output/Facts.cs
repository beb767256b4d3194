using System.Globalization;

namespace GridWorld.Cli;

/// <summary>Prints facts as text: one name and value per line.</summary>
internal static class Facts
{
    public static void Print(params (string Name, object? Value)[] facts)
    {
        int width = facts.Max(f => f.Name.Length);
        foreach (var (name, value) in facts)
            Console.Out.WriteLine($"{name.PadRight(width)}  {Text(value)}");
    }

    /// <summary>Prints a table whose columns are as wide as their widest entry.</summary>
    public static void Table(IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows)
    {
        var text = rows.Select(row => row.Select(Text).ToArray()).Prepend([.. columns]).ToArray();
        var widths = columns.Select((_, c) => text.Max(row => row[c].Length)).ToArray();
        foreach (var row in text)
            Console.Out.WriteLine(string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
    }

    /// <summary>A measured speed, rounded because its decimals are noise.</summary>
    public static object? Speed(object? perSecond) =>
        perSecond is double speed && double.IsFinite(speed) ? (long)Math.Round(speed) : perSecond;

    /// <summary>The value of a fact as it is printed.</summary>
    public static object? Shown(string name, object? value) => name == "steps_per_second" ? Speed(value) : value;

    public static string Text(object? value) => value switch
    {
        null => "unknown",
        ulong seed when seed > 1UL << 53 => seed.ToString(CultureInfo.InvariantCulture),
        long or int or ulong => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Printable.Line(value.ToString() ?? ""),
    };
}
