namespace GridWorld;

/// <summary>
/// Worlds from MovingAI's benchmark: a map and a problem, −1 per step (Sturtevant, Benchmarks for Grid-Based Pathfinding, 2012).
/// </summary>
internal static class MovingAi
{
    /// <param name="path">The map.</param>
    /// <param name="moves">The move set.</param>
    /// <param name="scenario">Number of the problem, from 0.</param>
    /// <param name="scenarioFile">The scenario file; null for the one next to the map, <c>arena.map.scen</c> for <c>arena.map</c>.</param>
    public static World Load(string path, MoveSet moves, int? scenario, string? scenarioFile)
    {
        string file = Printable.Text(Path.GetFileName(path)), problemFile = scenarioFile ?? path + ".scen";
        var map = MovingAiMap.Load(path);
        if (scenarioFile is null && !File.Exists(problemFile))
        {
            throw new InputException(
                $"There is no {file}.scen next to {file}. The start and goal of a .map come from a .scen file. {Suggestion(path)}");
        }

        var problems = MovingAiScenario.Load(problemFile);
        string shown = Printable.Text(Path.GetFileName(problemFile));
        if (problems.Count == 0)
            throw new InputException($"{shown} has no problems. The start and goal of a .map come from a .scen file.");
        if (scenario is not { } k || k < 0 || k >= problems.Count)
        {
            throw new InputException(scenario is null
                ? $"{file} has no start and goal. Select a problem of {shown} with --scenario 0 to {problems.Count - 1}."
                : $"Scenario must be between 0 and {problems.Count - 1} for {shown} (got {scenario}).");
        }

        string name = Path.GetFileNameWithoutExtension(scenarioFile ?? path);
        return Make(map, problems[k], moves, $"{name}:{k}",
            scenarioFile is null ? $"{file}, scenario {k}" : $"{file}, scenario {k} of {shown}");
    }

    public static World Make(MovingAiMap map, MovingAiScenario problem, MoveSet moves, string name, string source)
    {
        var (width, height) = (problem.MapWidth, problem.MapHeight);
        if (width < 1 || height < 1)
            throw new InputException($"{source}: the map size in the scenario must be at least 1 × 1 (got {width} × {height}).");
        if (!MapCheck.Fits(width, height))
            throw new InputException(MapCheck.TooLarge(source, width, height));
        if ((width, height) == (map.Height, map.Width) && width != height)
        {
            throw new InputException(
                $"{source}: the map size in the scenario is {width} × {height}; the map is {map.Width} × {map.Height}. "
                + "Swap map width and map height in the scenario file.");
        }

        map = map.Scale(width, height);
        var (startX, startY, goalX, goalY) = (problem.StartX, problem.StartY, problem.GoalX, problem.GoalY);
        var faults = new Faults();
        foreach (var (what, x, y) in new[] { ("start", startX, startY), ("goal", goalX, goalY) })
        {
            if (x >= width || y >= height)
                faults.Add($"{source}: the {what} ({x}, {y}) is off the map of {width} × {height}.");
            else if (map[x, y] is '@' or 'O' or 'T')
                faults.Add($"{source}: the {what} ({x}, {y}) is blocked ('{map[x, y]}').");
        }

        faults.Require((startX, startY) != (goalX, goalY), $"{source}: start and goal are the same cell ({startX}, {startY}).")
            .ThrowIfAny();

        bool swims = map[startX, startY] == 'W';
        faults.Require(map[goalX, goalY] == 'W' == swims,
            $"{source}: one of start and goal is in water ('W'). No path enters or leaves water.").ThrowIfAny();
        var rows = map.Rows(letter => Tile(letter, swims));
        rows[startY] = Replace(rows[startY], startX, 'S');
        rows[goalY] = Replace(rows[goalY], goalX, 'G');
        return new(rows, new() { Moves = moves, Legend = Legend(map, swims) }, name, source);
    }

    // The benchmark's multi-agent sets have several files per map: X-even-1.scen, X-random-7.scen.
    static string Suggestion(string path)
    {
        var near = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*.scen").Select(f => Path.GetFileName(f))
            .Where(f => f.StartsWith(Path.GetFileNameWithoutExtension(path), StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).ToList();
        return near.Count == 0
            ? "Set --scenario-file (in C#, scenarioFile)."
            : $"Set --scenario-file (in C#, scenarioFile): {string.Join(", ", near.Take(3).Select(f => Printable.Text(f)))}"
                + $"{(near.Count > 3 ? $" or one of {near.Count - 3} more" : "")}.";
    }

    // In these files G is ground, and so is S, a swamp. Land and water are not connected: to an agent that starts on land, water is a
    // wall, and to an agent that starts in water, land is.
    static char Tile(char letter, bool swims) => letter switch
    {
        '.' or 'G' => swims ? 'g' : '.',
        'S' => 's',
        _ => letter,
    };

    static Dictionary<char, char> Legend(MovingAiMap map, bool swims)
    {
        var (land, water) = swims ? ('#', '.') : ('.', '#');
        var all = new Dictionary<char, char> { ['O'] = '#', ['T'] = '#', ['W'] = water, ['S'] = land };
        var legend = all.Where(e => map.Has(e.Key)).ToDictionary(e => e.Key == 'S' ? 's' : e.Key, e => e.Value);
        if (swims && (map.Has('.') || map.Has('G')))
            legend['g'] = '#';
        return legend;
    }

    static string Replace(string row, int x, char tile) => string.Concat(row.AsSpan(0, x), [tile], row.AsSpan(x + 1));
}
