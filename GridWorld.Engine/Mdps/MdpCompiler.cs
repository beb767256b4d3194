namespace GridWorld;

/// <summary>Compiles a world into an <see cref="Mdp"/>.</summary>
public static class MdpCompiler
{
    /// <summary>Compiles the exact transitions and rewards of a world into dense tables.</summary>
    public static Mdp Compile(this World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (world.Table is { } table)
            return TableCompiler.Compile(world, table);
        var chances = new Chances(world.Rules, world.Rules.Wind.Count > 0);
        var changes = new MdpChange[world.Changes.Count];
        for (int i = 0; i < changes.Length; i++)
            changes[i] = new(world.Changes[i].AfterSteps,
                Compile(world, world.Changes[i].Map.Replace("\n", ""), chances, [], $" after step {world.Changes[i].AfterSteps}"));
        return Compile(world, world.Text, chances, changes, "");
    }

    static Mdp Compile(World world, string map, Chances chances, MdpChange[] changes, string when)
    {
        var terminal = Terminal(world, map);
        var builder = new MdpBuilder(world.States, world.Actions, chances.Outcomes, terminal, world.Starts)
        {
            Sticky = world.Rules.Sticky,
            StepLimit = world.StepLimit,
            Changes = changes,
        };
        var rule = new StepRule(world, map);
        if (world.Modes > 1)
            ModeCompiler.Compile(world, map, chances, builder);
        else if (rule.IsWindy || rule.HasFences || !CalmCompiler.TryCompile(world, map, rule, chances, builder))
            CompileEach(world, rule, chances, builder);
        Reachability.Warn(world, map, builder, when);
        foreach (string warning in changes.SelectMany(c => c.Mdp.Warnings))
            builder.Warn(warning);
        return builder.Build();
    }

    static bool[] Terminal(World world, string map)
    {
        var tiles = world.Tiles;
        Span<bool> isTerminal = stackalloc bool[TileSet.Limit + 1];
        for (int i = 0; i < tiles.Tiles.Length; i++)
            isTerminal[i] = tiles.Tiles[i].IsTerminal;
        var terminal = new bool[world.States];
        for (int s = 0; s < terminal.Length; s++)
            terminal[s] = isTerminal[tiles.Index(map[world.Space.IndexOf(s)])];
        return terminal;
    }

    static void CompileEach(World world, StepRule rule, Chances chances, MdpBuilder builder)
    {
        var row = new Outcome[chances.Outcomes];
        for (int s = 0; s < world.States; s++)
        {
            var (x, y) = world.CellOf(s);
            for (int a = 0; a < world.Actions; a++)
            {
                Fill(row, rule, chances, x, y, a, rule.IsWindy ? world.Rules.Wind[x] : 0);
                builder.Set(s, a, row, chances.Probabilities(a));
            }
        }
    }

    internal static Outcome[] Fill(Outcome[] row, StepRule rule, Chances chances, int x, int y, int action, int wind)
    {
        int k = 0;
        foreach (int direction in chances.Directions(action))
        {
            foreach (int gust in chances.Gusts)
                row[k++] = rule.Step(x, y, direction, wind == 0 ? 0 : wind + gust);
        }

        return row;
    }
}
