namespace GridWorld;

/// <summary>Applies the edits from the live view to a world.</summary>
internal static class WorldEdit
{
    /// <param name="world">The original world.</param>
    /// <param name="cells">Cells and their new characters.</param>
    /// <param name="rewards">Rewards by character. A character that was not a tile becomes a floor with its own reward.</param>
    /// <param name="start">The start of every episode; null keeps the starts.</param>
    /// <exception cref="InputException">Lists every error of the edited world.</exception>
    public static World Apply(World world, List<CellChange> cells, Dictionary<char, double> rewards, (int X, int Y)? start)
    {
        if (world.Table is not null)
            return world.WithCells([], world.Rules);
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
                    cells.Insert(0, new(world.CellOf(state).X, world.CellOf(state).Y, '.'));
            cells.Add(new(place.X, place.Y, 'S'));
        }

        return world.WithCells(cells, rules);
    }
}
