namespace GridWorld;

/// <summary>Checks single rules.</summary>
internal static class RulesCheck
{
    const int MostKeys = 8;

    public static void Scalars(WorldRules rules, Faults faults)
    {
        faults.Require(Moves.IsKnown(rules.Moves), $"moves must be one of four, eight, nine, octile, frozen-lake (got {(int)rules.Moves}).")
            .Require(rules.SlipKind is SlipKind.Perpendicular or SlipKind.Uniform,
            $"slip_kind must be perpendicular or uniform (got {(int)rules.SlipKind}).")
            .Require(double.IsFinite(rules.StepReward), $"step_reward must be finite (got {Printable.Number(rules.StepReward)}).")
            .Require(rules.BumpReward is not { } bump || double.IsFinite(bump),
            $"bump_reward must be finite or null (got {Printable.Number(rules.BumpReward)}).")
            .Require(rules.Slip is >= 0 and <= 1, $"slip must be between 0 and 1 (got {Printable.Number(rules.Slip)}).")
            .Require(rules.Sticky is >= 0 and < 1, $"sticky must be at least 0 and below 1 (got {Printable.Number(rules.Sticky)}).")
            .Require(rules.WindNoise is >= 0 and <= 1, $"wind_noise must be between 0 and 1 (got {Printable.Number(rules.WindNoise)}).")
            .Require(rules.MaxSteps is null or >= 1, $"max_steps must be at least 1, or null (got {rules.MaxSteps}).");
        foreach (var (c, reward) in rules.Rewards)
            faults.Require(double.IsFinite(reward),
                $"The reward of {Printable.Character(c)} must be finite (got {Printable.Number(reward)}).");
        foreach (var (c, reward) in rules.Exits)
            faults.Require(double.IsFinite(reward),
                $"The reward of exit {Printable.Character(c)} must be finite (got {Printable.Number(reward)}).");
        if (rules.Passenger is { } passenger)
        {
            faults.Require(double.IsFinite(passenger.Reward) && double.IsFinite(passenger.Illegal), "passenger: the rewards must be finite "
                + $"(got {Printable.Number(passenger.Reward)} and {Printable.Number(passenger.Illegal)}).")
                .Require(passenger.Stops.Length is >= 2 and <= 30 && passenger.Stops.Distinct().Count() == passenger.Stops.Length,
                $"passenger.stops must be 2 to 30 different characters (got \"{Printable.Text(passenger.Stops)}\").")
                .Require(rules.Changes.Count == 0, "A world with a passenger cannot have changes. Remove one of them.");
        }

        faults.Require(rules.Keys.Count <= MostKeys, $"keys must have at most {MostKeys} entries (got {rules.Keys.Count}).")
            .Require(rules.Fences.Count == 0 || (Moves.Names(rules.Moves).Count == 4 && rules.Wind.All(w => w == 0)),
            "A world with fences must have four moves and no wind. Use \"moves\": \"four\" or \"frozen-lake\".");
        foreach (var (c, teleport) in rules.Teleports)
            faults.Require(teleport.Reward is not { } reward || double.IsFinite(reward),
                $"The reward of teleport {Printable.Character(c)} must be finite (got {Printable.Number(teleport.Reward)}).");
        for (int x = 0; x < rules.Wind.Count && !faults.IsFull; x++)
        {
            if (Math.Abs((long)rules.Wind[x]) > World.MaxStates)
                faults.Add($"wind[{x}] must be between −{World.MaxStates} and {World.MaxStates} (got {rules.Wind[x]}).");
        }
    }

    /// <summary>Checks a change of the reward of a cell.</summary>
    /// <exception cref="InputException">The change has errors; lists them all.</exception>
    public static void CellReward(World world, CellReward reward)
    {
        var faults = new Faults().Require(world.Table is null, "The world is an MDP. Its rewards cannot be changed.");
        CellRewards([reward], world.Space, cell => world.IsWall(world.StateAt(cell.X, cell.Y)) && world.Changes.Count == 0, faults);
        faults.ThrowIfAny();
    }

    /// <param name="rewards">The rewards of cells.</param>
    /// <param name="space">The map.</param>
    /// <param name="isWall">Whether a cell is always a wall.</param>
    /// <param name="faults">Receives the errors.</param>
    public static void CellRewards(IEnumerable<CellReward> rewards, StateSpace space, Func<Cell, bool> isWall, Faults faults)
    {
        var seen = new HashSet<Cell>();
        foreach (var (x, y, reward) in rewards)
        {
            if (faults.IsFull)
                break;
            faults.Require(double.IsFinite(reward), $"The reward of the cell ({x}, {y}) must be finite (got {Printable.Number(reward)}).")
                .Require(seen.Add(new(x, y)), $"The reward of the cell ({x}, {y}) is listed twice. List it once.");
            if (!space.Contains(x, y))
                faults.Add($"The reward of the cell ({x}, {y}) is off the map: {space.Range}.");
            else if (isWall(new(x, y)))
                faults.Add($"The cell ({x}, {y}) is a wall, which is never entered, so it has no reward.");
        }
    }

    public static void Characters(WorldRules rules, TileSet tiles, Faults faults)
    {
        faults.Require(tiles.Count <= TileSet.Limit, $"The rules must use at most {TileSet.Limit} characters (got {tiles.Count}).");
        foreach (char c in tiles.All.Take(TileSet.Limit))
        {
            if (char.IsControl(c) || char.IsSurrogate(c))
                faults.Add($"{Printable.Character(c)} cannot be a tile. Use a visible character of one UTF-16 unit.");
        }

        foreach (char c in rules.Exits.Keys)
        {
            if (rules.Teleports.ContainsKey(c) || (rules.Wall + rules.Terminal + rules.Restart).Contains(c))
                faults.Add($"{Printable.Character(c)} cannot be an exit and a wall, terminal, restart or teleport as well. Use another"
                    + " one.");
        }

        var special = new HashSet<char>(rules.Wall + rules.Terminal + rules.Restart + TileSet.BuiltIn);
        special.UnionWith(rules.Exits.Keys.Concat(rules.Teleports.Keys));
        foreach (char c in rules.Keys.Keys.Concat(rules.Keys.Values.Distinct()))
        {
            if (special.Contains(c) || rules.Legend.ContainsKey(c) || (rules.Keys.ContainsKey(c) && rules.Keys.Values.Contains(c)))
                faults.Add($"keys: {Printable.Character(c)} must be a key or a door only, not another tile. Use a character of its own.");
        }

        foreach (var (c, meaning) in rules.Legend)
        {
            if (TileSet.BuiltIn.Contains(c))
            {
                faults.Add($"legend: {Printable.Character(c)} is already a tile. Use another character, "
                    + $"or change the meaning of {Printable.Character(c)} in \"terminal\", \"restart\", \"wall\" or \"rewards\".");
            }

            faults.Require(!rules.Legend.ContainsKey(meaning) && tiles.Index(meaning) > 0,
                $"legend: {Printable.Character(c)} stands for {Printable.Character(meaning)}, which is not a tile. Use one of . # S G C"
                + " H F @ or space.");
        }
    }
}
