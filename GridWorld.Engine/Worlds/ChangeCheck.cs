namespace GridWorld;

/// <summary>Checks the maps that replace the first one.</summary>
internal static class ChangeCheck
{
    public static void Check(WorldRules rules, IReadOnlyList<string> first, TileSet tiles, StartState[] starts, int[] goals, Faults faults)
    {
        long before = 0, cells = (rules.Changes.Count + 1L) * first.Count * first[0].Length;
        if (cells > World.MaxStates)
        {
            faults.Add($"The maps of all changes together must have at most 2^26 = {World.MaxStates} cells (got {cells}).");
            return;
        }

        for (int i = 0; i < rules.Changes.Count && !faults.IsFull; i++)
        {
            var (afterSteps, map) = rules.Changes[i];
            string source = $"changes[{i}].map";
            if (afterSteps <= before)
            {
                faults.Add(
                    $"changes[{i}]: after_steps must be at least {before + 1}, more than that of the previous change (got {afterSteps}).");
            }

            before = Math.Max(before, afterSteps);
            var rows = map.Split('\n');
            if (!MapCheck.Size(rows, source, faults))
                continue;
            if (rows.Length != first.Count || rows[0].Length != first[0].Length)
            {
                faults.Add(
                    $"{source} is {rows[0].Length} × {rows.Length}; it must be {first[0].Length} × {first.Count}, like the first map.");
                continue;
            }

            MapCheck.Characters(rows, source, tiles, faults);
            CheckStarts(rows, source, tiles, starts, faults);
            CheckGoals(rows, source, tiles, goals, faults);
            CheckTeleports(rows, source, tiles, rules, faults);
            if (rules.Starts.Count == 0)
                CheckMarks(rows, first, source, tiles, faults);
        }
    }

    static void CheckStarts(string[] rows, string source, TileSet tiles, StartState[] starts, Faults faults)
    {
        foreach (var (state, _) in starts)
        {
            var (y, x) = Math.DivRem(state, rows[0].Length);
            var tile = tiles[rows[y][x]];
            if (tile.IsWall || tile.IsTerminal)
            {
                faults.Add(
                    $"{source}({y + 1},{x + 1}): the start would become {(tile.IsWall ? "a wall" : "terminal")}. Keep start cells free.");
            }
        }
    }

    static void CheckGoals(string[] rows, string source, TileSet tiles, int[] goals, Faults faults)
    {
        foreach (int goal in goals)
        {
            var (y, x) = Math.DivRem(goal, rows[0].Length);
            if (tiles[rows[y][x]].IsWall)
                faults.Add($"{source}({y + 1},{x + 1}): the goal would become a wall. Keep goal cells free.");
        }
    }

    static void CheckTeleports(string[] rows, string source, TileSet tiles, WorldRules rules, Faults faults)
    {
        foreach (var (c, (x, y, _)) in rules.Teleports)
        {
            if (tiles[rows[y][x]].IsWall)
            {
                faults.Add(
                    $"{source}({y + 1},{x + 1}): the target of teleport {Printable.Character(c)} would become a wall. Keep it free.");
            }
        }
    }

    // The starts are those of the first map. An S elsewhere would look like a start but not be one.
    static void CheckMarks(string[] rows, IReadOnlyList<string> first, string source, TileSet tiles, Faults faults)
    {
        for (int y = 0; y < rows.Length; y++)
        {
            for (int x = 0; x < rows[y].Length; x++)
            {
                if (tiles[rows[y][x]].Meaning == 'S' && tiles[first[y][x]].Meaning != 'S')
                {
                    faults.Add(
                        $"{source}({y + 1},{x + 1}): a change cannot add a start. Mark it in the first map or list it in \"starts\".");
                    return;
                }
            }
        }
    }
}
