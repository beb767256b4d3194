namespace GridWorld;

/// <summary>Checks the starts: those that the rules state, otherwise every S of the map with equal probability.</summary>
internal static class StartsCheck
{
    /// <summary>The start states of one mode.</summary>
    public static StartState[] Check(WorldRules rules, IReadOnlyList<string> map, string source, TileSet tiles, Faults faults)
    {
        var space = new StateSpace(map[0].Length, map.Count);
        StartState[] starts;
        if (rules.Starts.Count == 0)
        {
            var cells = tiles.CellsOf(map, t => t.Meaning == 'S');
            faults.Require(cells.Length > 0, $"{source}: there is no start. Mark at least one cell with S or list it in \"starts\".");
            starts = Array.ConvertAll(cells, s => new StartState(s, 1.0 / cells.Length));
        }
        else
        {
            starts = Stated(rules, space, faults);
        }

        foreach (var (state, _) in starts)
        {
            if (faults.IsFull)
                break;
            var (x, y) = space.CellOf(state);
            var tile = tiles[map[y][x]];
            if (tile.IsWall || tile.IsTerminal)
            {
                faults.Add(
                    $"The start ({x}, {y}) is {(tile.IsWall ? "a wall" : "terminal: an episode would end before its first step")}. "
                    + "Use a free cell.");
            }
        }

        return starts;
    }

    static StartState[] Stated(WorldRules rules, StateSpace space, Faults faults)
    {
        int count = rules.Starts.Count, stated = rules.Starts.Count(s => s.P is not null);
        faults.Require(stated == 0 || stated == count, $"All starts must have a probability p, or none (got {stated} of {count}).");
        var seen = new HashSet<(int, int)>();
        var starts = new List<StartState>();
        double sum = 0;
        foreach (var (x, y, p) in rules.Starts)
        {
            if (faults.IsFull)
                break;
            if (p is not (null or (> 0 and <= 1)))
                faults.Add($"The probability p of the start ({x}, {y}) must be above 0 and at most 1 (got {Printable.Number(p)}).");
            if (!seen.Add((x, y)))
                faults.Add($"The start ({x}, {y}) is listed twice. List it once, with the sum of the probabilities.");
            if (space.Contains(x, y))
                starts.Add(new(space.StateAt(x, y), p ?? 1.0 / count));
            else
                faults.Add($"The start ({x}, {y}) is off the map: {space.Range}.");
            sum += p ?? 1.0 / count;
        }

        faults.Require(Math.Abs(sum - 1) < 1e-9,
            $"The probabilities p of the starts must add up to 1 (they add up to {Printable.Number(sum)}).");
        return [.. starts];
    }
}
