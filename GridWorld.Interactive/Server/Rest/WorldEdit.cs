namespace GridWorld;

/// <summary>A world as someone has edited it on the page.</summary>
internal static class WorldEdit
{
    /// <param name="world">The world it was.</param>
    /// <param name="cells">Cells and their new characters.</param>
    /// <param name="rewards">Rewards by character; a character that was not a tile becomes a floor with its own reward.</param>
    /// <param name="start">Where every episode starts from now on; null leaves the starts as they are.</param>
    /// <exception cref="InputException">Lists every fault of the edited world.</exception>
    public static World Apply(World world, List<(int X, int Y, char Tile)> cells, Dictionary<char, double> rewards, (int X, int Y)? start)
    {
        var rules = world.Rules;
        if (rewards.Count > 0)
        {
            var all = new Dictionary<char, double>(rules.Rewards);
            foreach (var (tile, reward) in rewards)
                all[tile] = reward;
            rules = rules with { Rewards = all };
        }

        if (start is { } place)
        {
            rules = rules with { Starts = [] };
            for (var state = 0; state < world.Space.Cells; state++)
                if (world.TileOf(state).Meaning == 'S')
                    cells.Insert(0, (world.CellOf(state).X, world.CellOf(state).Y, '.'));
            cells.Add((place.X, place.Y, 'S'));
        }

        return world.WithCells(cells, rules);
    }
}
