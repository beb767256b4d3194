using System.Globalization;

namespace GridWorld;

/// <summary>A problem of a MovingAI <c>.scen</c> file.</summary>
/// <param name="Index">Number of the problem in the file, from 0.</param>
/// <param name="Bucket">The file's group of problems of similar length.</param>
/// <param name="Map">File name of the map, as it is in the <c>.scen</c> file.</param>
/// <param name="MapWidth">Number of columns that the coordinates refer to.</param>
/// <param name="MapHeight">Number of rows that the coordinates refer to.</param>
/// <param name="StartX">Column of the start, from 0.</param>
/// <param name="StartY">Row of the start, from 0 at the top.</param>
/// <param name="GoalX">Column of the goal, from 0.</param>
/// <param name="GoalY">Row of the goal, from 0 at the top.</param>
/// <param name="OptimalLength">Length of a shortest path; a diagonal counts √2. As printed in the file, with six digits in older
/// files.</param>
public sealed record MovingAiScenario(int Index, int Bucket, string Map, int MapWidth, int MapHeight, int StartX, int StartY, int GoalX,
    int GoalY, double OptimalLength)
{
    const string Fields = "bucket, map, map width, map height, start x, start y, goal x, goal y, optimal length";

    /// <summary>Loads all problems of a file, which can have CRLF line ends and blank lines.</summary>
    /// <param name="path">Path of the <c>.scen</c> file.</param>
    /// <exception cref="InputException">The file cannot be read or has errors; lists them all.</exception>
    public static IReadOnlyList<MovingAiScenario> Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string source = Printable.Text(Path.GetFileName(path));
        return Parse(WorldText.Decode(WorldFile.ReadBytes(path), source), source);
    }

    internal static List<MovingAiScenario> Parse(string text, string source)
    {
        var faults = new Faults();
        var scenarios = new List<MovingAiScenario>();
        int number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (faults.IsFull)
                break;
            if (++number == 1)
                faults.Require(line.StartsWith("version 1"),
                    $"{source}(1): the first line must be \"version 1\" (got \"{Printable.Text(line.ToString())}\").");
            else if (!line.IsWhiteSpace())
                scenarios.Add(Parse(line, scenarios.Count, $"{source}({number})", faults));
        }

        faults.ThrowIfAny();
        return scenarios;
    }

    static MovingAiScenario Parse(ReadOnlySpan<char> line, int index, string place, Faults faults)
    {
        Span<Range> parts = stackalloc Range[10];
        int count = line.Split(parts, '\t');
        // Version 1.0 also separates fields by spaces. A map name with spaces is possible only between tabs.
        if (count != 9)
            count = line.SplitAny(parts, " \t", StringSplitOptions.RemoveEmptyEntries);
        if (count != 9)
        {
            faults.Add($"{place}: a problem must have nine fields separated by tabs or spaces: {Fields} "
                + $"(got {count}{(count == 10 ? " or more" : "")}).");
            return new(index, 0, "", 0, 0, 0, 0, 0, 0, 0);
        }

        Span<int> numbers = stackalloc int[9];
        numbers.Clear();
        for (int i = 0; i < 8; i++)
        {
            if (i != 1 && !int.TryParse(line[parts[i]], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                faults.Add($"{place}: {Fields.Split(", ")[i]} must be a whole number from 0 (got"
                    + $" \"{Printable.Text(line[parts[i]].ToString())}\").");
        }

        if (!double.TryParse(line[parts[8]], NumberStyles.Float, CultureInfo.InvariantCulture, out double length)
            || !double.IsFinite(length))
            faults.Add($"{place}: optimal length must be a number (got \"{Printable.Text(line[parts[8]].ToString())}\").");
        return new(index, numbers[0], line[parts[1]].ToString(), numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7],
            length);
    }
}
